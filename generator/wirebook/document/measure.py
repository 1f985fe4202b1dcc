"""How much a file holds: values in all, and entries side by side.

What a spec says is compared with what else it says, so the number of entries that
stand beside each other is what costs time, more than the size of the file.
"""

from __future__ import annotations

from collections.abc import Mapping

from wirebook.explain import Explanation
from wirebook.problem import Problem, error, quote

from .node import ListNode, MapNode

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
    count = 1
    problems: list[Problem] = []
    waiting: list[tuple[str, MapNode | ListNode]] = [("", root)]
    while waiting:
        key, node = waiting.pop()
        inner = (
            node.entries.items()
            if isinstance(node, MapNode)
            else [("", item) for item in node.items]
        )
        waiting += [
            (name, each)
            for name, each in inner
            if isinstance(each, (MapNode, ListNode))
        ]
        entries = len(inner)
        count += entries
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
