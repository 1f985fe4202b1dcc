"""Matching: which thing of the new spec is which of the old one.

Things match by key; then by `renamed_from`; then by what identifies them on the
wire, where exactly one on each side has it: a parameter by its wire name, a
code by its member name, an operation by its request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from .tree import Thing
from .values import text


class Pair(Struct, frozen=True):
    """One thing on both sides; None where a side lacks it."""

    old: Thing | None
    new: Thing | None
    aliased: bool = False
    """Renamed, and `renamed_from` says so."""

    @property
    def renamed(self) -> bool:
        return bool(self.old and self.new and self.old.key != self.new.key)

    @property
    def thing(self) -> Thing:
        """The new one, or the old one where it was removed."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a pair has at least one side")
        return found


def pairs(old: Thing, new: Thing) -> Iterator[Pair]:
    """All pairs below two things that match, parents first.

    Below a thing that only one side has, nothing is paired.
    """
    for name in dict.fromkeys([*old.branches, *new.branches]):
        for pair in _branch(old.branches.get(name, {}), new.branches.get(name, {})):
            yield pair
            if pair.old and pair.new:
                yield from pairs(pair.old, pair.new)


def _branch(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[Pair]:
    gone = {key: thing for key, thing in old.items() if key not in new}
    come = {key: thing for key, thing in new.items() if key not in old}
    renamed: dict[str, Pair] = {}
    for key, thing in come.items():
        source = _former(gone, getattr(thing.value, "renamed_from", None))
        if source is not None:
            renamed[key] = Pair(gone.pop(source.key), thing, aliased=True)
    rest = [thing for key, thing in come.items() if key not in renamed]
    for left, right in _alike(list(gone.values()), rest):
        renamed[right.key] = Pair(gone.pop(left.key), right)
    for thing in gone.values():
        yield Pair(thing, None)
    for key, thing in new.items():
        yield renamed.get(key) or Pair(old.get(key), thing)


def _former(gone: Mapping[str, Thing], name: str | None) -> Thing | None:
    """What had a former name: by its key, or by the member name of a code."""
    if name is None:
        return None
    for thing in gone.values():
        if name in (thing.key, thing.facets.get("name")):
            return thing
    return None


def _alike(gone: list[Thing], come: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """Things that are the only ones on their side with an identity, best first."""
    left, right = gone, come
    for identity in IDENTITIES.get(left[0].role, ()) if left else ():
        theirs = _unique(right, identity)
        for name, thing in _unique(left, identity).items():
            other = theirs.get(name)
            if other is not None:
                left.remove(thing)
                right.remove(other)
                yield thing, other


_Identity = Callable[[Thing], str]


def _unique(things: Iterable[Thing], identity: _Identity) -> dict[str, Thing]:
    found: dict[str, list[Thing]] = {}
    for thing in things:
        if name := identity(thing):
            found.setdefault(name, []).append(thing)
    return {name: group[0] for name, group in found.items() if len(group) == 1}


def _facets(*names: str) -> _Identity:
    """Identity by facets; nothing where the first of them says nothing."""

    def identity(thing: Thing) -> str:
        values = [thing.facets.get(name) for name in names]
        return text(tuple(map(text, values))) if values[0] else ""

    return identity


def _content(*without: str) -> _Identity:
    """Identity by everything that a thing says, save its own words."""

    def identity(thing: Thing) -> str:
        start = len(thing.path)
        lines = [
            f"{'/'.join(path[start:])}={text(value)}"
            for path, value in thing.leaves()
            if path[-1] not in _WORDS and path[-1] not in without
        ]
        return "\n".join(lines)

    return identity


_WORDS = frozenset({"summary", "text", "title", "src", "notes", "renamed_from"})


def _request(thing: Thing) -> str:
    """Method, path and constants: what tells one operation from another."""
    names = [name for name in thing.facets if name.startswith("fixed")]
    said = [thing.facets.get(name) for name in ("method", "path", *names)]
    return text(tuple(map(text, [*names, *said])))


def _keys(branch: str) -> _Identity:
    """Identity by the keys of what it holds."""

    def identity(thing: Thing) -> str:
        return "\n".join(sorted(thing.branches.get(branch, {})))

    return identity


def _wire_names(thing: Thing) -> str:
    fields = thing.branches.get("fields", {}).values()
    return "\n".join(sorted(text(field.facets["wire"]) for field in fields))


IDENTITIES: Mapping[str, tuple[_Identity, ...]] = {
    "operation": (_request,),
    "parameter": (_facets("wire", "place"), _content("wire")),
    "field": (_facets("wire"), _content("wire")),
    "status": (_facets("name"),),
    "value": (_facets("name"),),
    "table": (_content("class_name"), _keys("codes")),
    "enum": (_content("class_name"), _keys("values")),
    "model": (_content("class_name"), _wire_names),
    "placement": (_facets("value"), _facets("wire", "value"), _facets("wire")),
    "credential": (_facets("env"), _content()),
    "setting": (_facets("env"), _content()),
    "server": (_facets("url"),),
    "scheme": (_content(),),
    "step": (_content(),),
    "variant": (_content(),),
    "callback": (_content(),),
    "segment": (_content(),),
    "family": (_content(),),
    "note": (_facets("text"),),
    "source": (_facets("title", "version", "date", "url"),),
    "product": (_keys("operations"),),
    "vector": (_facets("operation", "arguments", "request", "reply"),),
}
"""What identifies a thing whose key changed, the surest first."""
