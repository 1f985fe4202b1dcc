"""Enumerations: each value has one name."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Enumeration, Provider
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import holders


def check(provider: Provider, report: Report) -> None:
    for product, _ in holders(provider):
        for enum in product.enums:
            _check(enum, report)


def _check(enum: Enumeration, report: Report) -> None:
    names: dict[str, str] = {}
    values: dict[str, str] = {}
    for row in enum.values:
        if row.name in names:
            report.error(
                "duplicate-member",
                row.where,
                f"{quote(row.name)} is the name of {quote(names[row.name])} already",
                "each value has a name of its own; another spelling is an alias",
            )
        names.setdefault(row.name, row.value)
        for value in (row.value, *row.aliases):
            if value in values:
                report.error(
                    "duplicate-value",
                    row.where,
                    f"the value {quote(value)} means {quote(values[value])} already",
                    "integer values are compared as numbers: 01 is 1",
                )
            values.setdefault(value, row.name)


EXPLANATIONS = (
    Explanation(
        "duplicate-value",
        "One value with two names",
        "A reply with that value could not be told apart.",
        "values: {DTFAILD: {name: FAILED}, DTFALD: {name: OTHER, aliases: [DTFAILD]}}\n",
        "values: {DTFAILD: {name: FAILED, aliases: [DTFALD]}}\n",
    ),
)
