"""Suppressions: warnings that an author has looked at and answers in place.

    lint: {secret-in-url: The provider takes it nowhere else.}

stands in the mapping that a warning speaks about, or in one around it, and
takes away the warnings of that rule inside the mapping.  Errors stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wirebook import schema
from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.model import Where
from wirebook.problem import Problem, Severity

KEY = "lint"
_REFERENCE = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One rule that is answered.  It holds from `start` to `end`, both included."""

    rule: str
    reason: str
    where: Where
    start: Where
    end: Where

    def covers(self, problem: Problem) -> bool:
        return (
            problem.rule == self.rule
            and problem.severity is Severity.WARNING
            and problem.where.file == self.where.file
            and self.start <= problem.where <= self.end
        )


def suppressions(document: MapNode, kind: schema.Kind) -> tuple[Suppression, ...]:
    """Those of one file, in its order.

    The schema tells the key of the language from a parameter that is called alike.
    """
    whole = schema.load(kind)
    return tuple(_walk(document, document.where, whole, whole))


def unanswered(
    problems: Iterable[Problem], given: Iterable[Suppression]
) -> list[Problem]:
    """The problems that no suppression takes away, in their order."""
    by_rule: dict[str, list[Suppression]] = {}
    for suppression in given:
        by_rule.setdefault(suppression.rule, []).append(suppression)
    return [
        problem
        for problem in problems
        if not any(each.covers(problem) for each in by_rule.get(problem.rule, ()))
    ]


def _walk(
    node: Node, start: Where, part: Mapping[str, Any], whole: Mapping[str, Any]
) -> Iterator[Suppression]:
    """`start` is the place of the key that the node stands under."""
    part = _resolved(part, whole)
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _walk(item, item.where, part.get("items", {}), whole)
    if not isinstance(node, MapNode):
        return
    properties: dict[str, Any] = part.get("properties", {})
    others = part.get("additionalProperties")
    for key, value in node.entries.items():
        inner = properties.get(key, others)
        if not isinstance(inner, dict):
            continue
        if key == KEY and inner.get("$ref") == _REFERENCE + KEY:
            yield from _given(node, value, start)
        else:
            yield from _walk(value, node.keys[key], inner, whole)


def _given(node: MapNode, value: Node, start: Where) -> Iterator[Suppression]:
    if isinstance(value, MapNode):
        end = _end(node)
        for rule, reason in value.entries.items():
            if isinstance(reason, ScalarNode):
                yield Suppression(rule, reason.text, value.keys[rule], start, end)


def _resolved(part: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    reference: str | None = part.get("$ref")
    if reference is None:
        return part
    found: Mapping[str, Any] = whole["$defs"][reference.removeprefix(_REFERENCE)]
    return found


def _end(node: Node) -> Where:
    """Where the last value inside a node begins."""
    if isinstance(node, MapNode):
        return max([node.where, *map(_end, node.entries.values())])
    if isinstance(node, ListNode):
        return max([node.where, *map(_end, node.items)])
    return node.where
