"""What a scheme computed on the way to a signature."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from wirebook.model import Canonical, Join, Provider, Scheme
from wirebook.simulate.masking import MASK

from .hidden import secrets_of
from .package import Trial

Steps = dict[str, str]
"""Name of a computed value -> its text; bytes are hexadecimal."""


@contextmanager
def watched(trial: Trial, scheme: Scheme | None) -> Generator[Steps]:
    """Fills in what the generated scheme computes while this is entered.

    The last attempt stands.  Its values are the local variables of a generated
    function, so they are taken from there when it returns.
    """
    steps: Steps = {}
    if scheme is None or not scheme.compute:
        yield steps
        return
    key = scheme.key
    file = trial.module.auth.__file__

    def watch(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "return" and code.co_filename == file and code.co_name == key:
            values = frame.f_locals
            for name, value in scheme.compute:
                found = values.get(name, values.get(f"{name}_"))
                steps[name] = _text(found, isinstance(value, Join))

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield steps
    finally:
        sys.setprofile(before)


def _text(found: object, joined: bool) -> str:
    if not isinstance(found, bytes):
        return str(found)
    try:
        # A text around a body is bytes, and still a text mostly.
        return found.decode("utf-8") if joined else found.hex()
    except UnicodeDecodeError:
        return found.hex()


def lines(
    provider: Provider,
    scheme: Scheme | None,
    steps: Steps,
    hide: Callable[[str], str] | None,
) -> list[str]:
    """`name: value` for people; what is as good as a secret is masked."""
    if scheme is None:
        return []
    secret = secrets_of(provider, scheme)
    shown: list[str] = []
    for name, value in scheme.compute:
        text = steps.get(name, "")
        if hide is not None:
            # A text to sign holds secrets that are known; a key is one.
            whole = name in secret and not isinstance(value, Join | Canonical)
            text = MASK if whole else hide(text)
        shown.append(f"{name}: {text!r}")
    return shown
