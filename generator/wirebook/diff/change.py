"""Changes: every single difference between two specs of one provider."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from .match import Pair, pairs
from .names import Renames
from .tree import Thing
from .values import Order, Plain


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    FACET = "facet"


class Change(Struct, frozen=True):
    """A thing that came, went or got another key, or one facet that differs."""

    kind: Kind
    pair: Pair
    facet: str = ""
    old: Plain = None
    new: Plain = None

    @property
    def role(self) -> str:
        return self.pair.thing.role

    @property
    def size(self) -> int:
        """Single values that this change stands for."""
        match self.kind:
            case Kind.ADDED | Kind.REMOVED:
                return sum(1 for _ in self.pair.thing.leaves())
            case _:
                return 1


class Changes(Struct, frozen=True):
    """All changes of a provider, with the renamings that they are told by."""

    old: Thing
    new: Thing
    pairs: tuple[Pair, ...]
    renames: Renames
    all: tuple[Change, ...]


def changes(old: Thing, new: Thing) -> Changes:
    """Compare two trees of one provider."""
    top = Pair(old, new)
    found = (top, *pairs(old, new))
    renames = Renames(found)
    return Changes(old, new, found, renames, tuple(_all(found, renames)))


def _all(found: tuple[Pair, ...], renames: Renames) -> Iterator[Change]:
    rules = _renamed_rules(found, renames)
    for pair in found:
        if pair.old is None or pair.new is None:
            if id(pair) not in rules:
                kind = Kind.REMOVED if pair.new is None else Kind.ADDED
                yield Change(kind, pair)
            continue
        if pair.renamed:
            yield Change(Kind.RENAMED, pair, "", pair.old.key, pair.new.key)
        yield from _facets(pair, pair.old, pair.new, renames)


def _facets(pair: Pair, old: Thing, new: Thing, renames: Renames) -> Iterator[Change]:
    for name in dict.fromkeys([*old.facets, *new.facets]):
        left, right = old.facets.get(name), new.facets.get(name)
        if left == right:
            continue
        said = renames.facet(old, name, left)
        if isinstance(said, Order) and isinstance(right, Order):
            if said.common(right) == right.common(said):
                continue
        elif isinstance(said, Order) or isinstance(right, Order):
            # The other side has nothing to put in order.
            continue
        if said != right:
            yield Change(Kind.FACET, pair, name, left, right)


def _renamed_rules(found: tuple[Pair, ...], renames: Renames) -> set[int]:
    """Rules that are the same once renamed parameters have their new names."""
    came = {
        (pair.new.path[:-2], pair.new.key): pair
        for pair in found
        if pair.new and not pair.old and pair.new.role == "rule"
    }
    same: set[int] = set()
    for pair in found:
        if pair.old and not pair.new and pair.old.role == "rule":
            other = came.get((pair.old.path[:-2], renames.rule(pair.old)))
            if other is not None:
                same |= {id(pair), id(other)}
    return same
