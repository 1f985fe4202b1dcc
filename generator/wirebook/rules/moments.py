"""Moments: formats that can be written and read, zones that exist."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Now, Provider, Where
from wirebook.model.parts import steps
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.runtime import timeformat
from wirebook.runtime.zone import zone

from .lookup import fields

_DATE = frozenset({"yyyy", "yy", "MMM", "MM", "M", "dd", "d", "EEE"})
_OFFSET = frozenset({"xxx", "XXX", "X", "Z"})
_HALVES = frozenset({"hh", "h"})
_READ_ONLY = frozenset({"unix_auto"})
_WIDEST = re.compile(r"[0-9]{2}:[0-9]{2}", re.ASCII)


def check(provider: Provider, report: Report) -> None:
    for field, _ in fields(provider):
        if field.zone is not None:
            _zone(field.zone, field.where, report)
        _formats(field, report)
        if field.max_offset is not None and not _WIDEST.fullmatch(field.max_offset):
            report.error(
                "bad-format",
                field.where,
                f"max_offset {quote(field.max_offset)} of {quote(field.name)} is no offset",
                'write hours and minutes: "12:00"',
            )
    for scheme in provider.schemes:
        for value in steps(scheme):
            if isinstance(value, Now):
                _zone(value.zone, scheme.where, report)
                _pattern(value.format, scheme.key, scheme.where, report, writes=True)


def _zone(name: str, where: Where, report: Report) -> None:
    try:
        zone(name)
    except (ValueError, OSError):
        report.error(
            "unknown-zone",
            where,
            f"there is no time zone {quote(name)}",
            "an IANA name such as Asia/Shanghai, UTC, or an offset such as +08:00",
        )


def _formats(field: Field, report: Report) -> None:
    if field.split and field.format is not None:
        report.error(
            "split-and-format",
            field.where,
            f"{quote(field.name)} travels in several fields, each with its own format",
            "drop `format`",
        )
    wires = [part.wire for part in field.split]
    if field.split and len({*wires}) < len(wires):
        report.error(
            "bad-format", field.where, f"a part of {quote(field.name)} stands twice"
        )
    writes = field.place is not None
    if field.split:
        parts: list[str] = []
        for part in field.split:
            found = _pattern(part.format, field.name, field.where, report, writes)
            if found is None:
                return
            parts += found
        _complete(field, parts, report)
    elif field.format is not None:
        found = _pattern(field.format, field.name, field.where, report, writes)
        if found is not None and field.format not in timeformat.NAMED:
            _complete(field, found, report)
    for text in field.formats:
        found = _pattern(text, field.name, field.where, report, writes=False)
        if found is not None and text not in timeformat.NAMED:
            _complete(field, found, report)


def _pattern(
    text: str, name: str, where: Where, report: Report, writes: bool
) -> list[str] | None:
    """The letters of a format; None where it is no pattern."""
    if text in timeformat.NAMED:
        if writes and text in _READ_ONLY:
            report.error(
                "bad-format",
                where,
                f"the format {quote(text)} of {quote(name)} can only be read",
                "say which one is sent: unix_seconds or unix_milliseconds",
            )
        return []
    try:
        parts = [part for part, letters in timeformat.tokens(text) if letters]
    except ValueError as problem:
        report.error(
            "bad-format",
            where,
            f"the format of {quote(name)}: {problem}",
            "a pattern such as yyyyMMddHHmmss, or one of "
            + ", ".join(sorted(timeformat.NAMED)),
        )
        return None
    if not parts:
        report.error(
            "bad-format",
            where,
            f"the format {quote(text)} of {quote(name)} holds no part of a time",
            "one of " + ", ".join(sorted(timeformat.NAMED)) + ", or a pattern",
        )
        return None
    return parts


def _complete(field: Field, parts: Iterable[str], report: Report) -> None:
    """Whether a pattern says enough for the type of its field."""
    given = frozenset(parts)
    problem: str | None = None
    hint: str | None = None
    if given & _HALVES and not given & {"a", "A"}:
        problem = "has hours up to 12, but nothing says which half of the day"
        hint = "HH, or add a or A"
    elif field.type is FieldType.DATE and given - _DATE:
        problem, hint = "is a date, but its format has a time", "make it a datetime"
    elif field.type is FieldType.TIME and given & _DATE:
        problem, hint = "is a time, but its format has a date", "make it a datetime"
    elif field.type is FieldType.DATETIME and not (
        given & {"yyyy", "yy"} and given & {"MMM", "MM", "M"} and given & {"dd", "d"}
    ):
        problem, hint = "is a datetime, but its format has no full date", None
    if problem:
        text = f"{quote(field.name)} {problem}"
        report.error("bad-format", field.where, text, hint)
    elif (
        field.type is FieldType.DATETIME and not given & _OFFSET and field.zone is None
    ):
        report.error(
            "missing-zone",
            field.where,
            f"nothing says in which zone {quote(field.name)} is",
            "add `zone`, with a note where the provider does not say it",
        )


EXPLANATIONS = (
    Explanation(
        "unknown-zone",
        "A time zone that nobody knows",
        "Zones are names of the IANA database, which know when clocks change.",
        "send_at: {type: datetime, zone: Asia/Bejing}\n",
        "send_at: {type: datetime, zone: Asia/Shanghai}\n",
    ),
    Explanation(
        "bad-format",
        "A format that cannot be written or read",
        "A format is a named one (unix_seconds, iso8601, …) or a pattern whose letters "
        "all mean something; other letters stand in 'quotes'.",
        "send_at: {type: datetime, format: YYYY-MM-DD}\n",
        "send_at: {type: datetime, format: yyyy-MM-dd}\n",
    ),
    Explanation(
        "missing-zone",
        "A time that could be anywhere",
        "A wire time without an offset only becomes a moment with a zone. Where the "
        "provider does not name it, decide, and write a note.",
        "send_at: {type: datetime, format: yyyyMMddHHmmss}\n",
        "send_at: {type: datetime, format: yyyyMMddHHmmss, zone: Asia/Shanghai}\n",
    ),
    Explanation(
        "split-and-format",
        "One format for a moment in several fields",
        "Each part of a split moment has a format of its own.",
        "when: {type: datetime, format: iso8601, split: {date: MM/dd/yyyy}}\n",
        "when: {type: datetime, split: {date: MM/dd/yyyy, time: HH:mm}}\n",
    ),
)
