"""Faults: what the validator found, with the node that it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from msgspec import Struct
from referencing import Registry

from wirebook import schema
from wirebook.document import ListNode, MapNode, Node, plain
from wirebook.model.place import Where

Path: TypeAlias = tuple[str | int, ...]


class Fault(Struct, frozen=True):
    """One keyword of the schema that a value does not satisfy."""

    keyword: str
    limit: Any
    """What the schema says under that keyword."""
    value: Any
    """The value as data, or the key where `is_key`."""
    is_key: bool
    path: Path
    node: Node
    """The value, or the map whose key it is."""
    named: Where
    """Where the value is named: its key, or its first character in a list."""
    schema: dict[str, Any]
    cause: str


def faults(root: MapNode, kind: schema.Kind) -> Iterator[Fault]:
    """Everything that the schema does not allow, in no special order."""
    validator = _validator(kind)
    for found in validator.iter_errors(plain(root)):
        path = tuple(found.absolute_path)
        yield Fault(
            keyword=str(found.validator),
            limit=found.validator_value,
            value=found.instance,
            is_key="propertyNames" in found.schema_path,
            path=path,
            node=_node(root, path),
            named=_named(root, path),
            schema=cast(dict[str, Any], found.schema),
            cause=str(found.cause),
        )


def matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


@cache
def _validator(kind: schema.Kind) -> Validator:
    formats = FormatChecker(formats=())
    formats.checks("regex", raises=re.error)(_is_regex)
    # An empty registry retrieves nothing: a schema never opens a file or a host.
    nothing: Registry[Any] = Registry()
    content = json.loads(schema.text(kind), object_hook=_strict)
    return Draft202012Validator(content, registry=nothing, format_checker=formats)


def _is_regex(value: object) -> bool:
    return not isinstance(value, str) or bool(re.compile(value))


def _strict(part: dict[str, Any]) -> dict[str, Any]:
    """For JSON Schema `$` is the end; Python's lets a line end follow."""
    pattern = part.get("pattern")
    if isinstance(pattern, str):
        part["pattern"] = re.sub(r"\$\Z", r"\\Z", pattern)
    return part


def _node(root: MapNode, path: Path) -> Node:
    node: Node = root
    for step in path:
        if isinstance(node, MapNode):
            node = node.entries[str(step)]
        elif isinstance(node, ListNode):
            node = node.items[int(step)]
    return node


def _named(root: MapNode, path: Path) -> Where:
    parent = _node(root, path[:-1])
    if path and isinstance(parent, MapNode):
        return parent.keys[str(path[-1])]
    return _node(root, path).where
