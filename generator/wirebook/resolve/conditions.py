"""Rules over several parameters of an operation."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wirebook.model import Rule

from .fields import condition
from .reader import Entry

_KINDS = {
    "same_count": "same_count",
    "exactly_one": "exactly_one",
    "at_least_one": "at_least_one",
    "at_most_one": "at_most_one",
    "all_or_none": "all_or_none",
    "required": "required_when",
    "forbidden": "forbidden_when",
    "placeholders": "placeholders",
    "order": "order",
    "max_total_length": "max_total_length",
}


def rules(entry: Entry, names: Collection[str]) -> Iterator[Rule]:
    """Read the rules of an operation; `order` with `max_span` makes two."""
    for item in entry.items("rules"):
        key = next((key for key in _KINDS if item.has(key)), None)
        if key is None:
            known = ", ".join(_KINDS)
            message = f"a rule must have one of {known}"
            item.scope.report.error("wrong-shape", item.where, message)
            continue
        for node in item.scalars(key):
            item.scope.check("parameter", node.text, names, node.where)
        yield _rule(item, _KINDS[key], key, item.number("limit"), names)
        if item.has("max_span"):
            yield _rule(item, "max_span", key, item.number("max_span"), names)


def _rule(
    item: Entry, kind: str, key: str, limit: float | None, names: Collection[str]
) -> Rule:
    return Rule(
        kind=kind,
        parameters=item.texts(key),
        when=condition(item.child("when"), names),
        template=item.maybe("template"),
        limit=limit,
        text=item.text("text"),
        src=item.src(),
        where=item.where,
    )
