"""Projections: a provider as one kind of reader sees it, as flat lines.

source      what callers write
wire        what is sent, and how replies are read
behaviour   checks, errors, repetition, masking
doc         words and where they come from
test        recorded exchanges
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.problem import printable

from . import facets, things
from .rule import Group
from .tree import Path, Thing
from .values import Order, Plain, shown

Flat = dict[Path, Plain]
"""Path -> value; a thing itself stands at its own path, with its role."""


def project(root: Thing, group: Group) -> Flat:
    """Every value of a tree that shows in one projection."""
    found: Flat = {}
    for thing in root.walk():
        if group in things.GROUPS.get(thing.role, facets.OUTSIDE_DOC):
            found[thing.path] = thing.role
        for name, value in thing.facets.items():
            if group in facets.groups(thing.role, name):
                found[(*thing.path, name)] = value
    return found


def lines(root: Thing, group: Group | None = None) -> Iterator[str]:
    """`path = value` for what a spec says; what it leaves at nothing is left out."""
    for thing in root.walk():
        for name, value in thing.facets.items():
            if isinstance(value, Order) or value in _NOTHING:
                continue
            if group is None or group in facets.groups(thing.role, name):
                yield f"{_path((*thing.path, name))} = {printable(shown(value))}"


def outline(root: Thing, group: Group | None = None) -> Iterator[str]:
    """The same, indented below the things it belongs to."""
    for thing in root.walk():
        said = [
            f"{name}: {printable(shown(value))}"
            for name, value in thing.facets.items()
            if not isinstance(value, Order)
            and value not in _NOTHING
            and (group is None or group in facets.groups(thing.role, name))
        ]
        exists = group is None or group in things.GROUPS[thing.role]
        if not thing.path or not (said or exists):
            continue
        indent = "  " * (len(thing.path) // 2)
        yield f"{indent}{thing.role} {printable(thing.key)}"
        yield from (f"{indent}    {line}" for line in said)


def document(node: Node, path: Path = ()) -> Iterator[str]:
    """A spec file as flat lines, in its own order, exactly as written."""
    match node:
        case MapNode(entries=entries) if entries:
            for key, value in entries.items():
                yield from document(value, (*path, key))
        case ListNode(items=items) if any(
            not isinstance(item, ScalarNode) for item in items
        ):
            for number, item in enumerate(items, 1):
                yield from document(item, (*path, _label(item, number)))
        case ListNode(items=items):
            texts = [item.text for item in items if isinstance(item, ScalarNode)]
            yield f"{_path(path)} = {printable(json.dumps(texts, ensure_ascii=False))}"
        case ScalarNode(text=text):
            yield f"{_path(path)} = {printable(text)}"
        case _:
            yield f"{_path(path)} = {{}}"


_NOTHING: tuple[Plain, ...] = (None, "", (), False)


def _path(path: Path) -> str:
    return "/" + "/".join(map(printable, path))


def _label(item: Node, number: int) -> str:
    """What names an item of a list: its id where it has one."""
    if isinstance(item, MapNode):
        id = item.entries.get("id")
        if isinstance(id, ScalarNode):
            return id.text
    return f"#{number}"
