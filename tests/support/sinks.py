"""Everything that can be made of an error, for tests that look for what it must hide."""

from __future__ import annotations

import copy
import pickle
import pprint
import traceback
from collections.abc import Iterable


def chain(error: BaseException) -> list[BaseException]:
    """An error and all that it was raised from or in the middle of."""
    found: list[BaseException] = []
    left = [error]
    while left:
        one = left.pop()
        found.append(one)
        left += [part for part in (one.__cause__, one.__context__) if part]
    return found


def frames(error: BaseException) -> list[str]:
    """The variables of each frame of each traceback, but those of the tests.

    The caller's own frames hold what the caller has written there.
    """
    found: list[str] = []
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    left = [report]
    while left:
        part = left.pop()
        left += [one for one in (part.__cause__, part.__context__) if one]
        for frame in part.stack:
            if "/tests/" not in frame.filename and "/asyncio/" not in frame.filename:
                found.append(repr(frame.locals))
    return found


def sinks(error: BaseException) -> list[str]:
    """All texts that come out of an error."""
    found = frames(error)
    for one in chain(error):
        found += [str(one), repr(one), pprint.pformat(vars(one)), repr(one.args)]
        found += [f"{one}", repr(vars(one)), repr(getattr(one, "__notes__", ""))]
        found += traceback.format_exception_only(one)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        found.append(repr(pickle.dumps(error, protocol)))
    found.append(repr(vars(copy.copy(error))))
    return found


def hunt(canaries: Iterable[str], *texts: str) -> None:
    """Fail where one of the canaries stands in one of the texts."""
    for text in texts:
        for canary in canaries:
            assert canary not in text, f"{canary!r} is in {text[:2000]!r}"
