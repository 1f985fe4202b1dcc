"""Walking a file along its schema: which thing of the language each mapping is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from wirebook import schema
from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.model import Where

_REFERENCE = "#/$defs/"


class Part(Struct, frozen=True):
    """A mapping of a spec file.

    `definition` is its name in the schema, "" where it has none; `key` what it
    stands under, at `where`; `around` the part that it stands in.
    """

    definition: str
    key: str
    node: MapNode
    where: Where
    around: Part | None

    def enclosing(self, definition: str) -> Part | None:
        """The nearest part around this one that is such a thing."""
        part = self.around
        while part is not None and part.definition != definition:
            part = part.around
        return part


def parts(document: MapNode, kind: schema.Kind) -> Iterator[Part]:
    """Every mapping whose keys the language gives, outer ones first.

    A parameter that is called like a key is told apart from the key.
    """
    whole = schema.load(kind)
    yield from _walk(document, "", document.where, whole, whole, None)


def _walk(
    node: Node,
    key: str,
    where: Where,
    rule: Mapping[str, Any],
    whole: Mapping[str, Any],
    around: Part | None,
) -> Iterator[Part]:
    definition = ""
    if "$ref" in rule:
        definition = str(rule["$ref"]).removeprefix(_REFERENCE)
        rule = _definition(definition, whole)
    if isinstance(node, ListNode):
        for item in node.items:
            if isinstance(item, ScalarNode):
                continue
            yield from _walk(item, "", item.where, rule.get("items", {}), whole, around)
    if not isinstance(node, MapNode):
        return
    properties: dict[str, Any] = rule.get("properties", {})
    if properties:
        around = Part(definition, key, node, where, around)
        yield around
    for name, value in node.entries.items():
        if isinstance(value, ScalarNode):
            continue
        inner: Any = properties.get(name, rule.get("additionalProperties"))
        if isinstance(inner, Mapping):
            inner = cast("Mapping[str, Any]", inner)
            yield from _walk(value, name, node.keys[name], inner, whole, around)


def _definition(name: str, whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """`status`, or `reply/properties/format`."""
    found: Mapping[str, Any] = whole["$defs"]
    for step in name.split("/"):
        found = found[step]
    return found
