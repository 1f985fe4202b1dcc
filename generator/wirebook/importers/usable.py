"""What of somebody's file a spec can hold; the rest is left out, and that is said."""

from __future__ import annotations

import re

from .found import Call, Found, Value

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_SERVER = re.compile(
    r"https?://(?:[A-Za-z0-9.-]|\{[a-z][a-z0-9_]*\})+"
    r"(?::(?:[0-9]{1,5}|port|\{[a-z][a-z0-9_]*\}))?"
)
_PATH = re.compile(r"/(?:[^\s?#{}]|\{[^\s?#{}/]+\})*")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LONGEST_PATH = 2_000
LONGEST_NAME = 200
"""Characters; what is longer names nothing."""


def usable(found: Found) -> Found:
    """The same without requests and values that no spec can say; remarks count them."""
    calls = [call for call in found.calls if _is_request(call)]
    lost = 0
    for call in calls:
        kept = [value for value in call.values if _is_named(value)]
        lost += len(call.values) - len(kept)
        call.values = kept
    remarks = [*found.remarks]
    if len(calls) < len(found.calls):
        remarks.append(
            f"{len(found.calls) - len(calls)} requests were left out: their method is"
            " none that a spec has, or their URL is none"
        )
    if lost:
        remarks.append(
            f"{lost} values were left out: their names hold what no name may"
        )
    return Found(calls, found.tables, found.title, remarks)


def _is_request(call: Call) -> bool:
    return (
        call.method in _METHODS
        and _SERVER.fullmatch(call.server) is not None
        and len(call.path) <= LONGEST_PATH
        and call.path.isprintable()
        and _PATH.fullmatch(call.path) is not None
    )


def _is_named(value: Value) -> bool:
    wire = value.wire
    named = bool(wire.strip()) and wire.isprintable() and len(wire) <= LONGEST_NAME
    return named and (value.place != "header" or _HEADER.fullmatch(wire) is not None)
