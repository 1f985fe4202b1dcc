"""Suppressions: warnings that an author has looked at and answers in place.

    lint: {secret-in-url: The provider takes it nowhere else.}

stands in the mapping that a warning speaks about, or in one around it, and
takes away the warnings of that rule inside the mapping.  Errors stay.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wirebook import schema
from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.model import Where
from wirebook.problem import Problem, Severity
from wirebook.schema_parts import parts

KEY = "lint"


class Suppression(Struct, frozen=True):
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
    """Those of one file, in its order."""
    if not _answers(document):
        return ()
    return tuple(
        Suppression(rule, reason.text, given.keys[rule], part.where, _end(part.node))
        for part in parts(document, kind)
        if isinstance(given := part.node.entries.get(KEY), MapNode)
        for rule, reason in given.entries.items()
        if isinstance(reason, ScalarNode)
    )


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


def _answers(document: MapNode) -> bool:
    """Whether any mapping has the key: nearly no file does, and walking it along
    its schema takes ten times as long."""
    pending: list[Node] = [document]
    while pending:
        node = pending.pop()
        if isinstance(node, MapNode):
            if KEY in node.entries:
                return True
            pending += node.entries.values()
        elif isinstance(node, ListNode):
            pending += node.items
    return False


def _end(node: Node) -> Where:
    """Where the last value inside a node begins."""
    if isinstance(node, MapNode):
        return max([node.where, *map(_end, node.entries.values())])
    if isinstance(node, ListNode):
        return max([node.where, *map(_end, node.items)])
    return node.where
