"""Places: the line and column of a single value of the model in its file.

The model knows where a thing stands; its documents know where each key of it
does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wirebook.document import ListNode, MapNode, Node
from wirebook.model import Where

from .tree import Path, Thing

KEYS: Mapping[str, str] = {
    "class_name": "class",
    "kind": "type",
    "place": "in",
    "wire_aliases": "aliases",
    "list.style": "list",
    "list.separator": "list",
    "list.cells": "list",
    "list.min_items": "list.min",
    "list.max_items": "list.max",
    "max_items": "max",
    "match": "match.field",
    "match_parameter": "match.parameter",
    "ordered": "match.ordered",
    "answer_status": "answer.http",
    "answer": "answer.body",
    "pages.size_parameter": "pages.size",
    "polling.id_field": "polling.id",
    "polling.id_parameter": "polling.parameter",
    "success.codes": "success",
    "has_result": "result",
    "parameter": "when.parameter",
    "values": "values",
    "starts_with": "when.starts_with",
    "content_type": "content_type",
}
"""Facet -> where the spec writes it, where that is not its own name."""


class Places:
    """The places of one provider's documents."""

    def __init__(self, documents: Mapping[str, MapNode]) -> None:
        self._maps: dict[Where, MapNode] = {}
        self._roots = documents
        for root in documents.values():
            self._maps.update(_index(root))

    def of(self, thing: Thing, facet: str = "") -> Where:
        """Where a facet is written; where it is not, the thing it belongs to."""
        node = self.node(thing)
        where = thing.where
        if node is None:
            return where
        keys = _keys(thing, facet)
        if thing.role == "vector" and keys and keys[0] not in node.entries:
            node = self._roots.get(where.file, node)
        return _follow(node, keys) or where

    def node(self, thing: Thing) -> MapNode | None:
        """The map in which a thing is written."""
        return self._maps.get(thing.where)

    def written(self, thing: Thing, keys: Path) -> Node | None:
        """What stands under a path of keys; None where nothing does."""
        node: Node | None = self.node(thing)
        for key in keys:
            node = node.entries.get(key) if isinstance(node, MapNode) else None
        return node


def _index(root: MapNode) -> Iterator[tuple[Where, MapNode]]:
    """Every map by its own place and by the place of the key that it stands under."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, MapNode):
            yield node.where, node
            for key, value in node.entries.items():
                if isinstance(value, MapNode):
                    yield node.keys[key], value
                stack.append(value)
        elif isinstance(node, ListNode):
            for item in node.items:
                # A vector stands where its id does.
                if isinstance(item, MapNode) and "id" in item.keys:
                    yield item.keys["id"], item
                stack.append(item)


def _keys(thing: Thing, facet: str) -> Path:
    if thing.role == "step":
        return ("compute", thing.key)
    if thing.role == "placement":
        return ()
    if facet.startswith("missing."):
        return ("missing",)
    if facet.endswith(".order"):
        return (facet.removesuffix(".order"),)
    head, dot, rest = facet.partition(".")
    if thing.role == "segment" and facet in ("parameter", "values"):
        return ("when", "parameter" if facet == "parameter" else "is")
    if thing.role == "alternate" and facet in ("http", "content_type"):
        return ("when", facet)
    if head in _FREE and dot:
        return (head, rest)
    return tuple(KEYS.get(facet, facet).split(".")) if facet else ()


_FREE = frozenset(
    {"fixed", "headers", "prefixes", "expect", "retired", "client", "split"}
)
"""Maps whose keys are the spec's own and may hold dots."""


def _follow(node: MapNode, keys: Path) -> Where | None:
    """The place of the last key that is written."""
    where: Where | None = None
    current: Node = node
    for key in keys:
        if not isinstance(current, MapNode) or key not in current.entries:
            break
        where = current.keys[key]
        current = current.entries[key]
    return where
