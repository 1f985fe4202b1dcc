"""Nodes: the values of a spec file, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from wirebook.model.place import Where


class Node(Struct, frozen=True):
    """Any value of a spec file."""

    where: Where
    """Line and column of the first character."""


class MapNode(Node, frozen=True):
    """`keys` holds the place of each key, `entries` its value."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Where]


class ListNode(Node, frozen=True):
    """A list, in the order of the file."""

    items: tuple[Node, ...]


class ScalarNode(Node, frozen=True):
    """`text` is as written, without quotes; `value` is what it means."""

    text: str
    value: str | int | bool | None
    quoted: bool
    refused: bool = False
    """A problem has been reported here already: later stages keep silent."""


def plain(node: Node) -> Any:
    """Ordinary dicts, lists and scalars; keys are always text."""
    # Not match: most are scalars, and it would ask twice before it knew.
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, MapNode):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    raise TypeError(f"not a node: {node!r}")
