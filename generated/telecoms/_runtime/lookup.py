"""The one value at a path of a tree, read as what it must be."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import repeat
from types import NoneType
from typing import Any, TypeVar, cast

from . import values
from .tree import Column, DecodeProblem, Missing, Tree, Unlike, find_first, kind_of

__all__ = ["blank", "column_of", "null", "optional", "required", "standing"]

T = TypeVar("T")

_get: Callable[[Any, str], Any] = dict[str, Any].get
"""Raises TypeError for what is no mapping."""

_AS_IT_IS: dict[object, type] = {
    values.text: str,
    values.integer: int,
    values.decimal: Decimal,
}
"""What readers of values give back as it is."""

_TOLD_APART = {str, bool, NoneType}
"""Equal values of these are the same; 1, 1.0 and true are equal too, and are not."""


def required(
    tree: Tree,
    path: str,
    aliases: tuple[str, ...],
    wanted: str,
    read: Callable[[Tree], T | None],
) -> T:
    """What `read` makes of it; DecodeProblem where nothing, or no such value, stands.

    wanted: what a reader expects there, with its article.
    """
    found: Tree | Missing
    if type(tree) is dict and path in tree and not aliases:
        found = tree[path]
    elif type(tree) is Column:
        return cast("T", column_of(tree, path, aliases, read))
    else:
        found = find_first(tree, path, aliases)
    if isinstance(found, Missing):
        raise DecodeProblem(path, "missing")
    value = read(found)
    if value is None:
        raise DecodeProblem(path, f"{wanted} expected, {kind_of(found)} found")
    return value


def optional(
    tree: Tree,
    path: str,
    aliases: tuple[str, ...],
    wanted: str,
    read: Callable[[Tree], T | None],
) -> T | None:
    """The same, but None for what is absent, null or blank."""
    if type(tree) is Column:
        return cast("T", column_of(tree, path, aliases, read, blank))
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or blank(found):
        return None
    value = read(found)
    if value is None:
        raise DecodeProblem(path, f"{wanted} expected, {kind_of(found)} found")
    return value


def standing(column: Column, path: str, *aliases: str) -> Column:
    """What stands at a path of each row; None where nothing does."""
    if path and "." not in path:
        try:
            found = Column(map(_get, column, repeat(path)))
        except TypeError:
            raise Unlike from None
        if not aliases or None not in found:
            return found
    each = (find_first(row, path, aliases) for row in column)
    return Column(None if isinstance(one, Missing) else one for one in each)


def column_of(
    column: Column,
    path: str,
    aliases: tuple[str, ...],
    read: Callable[[Tree], object],
    absent: Callable[[Tree], bool] | None = None,
) -> Column:
    """What `read` makes of each row, None where the value is `absent`; Unlike where
    it makes nothing of one."""
    found = standing(column, path, *aliases)
    kinds = set(map(type, found))
    given = {NoneType} if absent is not None else set[type]()
    if kinds - given <= {_AS_IT_IS.get(read)}:
        return found

    def value(one: Tree) -> object:
        if absent is not None and absent(one):
            return None
        made = read(one)
        if made is None:
            raise Unlike
        return made

    if kinds <= _TOLD_APART:
        known = {one: value(one) for one in set(found)}
        return Column(map(known.__getitem__, found))
    return Column(map(value, found))


def null(value: Tree) -> bool:
    """Whether nothing stands there, which a text that is empty does not mean."""
    return value is None


def blank(value: Tree) -> bool:
    """Whether nothing stands there, or nothing but white space."""
    return value is None or (type(value) is str and not value.strip(values.BLANKS))
