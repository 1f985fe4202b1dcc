"""Uses: which models and enums travel in requests, and which in replies."""

from __future__ import annotations

from collections.abc import Iterator

from .facets import Uses
from .tree import Path, Thing


def uses(*trees: Thing) -> Uses:
    """What the operations and callbacks of both sides make of models and enums."""
    request: set[Path] = set()
    reply: set[Path] = set()
    for root in trees:
        things = {thing.path: thing for thing in root.walk()}
        for thing in things.values():
            if thing.role == "parameter":
                _spread(things, _named(things, thing), request)
            elif thing.role in ("reply", "callback"):
                _spread(things, _named(things, thing), reply)
    return Uses(frozenset(request), frozenset(reply))


def _spread(things: dict[Path, Thing], found: Iterator[Thing], used: set[Path]) -> None:
    for thing in found:
        if thing.path in used:
            continue
        used.add(thing.path)
        for field in thing.branches.get("fields", {}).values():
            _spread(things, _named(things, field), used)


def _named(things: dict[Path, Thing], thing: Thing) -> Iterator[Thing]:
    """The models, enums and tables that a field, reply or callback names."""
    for facet, branch in (
        ("model", "models"),
        ("returns", "models"),
        ("enum", "enums"),
        ("table", "statuses"),
    ):
        name = thing.facets.get(facet)
        for scope in (thing.path[:1], ()) if name else ():
            other = things.get((*scope, branch, str(name)))
            if other is not None:
                yield other
                break
