"""Patterns: every regular expression of a spec is one that cannot be made slow."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.explain import Explanation
from wirebook.model import Provider, Where
from wirebook.pattern import Unsafe, inspect
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import fields, holders


def check(provider: Provider, report: Report) -> None:
    for kind, name, pattern, where in _patterns(provider):
        try:
            inspect(pattern)
        except Unsafe as found:
            report.error(
                "unsafe-pattern",
                where,
                f"the pattern of the {kind} {quote(name)} {found}",
                "the whole value must match; write it with classes and single counts",
            )


def _patterns(provider: Provider) -> Iterator[tuple[str, str, str, Where]]:
    for kind, given in (
        ("setting", provider.settings),
        ("credential", provider.credentials),
    ):
        for argument in given:
            if argument.pattern is not None:
                yield kind, argument.name, argument.pattern, argument.where
    for field, _ in fields(provider):
        if field.pattern is not None:
            yield "field", field.name, field.pattern, field.where
    for product, _ in holders(provider):
        for table in product.tables:
            if table.success.pattern is not None:
                yield "table", table.key, table.success.pattern, table.where


EXPLANATIONS = (
    Explanation(
        "unsafe-pattern",
        "A pattern that could be made slow, or means another thing elsewhere",
        "Patterns check values that callers hand in. Counts within counts make a "
        "matcher try exponentially many ways; looking around and back has no place "
        "in a format. The whole value is matched, so `^` and `$` are left out.",
        "pattern: '^([0-9]+)+$'\n",
        "pattern: '[0-9]+'\n",
    ),
)
