"""Echoes: differences that follow from another one and are told with it."""

from __future__ import annotations

from collections.abc import Iterable

from .change import Change, Changes, Kind
from .tree import Path, Thing
from .values import Plain

_FOLLOW_TYPE = frozenset(
    {"format", "formats", "enum", "table", "model", "pii", "spelling", "zone"}
)
_JUDGED = frozenset({"reaction", "effect", "retry"})


def echoes(changes: Changes) -> dict[int, Change]:
    """id of an echo -> the change that it belongs to."""
    found: dict[int, Change] = {}
    by_path = _by_path(changes.all)
    for change in changes.all:
        if change.kind is not Kind.FACET:
            continue
        cause = (
            _rename(change, by_path)
            or _type(change, by_path)
            or _list(change, by_path)
            or _success(change, by_path)
            or _repeatable(change, by_path)
            or _inherited(change, by_path)
        )
        if cause is not None and cause is not change:
            found[id(change)] = cause
    return found


_ByPath = dict[Path, list[Change]]


def _by_path(changes: Iterable[Change]) -> _ByPath:
    found: _ByPath = {}
    for change in changes:
        found.setdefault(change.pair.thing.path, []).append(change)
    return found


def _sibling(change: Change, by_path: _ByPath, *facets: str) -> Change | None:
    for other in by_path[change.pair.thing.path]:
        if other.facet in facets and other is not change:
            return other
    return None


def _rename(change: Change, by_path: _ByPath) -> Change | None:
    """The class follows the key; a placement's key is its place and wire name."""
    facets = {"class_name", "renamed_from"}
    if change.role == "placement":
        facets |= {"place", "wire"}
    if change.facet not in facets:
        return None
    for other in by_path[change.pair.thing.path]:
        if other.kind is Kind.RENAMED:
            return other
    if change.facet == "renamed_from":
        # The member name of a code or value, kept as an alias.
        name = _sibling(change, by_path, "name")
        return name if name and name.old == change.new else None
    return None


def _type(change: Change, by_path: _ByPath) -> Change | None:
    """What only one of the two types has comes and goes with it."""
    if change.facet in _FOLLOW_TYPE and change.role in ("field", "parameter"):
        nothing: tuple[Plain, ...] = (None, False, ())
        if change.old in nothing or change.new in nothing:
            return _sibling(change, by_path, "type")
    return None


def _list(change: Change, by_path: _ByPath) -> Change | None:
    if not change.facet.startswith("list."):
        return None
    style = _sibling(change, by_path, "list.style")
    return style if style and None in (style.old, style.new) else None


def _success(change: Change, by_path: _ByPath) -> Change | None:
    """A row that begins or ceases to be a success takes its reaction along."""
    if change.role != "status" or change.facet not in _JUDGED:
        return None
    old, new = change.pair.old, change.pair.new
    if old is None or new is None or _refused(old) == _refused(new):
        return None
    table = by_path.get(change.pair.thing.path[:-2], [])
    for other in table:
        if other.facet.startswith("success."):
            return other
    return None if change.facet == "reaction" else _sibling(change, by_path, "reaction")


def _refused(thing: Thing) -> bool:
    return thing.facets.get("reaction") is not None


def _repeatable(change: Change, by_path: _ByPath) -> Change | None:
    """Unless a spec says otherwise, exactly what reads may be asked again."""
    if change.facet != "repeatable":
        return None
    does = _sibling(change, by_path, "does")
    usual = (does.old == "reads", does.new == "reads") if does else None
    return does if usual == (change.old, change.new) else None


def _inherited(change: Change, by_path: _ByPath) -> Change | None:
    """Parameters, variants and alternates take over what their operation says."""
    path = change.pair.thing.path
    for length in range(len(path) - 1, 0, -1):
        owner = path[:length]
        for source in (owner, (*owner, "reply")):
            for other in by_path.get(source, ()):
                same = (other.facet, other.old, other.new) == (
                    change.facet,
                    change.old,
                    change.new,
                )
                if same and other.role in ("operation", "reply") and source != path:
                    return other
    return None
