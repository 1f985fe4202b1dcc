"""What came of a vector, held against what it says."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from wirebook.model import Expectation
from wirebook.moment import aware
from wirebook.runtime.formats import json_tree, xml_tree
from wirebook.runtime.tree import FormatProblem
from wirebook.trial.exchange import Exchange

LONGEST = 100
"""Characters of a text in a difference."""
BEFORE = 20
"""Characters before the place where two long texts part."""


def request(expected: Mapping[str, Any], sent: Exchange) -> Iterator[str]:
    """Where a request is another one than recorded."""
    for key, value in (("method", sent.method), ("target", sent.target)):
        if key in expected and str(expected[key]) != value:
            yield _other(key, value, expected[key])
    headers = {name.lower(): value for name, value in sent.headers}
    wanted: Mapping[str, Any] = expected.get("headers") or {}
    for name, value in wanted.items():
        found = headers.get(name.lower())
        if found is None:
            yield f"the header {name} is not sent"
        elif found != str(value):
            yield _other(f"the header {name}", found, value)
    if "body_base64" in expected:
        body = base64.b64encode(sent.body).decode("ascii")
        if body != expected["body_base64"]:
            yield _other("body_base64", body, expected["body_base64"])
    elif "body" in expected and str(expected["body"]).encode() != sent.body:
        body = sent.body.decode("utf-8", "replace")
        if _same_document(str(expected["body"]), body):
            yield (
                "the body says the same in another order or layout; a vector records "
                f"what is sent: {body}"
            )
        else:
            yield _other("the body", body, expected["body"])


def error(expected: Expectation, found: BaseException | None) -> Iterator[str]:
    """Where an error is another one than expected."""
    if found is None:
        yield f"the reply is taken for a success, not for {expected.error}"
        return
    names = [kind.__name__ for kind in type(found).__mro__]
    if expected.error not in names:
        yield f"it raises {names[0]}, not {expected.error}: {found}"
        return
    raised: Any = found
    status = getattr(getattr(raised, "status", None), "name", None)
    submitted = getattr(getattr(raised, "submitted", None), "name", None)
    for key, told in (
        ("status", status),
        ("code", getattr(raised, "code", None)),
        ("submitted", submitted),
    ):
        wanted = getattr(expected, key)
        if wanted is not None and wanted != told:
            yield _other(f"{key} of the error", str(told), wanted)


def result(expected: Any, actual: Any, at: str = "result") -> list[str]:
    """Where a result is not what the vector's texts say."""
    if isinstance(expected, Mapping):
        fields = cast("Mapping[str, Any]", expected)
        found: list[str] = []
        for name, value in fields.items():
            if isinstance(actual, Mapping):
                part = cast("Mapping[str, Any]", actual).get(name)
            elif hasattr(actual, name):
                part = getattr(actual, name)
            else:
                found.append(f"{at}.{name} is missing")
                continue
            found += result(value, part, f"{at}.{name}")
        return found
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        wanted = list(cast("Sequence[object]", expected))
        items = [actual] if isinstance(actual, str | bytes) else list(actual or ())
        if len(items) != len(wanted):
            return [f"{at} has {len(items)} items, expected {len(wanted)}"]
        return [
            difference
            for index, (value, item) in enumerate(zip(wanted, items, strict=True))
            for difference in result(value, item, f"{at}[{index}]")
        ]
    if expected is None:
        return [] if actual is None else [f"{at} is {actual!r}, expected nothing"]
    if isinstance(actual, datetime) and aware(str(expected)) == actual:
        return []
    spellings = spelled(actual)
    if str(expected) in spellings or str(expected).lower() in spellings:
        return []
    return [_other(at, " or ".join(sorted(spellings)), expected)]


def _same_document(wanted: str, sent: str) -> bool:
    """Whether two texts are JSON or XML with the same values."""
    for read in (json_tree, xml_tree):
        try:
            if read(wanted) == read(sent):
                return True
        except FormatProblem:
            continue
    return False


def spelled(value: Any) -> set[str]:
    """The texts by which a vector may write a value."""
    if hasattr(value, "reveal"):
        return {value.reveal()}
    if isinstance(value, bool):
        return {str(value).lower()}
    if isinstance(value, Enum):
        return {value.name, str(value.value)}
    if isinstance(value, Decimal):
        return {str(value)}
    if isinstance(value, datetime | date | time):
        return {value.isoformat(), value.isoformat().replace("+00:00", "Z")}
    if isinstance(value, bytes):
        return {base64.b64encode(value).decode(), value.decode("latin-1")}
    return {str(value)}


def _other(what: str, found: str, expected: object) -> str:
    wanted = str(expected)
    pairs = enumerate(zip(found, wanted, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(found), len(wanted)))
    if same <= BEFORE or max(len(found), len(wanted)) <= LONGEST:
        return f"{what} is {_cut(found)}, expected {_cut(wanted)}"
    # Long ones are shown from a little before they part.
    begin = same - BEFORE
    return (
        f"{what} differs from character {same + 1} on: it is …{_cut(found[begin:])}, "
        f"expected …{_cut(wanted[begin:])}"
    )


def _cut(text: str) -> str:
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
