"""The one value at a path of a tree, read as what it must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from . import values
from .tree import DecodeProblem, Missing, Tree, find_first, kind_of

__all__ = ["optional", "required"]

T = TypeVar("T")


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
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or found is None:
        return None
    if type(found) is str and not found.strip(values.BLANKS):
        return None
    value = read(found)
    if value is None:
        raise DecodeProblem(path, f"{wanted} expected, {kind_of(found)} found")
    return value
