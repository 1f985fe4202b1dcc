"""Rules over several arguments, used through `check`.

Arguments come under their own names; None means that one was not given:

    check.same_count(contents=contents, recipients=recipients)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Sized
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from .errors import InvalidArgument

M = TypeVar("M", datetime, date)


def same_count(**lists: Sized | None) -> None:
    """All lists that are given have as many items."""
    counts = {name: len(items) for name, items in lists.items() if items is not None}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{name} has {count}" for name, count in counts.items())
        raise _refusal(lists, f"must have as many items: {told}")


def exactly_one(**arguments: object) -> None:
    """Of switches, those that are on count."""
    if len(_chosen(arguments)) != 1:
        raise _refusal(arguments, f"exactly one is needed, {_told(arguments)}")


def at_least_one(**arguments: object) -> None:
    """Of switches, those that are on count."""
    if not _chosen(arguments):
        raise _refusal(arguments, "at least one is needed")


def at_most_one(**arguments: object) -> None:
    """Of switches, those that are on count."""
    if len(_chosen(arguments)) > 1:
        raise _refusal(arguments, f"at most one is allowed, {_told(arguments)}")


def all_or_none(**arguments: object) -> None:
    if 0 < len(_given(arguments)) < len(arguments):
        told = ", ".join(_given(arguments))
        raise _refusal(arguments, f"all or none is needed, given: {told}")


def required_when(
    parameter: str, value: object, values: Sequence[str] = (), /, **needed: object
) -> None:
    """While `parameter` has one of the wire texts `values` (or is given at all,
    where there are none), the others are needed."""
    missing = [name for name, argument in needed.items() if argument is None]
    if missing and _holds(value, values):
        raise _refusal(missing, f"needed {_condition(parameter, values)}")


def forbidden_when(
    parameter: str, value: object, values: Sequence[str] = (), /, **barred: object
) -> None:
    """While `parameter` has one of the wire texts `values` (or is given at all,
    where there are none), the others must not be given."""
    given = _given(barred)
    if given and _holds(value, values):
        raise _refusal(given, f"not allowed {_condition(parameter, values)}")


def placeholders(
    template: str,
    first: int = 1,
    /,
    *,
    text: tuple[str, str | Sequence[str]],
    values: tuple[str, Sequence[Sequence[str]] | None],
) -> None:
    """Every placeholder in a text has a value in each row.

    template: how one is written, `{p{i}}`, numbered from `first`.  `text` and
    `values` are pairs of a parameter's name and its argument.
    """
    text_name, texts = text
    rows_name, rows = values
    before, _, after = template.partition("{i}")
    finder = re.compile(f"{re.escape(before)}([0-9]{{1,4}}){re.escape(after)}")
    used = {
        int(number)
        for each in ([texts] if isinstance(texts, str) else texts)
        for number in finder.findall(each)
    }
    columns = min((len(row) for row in rows), default=0) if rows is not None else 0
    for number in sorted(used):
        if not first <= number < first + columns:
            written = template.replace("{i}", str(number))
            raise InvalidArgument(
                f"{text_name}: uses {written}, but {rows_name} has no such value",
                parameter=text_name,
            )


def order(max_span: float | None = None, /, **moments: M | None) -> None:
    """Moments follow each other, at most `max_span` seconds from first to last."""
    given = [(name, moment) for name, moment in moments.items() if moment is not None]
    for (earlier, first), (later, second) in pairwise(given):
        if second - first < timedelta(0):
            raise _refusal([earlier, later], f"{later} lies before {earlier}")
    if max_span is not None and len(given) > 1:
        span = given[-1][1] - given[0][1]
        if span > timedelta(seconds=max_span):
            raise _refusal(moments, f"at most {max_span:g} seconds apart")


def total_length(limit: int, /, **texts: str | Sequence[str] | None) -> None:
    """All texts together have at most `limit` characters."""
    total = 0
    for argument in texts.values():
        if argument is not None:
            alone = isinstance(argument, str)
            total += len(argument) if alone else sum(len(text) for text in argument)
    if total > limit:
        raise _refusal(texts, f"at most {limit} characters together, not {total}")


def _given(arguments: dict[str, object]) -> list[str]:
    return [name for name, argument in arguments.items() if argument is not None]


def _chosen(arguments: dict[str, object]) -> list[str]:
    return [name for name in _given(arguments) if arguments[name] is not False]


def _told(arguments: dict[str, object]) -> str:
    given = _chosen(arguments)
    return f"given: {', '.join(given)}" if given else "none is given"


def _holds(value: object, values: Sequence[str]) -> bool:
    return value is not None if not values else value in values


def _condition(parameter: str, values: Sequence[str]) -> str:
    if not values:
        return f"when {parameter} is given"
    return f"when {parameter} is {' or '.join(values)}"


def _refusal(names: Iterable[str], why: str) -> InvalidArgument:
    names = list(names)
    return InvalidArgument(f"{', '.join(names)}: {why}", parameter=names[0])
