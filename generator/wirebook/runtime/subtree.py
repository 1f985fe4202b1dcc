"""Parts of trees: nested objects, lists, free mappings; used through `decode`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from . import values
from .json_format import json_tree
from .lookup import standing
from .record import spread
from .tree import (
    Column,
    DecodeProblem,
    FormatProblem,
    Missing,
    ReplyProblem,
    Tree,
    Unlike,
    find_first,
    kind_of,
)

T = TypeVar("T")

MANY = 32
"""Items from which on it costs less to read them at once."""


def node(tree: Tree, path: str, *aliases: str) -> Tree:
    """What stands at a path; missing and null raise."""
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or found is None:
        raise DecodeProblem(path, "missing")
    return found


def optional_node(tree: Tree, path: str, *aliases: str) -> Tree:
    """What stands at a path, or None."""
    found = find_first(tree, path, aliases)
    return None if isinstance(found, Missing) else found


def each(tree: Tree, path: str, *aliases: str) -> list[Tree]:
    """The items at a path: of a list, or the only one, or none."""
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or found is None:
        return []
    return found if isinstance(found, list) else [found]


def many(tree: Tree, path: str, read: Callable[[Tree], T]) -> list[T]:
    """`each`, every item read; a problem names the item.

    read: a reader of one record or value; it is handed a Column where there are many.
    """
    items = each(tree, path)
    if len(items) >= MANY and (rows := _rows(items, read)) is not None:
        return rows
    found: list[T] = []
    try:
        for item in items:
            found.append(read(item))
    except DecodeProblem as problem:
        where = f"{path}.{len(found)}" if path else str(len(found))
        raise problem.below(where) from None
    return found


def _rows(items: list[Tree], read: Callable[[Tree], T]) -> list[T] | None:
    """What becomes of items that are alike; None where only one by one can tell."""
    try:
        return spread(read(Column(items)), len(items))
    except ReplyProblem:
        return None


def keyed(tree: Tree, path: str, name: str, *, optional: bool = False) -> list[Tree]:
    """The items of a mapping, each with its key inside, under `name`.

    optional: none for what is absent, null or an empty list.
    """
    found = optional_node(tree, path) if optional else node(tree, path)
    if optional and not found:
        return []
    if not isinstance(found, dict):
        raise DecodeProblem(path, f"a mapping expected, {kind_of(found)} found")
    items: list[Tree] = []
    for key, item in found.items():
        if not isinstance(item, dict):
            raise DecodeProblem(path, f"mappings expected, {kind_of(item)} found")
        items.append({**item, name: key})
    return items


def one(tree: Tree, path: str, read: Callable[[Tree], T]) -> T:
    """The object at a path; of a list the only item."""
    if type(tree) is Column:
        return cast("T", _objects(tree, path, read, optional=False))
    found = node(tree, path)
    if isinstance(found, list):
        if len(found) != 1:
            raise DecodeProblem(path, f"one item expected, {len(found)} found")
        found = found[0]
    try:
        return read(found)
    except DecodeProblem as problem:
        raise (problem.below(path) if path else problem) from None


def optional_one(tree: Tree, path: str, read: Callable[[Tree], T]) -> T | None:
    """`one`, or None for what is absent, null, blank or an empty list."""
    if type(tree) is Column:
        return cast("T", _objects(tree, path, read, optional=True))
    found = optional_node(tree, path)
    if found is None or found == [] or (isinstance(found, str) and not found.strip()):
        return None
    return one(tree, path, read)


def _objects(
    column: Column, path: str, read: Callable[[Tree], object], *, optional: bool
) -> Column:
    """The objects at the path of each row, those of all rows read at once."""
    found = standing(column, path)
    objects = [each for each in found if each is not None]
    if (not optional and len(objects) < len(found)) or set(map(type, objects)) - {dict}:
        raise Unlike
    rows = spread(read(Column(objects)), len(objects))
    if rows is None:
        raise Unlike
    left = iter(rows)
    return Column(None if each is None else next(left) for each in found)


def pieces(tree: Tree, path: str, *aliases: str, separator: str) -> list[str]:
    """The items of a joined list; none for what is absent, null or blank."""
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or found is None:
        return []
    text = values.text(found)
    if text is None:
        raise DecodeProblem(path, f"a text expected, {kind_of(found)} found")
    return [piece.strip() for piece in text.split(separator)] if text.strip() else []


def texts(tree: Tree, path: str, *aliases: str) -> dict[str, str]:
    """Free names to texts; none for what is absent or null."""
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or found is None:
        return {}
    if not isinstance(found, dict):
        raise DecodeProblem(path, f"a mapping expected, {kind_of(found)} found")
    read: dict[str, str] = {}
    for name, item in found.items():
        text = values.text(item)
        if text is None:
            raise DecodeProblem(path, f"texts expected, {kind_of(item)} found")
        read[name] = text
    return read


def json(tree: Tree, path: str, *aliases: str, embedded: bool = False) -> Tree:
    """Any JSON value, None where there is none.

    embedded: it travels as a text that holds JSON.
    """
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing):
        return None
    if not embedded or not isinstance(found, str) or not found.strip():
        return found
    try:
        return json_tree(found)
    except FormatProblem as problem:
        raise DecodeProblem(path, str(problem)) from None
