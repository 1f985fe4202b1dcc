"""Outcomes: what a failure proves, and whether a failure is shown at all."""

from __future__ import annotations

from wirebook.document import MapNode
from wirebook.explain import Explanation
from wirebook.model import Provider, StatusTable
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.rules.lookup import holders, operations

from .spec import Spec, inside


def check(spec: Spec, report: Report) -> None:
    _effects(spec, report)
    _shown(spec.provider, report)


def _effects(spec: Spec, report: Report) -> None:
    """Failures of submissions whose effect nobody wrote down, table by table."""
    submits = {
        operation.statuses.table
        for operation, _ in operations(spec.provider)
        if operation.does == "submits"
    }
    failures = {
        status.where
        for product, _ in holders(spec.provider)
        for table in product.tables
        for status in table.statuses
        if status.reaction is not None
    }
    for part in spec.parts("table"):
        codes = inside(part.node, "codes")
        said = inside(inside(part.node, "defaults"), "effect") is not None
        if part.key not in submits or said or not isinstance(codes, MapNode):
            continue
        for code, row in codes.entries.items():
            where = codes.keys[code]
            if where in failures and inside(row, "effect") is None:
                report.warning(
                    "effect-not-said",
                    where,
                    f"{quote(code)} of {quote(part.key)} does not say whether anything "
                    "was submitted",
                    "add `effect: none`, or `effect: maybe` where nobody can know",
                )


def _shown(provider: Provider, report: Report) -> None:
    """Tables with failures of which no vector shows one."""
    raising = {v.operation for v in provider.vectors if v.raises is not None}
    calls = list(operations(provider))
    for product, _ in holders(provider):
        for table in product.tables:
            judged = [
                operation.id
                for operation, names in calls
                if table in names.tables.values()
                and table.key in (operation.statuses.table, operation.statuses.http)
            ]
            if judged and _fails(table) and raising.isdisjoint(judged):
                report.warning(
                    "failure-without-vector",
                    table.where,
                    f"no vector shows a failure of {quote(table.key)}",
                    "add one with `raises`: that errors are read is half of a client",
                )


def _fails(table: StatusTable) -> bool:
    return bool(table.families) or any(row.reaction for row in table.statuses)


EXPLANATIONS = (
    Explanation(
        "effect-not-said",
        "A failure that does not say what became of the submission",
        "Silence means `maybe`: callers are told that the message may have been sent. "
        "Written down, it is a judgement; left out, it may have been forgotten.",
        "-9: {name: BALANCE_TOO_LOW, text: …, reaction: balance}\n",
        "-9: {name: BALANCE_TOO_LOW, text: …, reaction: balance, effect: none}\n",
    ),
    Explanation(
        "failure-without-vector",
        "A table whose failures nothing shows",
        "A reply that fails is often built differently from one that succeeds. One "
        "recorded failure proves that its status is found and judged.",
        "# vectors.yaml: replies of success only\n",
        "- {id: no-balance, operation: send, reply: {...}, "
        "raises: {error: InsufficientBalanceError, code: -10}}\n",
    ),
)
