"""Nodes of a wrong shape are reported or passed over, never a crash.

The schema stops them before, but a stage must not depend on another's mercy.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.support.specs import HEAD
from wirebook.document import ListNode, MapNode, Node, ScalarNode, read, read_file
from wirebook.resolve import resolve
from wirebook.rules import check

ROOT = Path(__file__).resolve().parents[2]
Change = Callable[[Node], Node]


def scalar(text: str, value: str | int | bool | None) -> Change:
    return lambda node: ScalarNode(node.where, text, value, False)


CHANGES: list[Change] = [
    scalar("xyz", "xyz"),
    scalar("-7", -7),
    scalar("true", True),
    scalar("null", None),
    scalar("", ""),
    lambda node: MapNode(node.where, {}, {}),
    lambda node: MapNode(
        node.where, {"x": ScalarNode(node.where, "y", "y", False)}, {"x": node.where}
    ),
    lambda node: ListNode(node.where, ()),
    lambda node: ListNode(node.where, (MapNode(node.where, {}, {}),)),
]


def paths(node: Node) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = [()]
    if isinstance(node, MapNode):
        children: list[tuple[str | int, Node]] = list(node.entries.items())
    elif isinstance(node, ListNode):
        children = list(enumerate(node.items))
    else:
        children = []
    for key, child in children:
        found += [(key, *path) for path in paths(child)]
    return found


def changed(node: Node, path: tuple[str | int, ...], change: Change) -> Node:
    if not path:
        return change(node)
    key, *rest = path
    if isinstance(node, MapNode):
        entries = dict(node.entries)
        entries[str(key)] = changed(entries[str(key)], tuple(rest), change)
        return MapNode(node.where, entries, node.keys)
    assert isinstance(node, ListNode)
    items = list(node.items)
    items[int(key)] = changed(items[int(key)], tuple(rest), change)
    return ListNode(node.where, tuple(items))


def test_any_node_may_be_of_any_shape():
    files = sorted((ROOT / "specs" / "unified").glob("*.yaml"))
    documents = {path.name: read_file(path, path.name)[0] for path in files}
    chance = random.Random(20130721)
    maps = {name: node for name, node in documents.items() if node is not None}
    places = [(name, path) for name, node in maps.items() for path in paths(node)]
    for name, path in chance.sample(places, 60):
        node = changed(maps[name], path, chance.choice(CHANGES))
        if not isinstance(node, MapNode):
            continue
        provider, _ = resolve(maps | {name: node})
        if provider is not None:
            check(provider)


def test_a_wrong_shape_is_told():
    node, _ = read(
        HEAD.replace("title: Acme", "title: [Acme], timeout: soon, stability: {}")
        + "operations: {get: {does: reads, method: GET, path: /x, reply: json}}\n",
        "provider.yaml",
    )
    assert node is not None
    _, problems = resolve({"provider.yaml": node})
    assert [(problem.rule, problem.message) for problem in problems] == [
        ("wrong-shape", "'title' must be a text"),
        ("wrong-shape", "'timeout' must be a number"),
        ("wrong-shape", "'stability' must be a text"),
        ("wrong-shape", "'reply' must be a mapping"),
    ]
