"""Conditions and rules: what must hold for several parameters together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from wirebook.document import ListNode
from wirebook.model import Condition, Rule

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
    """Read the rules of an operation or a model; `order` with `max_span` makes two."""
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
        when=conditions(item, "when", names),
        template=item.maybe("template"),
        limit=limit,
        text=item.text("text"),
        src=item.src(),
        where=item.where,
    )


def conditions(entry: Entry, key: str, parameters: Collection[str]) -> Condition | None:
    """One condition under a key, or a list of them that must all hold."""
    if not isinstance(entry.get(key), ListNode):
        return condition(entry.child(key), parameters)
    found = [condition(item, parameters) for item in entry.items(key)]
    given = [one for one in found if one is not None]
    return replace(given[0], also=tuple(given[1:])) if given else None


def condition(entry: Entry | None, parameters: Collection[str]) -> Condition | None:
    """`{parameter: x, is: [..]}`; without `is`: given at all."""
    if entry is None:
        return None
    name = entry.needed("parameter")
    entry.scope.check("parameter", name, parameters, entry.place("parameter"))
    return Condition(parameter=name, values=entry.texts("is"))
