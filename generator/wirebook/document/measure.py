"""How much a file holds: values in all, and entries side by side.

What a spec says is compared with what else it says, so the number of entries that
stand beside each other is what costs time, more than the size of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wirebook.explain import Explanation
from wirebook.problem import Problem, error, quote

from .node import ListNode, MapNode, Node

MOST_ENTRIES = 1_000
"""Of one map or list, where its key has no number of its own."""
ENTRIES: Mapping[str, int] = {
    **dict.fromkeys(("codes", "values", "texts", "effects", "only"), 5_000),
    **dict.fromkeys(("operations", "vectors"), 2_000),
    **dict.fromkeys(("auth", "credentials", "settings", "servers", "prefixes"), 100),
    **dict.fromkeys(("compute", "headers", "query", "aliases", "src"), 100),
    **dict.fromkeys(("alternates", "variants", "templates", "rules"), 100),
}
"""Of a map or list under this key: ten times what the largest provider has."""


def measure(root: MapNode) -> tuple[int, list[Problem]]:
    """The number of values, and a problem for each map and list that is too long."""
    count = 0
    problems: list[Problem] = []
    for key, node in _all("", root):
        count += 1
        entries = len(node.entries) if isinstance(node, MapNode) else 0
        entries = len(node.items) if isinstance(node, ListNode) else entries
        most = ENTRIES.get(key, MOST_ENTRIES)
        if entries > most:
            problems.append(
                error(
                    "too-many-entries",
                    node.where,
                    f"{quote(key)} has {entries} entries, more than {most}",
                    "keep what callers need; where a page lists ranges, write a range",
                )
            )
    return count, problems


def _all(key: str, node: Node) -> Iterator[tuple[str, Node]]:
    """Every value with the key that it stands under."""
    waiting = [(key, node)]
    while waiting:
        key, node = waiting.pop()
        yield key, node
        if isinstance(node, MapNode):
            waiting.extend(node.entries.items())
        elif isinstance(node, ListNode):
            waiting.extend(("", item) for item in node.items)


EXPLANATIONS = (
    Explanation(
        rule="too-many-entries",
        title="A map or a list is too long",
        why="No provider has thousands of servers or variants; a list that long is a "
        "mistake of whoever generated the spec, or an attack on whoever reads it.",
        bad="# a hundred servers and one\n",
        good="servers: {main: {url: https://api.acme.example}}\n",
    ),
)
