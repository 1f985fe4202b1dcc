"""What every format of reply becomes, and how a place in it is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeAlias

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | Decimal | bool | None"
"""Mappings, lists and single values; numbers are int or Decimal, never float."""


class ReplyProblem(Exception):
    """A reply cannot be read.  Internal: a client turns it into UnreadableReply."""


class FormatProblem(ReplyProblem):
    """The bytes do not have the declared format."""


class DecodeProblem(ReplyProblem):
    """A value is missing, or is not what the spec says.

    Its text names the path and the kind of value found, never the value.
    """

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path or 'the reply'}: {why}")
        self.path = path
        self.why = why

    def below(self, path: str) -> DecodeProblem:
        """The same problem, seen from above."""
        return DecodeProblem(f"{path}.{self.path}" if self.path else path, self.why)


class Unlike(ReplyProblem):
    """Items cannot be read at once: what stands in them is not of one kind."""


class Column(list[Any]):
    """Many of a kind, read at once: trees, or the values at a path of each.

    A reader asks one getter for each field and makes a record of what it is given, so
    it can be handed a column instead of a tree: getters answer with columns, and the
    record of these is one record for each row (see `record.spread`).  Where a getter
    cannot do so, or the items differ, Unlike is raised and they are read one by one.
    """

    __slots__ = ()


class Missing:
    """The type of MISSING: nothing stands at a path, not even null."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(step.replace("\\.", ".") for step in re.split(r"(?<!\\)\.", path))


def find(tree: Tree, path: str) -> Tree | Missing:
    """What stands at a path, or MISSING.

    Dots go down (`\\.` is a literal dot), a number picks from a list, `*` takes the
    first of whatever names or items there are, the empty path is the tree itself.
    """
    # One name in a mapping is nearly every case.
    if type(tree) is dict and path in tree:
        return tree[path]
    if type(tree) is Column:
        raise Unlike
    if not path:
        return tree
    if "." not in path and type(tree) is dict:
        return MISSING
    here: Tree | Missing = tree
    for step in _steps(path):
        if isinstance(here, dict):
            here = _any(here.values()) if step == "*" else here.get(step, MISSING)
        elif isinstance(here, list) and step == "*":
            here = _any(here)
        elif isinstance(here, list) and re.fullmatch(r"[0-9]{1,6}", step):
            here = here[int(step)] if int(step) < len(here) else MISSING
        else:
            return MISSING
    return here


def _any(values: Iterable[Tree]) -> Tree | Missing:
    return next(iter(values), MISSING)


def find_first(tree: Tree, path: str, aliases: tuple[str, ...]) -> Tree | Missing:
    """What stands at the first path where anything but null does."""
    found = find(tree, path)
    for alias in aliases:
        if found is not MISSING and found is not None:
            break
        other = find(tree, alias)
        if other is not MISSING:
            found = other
    return found


def kind_of(value: Tree | Missing) -> str:
    """What stands there, without saying it."""
    if isinstance(value, str):
        return f"a text of {len(value)} characters"
    if isinstance(value, dict):
        return "a mapping"
    return "null" if value is None else f"a {type(value).__name__}"
