"""Nodes: the values of a spec file, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wirebook.model.place import Where


@dataclass(frozen=True, slots=True)
class Node:
    """Any value of a spec file."""

    where: Where
    """Line and column of the first character."""


@dataclass(frozen=True, slots=True)
class MapNode(Node):
    """`keys` holds the place of each key, `entries` its value."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Where]


@dataclass(frozen=True, slots=True)
class ListNode(Node):
    """A list, in the order of the file."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ScalarNode(Node):
    """`text` is as written, without quotes; `value` is what it means."""

    text: str
    value: str | int | bool | None
    quoted: bool
    refused: bool = False
    """A problem has been reported here already: later stages keep silent."""


def plain(node: Node) -> Any:
    """Ordinary dicts, lists and scalars; keys are always text."""
    match node:
        case MapNode(entries=entries):
            return {key: plain(value) for key, value in entries.items()}
        case ListNode(items=items):
            return [plain(item) for item in items]
        case ScalarNode(value=value):
            return value
        case _:
            raise TypeError(f"not a node: {node!r}")
