"""Families: codes that are not listed, each with one meaning."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from wirebook.explain import Explanation
from wirebook.model import Family, Provider, StatusTable
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.resolve.names import canonical_code

from .lookup import holders
from .statuses import check_range, check_retry

_Pair: TypeAlias = tuple[int, int]


def check(provider: Provider, report: Report) -> None:
    for product, _ in holders(provider):
        for table in product.tables:
            _families(table, report)


def _families(table: StatusTable, report: Report) -> None:
    rows = {code: row for row in table.statuses for code in (row.code, *row.aliases)}
    for family in table.families:
        forms = [
            family.prefix is not None,
            family.minimum is not None or family.maximum is not None,
            bool(family.codes),
        ]
        if forms.count(True) != 1:
            report.error(
                "family-shape",
                family.where,
                f"the family {quote(family.name)} must say which codes it holds, in one way",
                "a `prefix`, a `minimum` and `maximum`, or `codes`",
            )
        check_range(family.name, family.minimum, family.maximum, family, report)
        check_retry(family, report)
        for code in family.codes:
            if code in rows:
                report.error(
                    "family-overlap",
                    family.where,
                    f"the code {quote(code)} has the row {quote(rows[code].name)} already",
                    "a family holds codes that are not listed",
                )
        for code in table.success.codes:
            if code in family.codes:
                report.error(
                    "family-overlap",
                    family.where,
                    f"the family {quote(family.name)} holds the success code {quote(code)}",
                    "a family holds failures",
                )
    for one, other in _overlapping(table.families):
        report.error(
            "family-overlap",
            other.where,
            f"the family {quote(other.name)} shares codes with {quote(one.name)}",
            "each code must have one meaning: narrow one of them",
        )


def _overlapping(families: Sequence[Family]) -> list[tuple[Family, Family]]:
    """Families that share codes, the earlier one first, in the order of the later.

    Each with one that it meets, not with all of them: a table may have a thousand.
    """
    found = {*_same_codes(families), *_same_ranges(families), *_same_prefixes(families)}
    pairs = sorted({(max(pair), min(pair)) for pair in found})
    return [(families[early], families[late]) for late, early in pairs]


def _same_codes(families: Sequence[Family]) -> Iterator[_Pair]:
    """Listed codes that another family lists, or takes in."""
    prefixes = {each.prefix: at for at, each in enumerate(families)}
    longest = max((len(each.prefix or "") for each in families), default=0)
    ranges = _ranges(families)
    starts = [low for low, _, _ in ranges]
    listed: dict[str, int] = {}
    for at, family in enumerate(families):
        for code in family.codes:
            begun = (code[:size] for size in range(min(len(code), longest) + 1))
            others = [listed.setdefault(code, at)]
            others += (prefixes[start] for start in begun if start in prefixes)
            if (canonical := canonical_code(code)) is not None:
                number = int(canonical)
                near = bisect_right(starts, number) - 1
                if near >= 0 and number <= ranges[near][1]:
                    others.append(ranges[near][2])
            yield from ((at, other) for other in others if other != at)


def _same_ranges(families: Sequence[Family]) -> Iterator[_Pair]:
    widest: tuple[float, int] | None = None
    for low, high, at in _ranges(families):
        if widest is not None and low <= widest[0]:
            yield widest[1], at
        if widest is None or high > widest[0]:
            widest = high, at


def _same_prefixes(families: Sequence[Family]) -> Iterator[_Pair]:
    """In the order of the alphabet what begins alike stands together."""
    begun: list[tuple[str, int]] = []
    starting = [(each.prefix, at) for at, each in enumerate(families)]
    for prefix, at in sorted((p, at) for p, at in starting if p is not None):
        while begun and not prefix.startswith(begun[-1][0]):
            begun.pop()
        if begun:
            yield begun[-1][1], at
        begun.append((prefix, at))


def _ranges(families: Sequence[Family]) -> list[tuple[float, float, int]]:
    """By where they begin; one side may be open."""
    return sorted(
        (*bounds, at) for at, each in enumerate(families) if (bounds := _bounds(each))
    )


def _bounds(family: Family) -> tuple[float, float] | None:
    if family.minimum is None and family.maximum is None:
        return None
    low = float("-inf") if family.minimum is None else family.minimum
    high = float("inf") if family.maximum is None else family.maximum
    return low, high


EXPLANATIONS = (
    Explanation(
        "family-shape",
        "A family that does not say which codes it holds",
        "A family stands for codes that are not listed: by their prefix, by a range of "
        "numbers, or one by one.",
        "families: {smpp: {text: SMPP errors, reaction: give_up}}\n",
        "families: {smpp: {text: SMPP errors, reaction: give_up, minimum: 1, maximum: 255}}\n",
    ),
    Explanation(
        "family-overlap",
        "A code in a family and somewhere else",
        "Each code must have one meaning. Rows may lie inside the range or prefix of a "
        "family, and then the row counts; families may not share codes.",
        'families: {a: {prefix: "1"}, b: {prefix: "13"}}\n',
        'families: {a: {prefix: "12"}, b: {prefix: "13"}}\n',
    ),
)
