"""The places of a request: what was sent for a field, before it is converted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirebook.model import Field, FieldType, Place
from wirebook.runtime import body
from wirebook.runtime.tree import MISSING, Tree

from .received import at
from .routes import Match
from .values import Values


class Places:
    """The places of one request; JSON that cannot be read is a fault of `values`."""

    def __init__(self, match: Match, values: Values) -> None:
        self._match = match
        self._operation = match.route.operation
        self._received = match.received
        self._values = values

    def raw(self, field: Field) -> Any:
        """What was sent for a field, in the structure of its place; None for nothing."""
        received = self._received
        place = field.place or self._match.route.place
        if place is self._operation.place:
            # Another wire form carries the parameters elsewhere.
            place = self._match.route.place
        if field.split:
            parts = [self._single(place, part.wire) for part in field.split]
            return None if all(part is None for part in parts) else parts
        if place is Place.HEADER:
            return received.header_value(field.wire) or None
        if place is Place.PATH:
            return received.filled.get(field.wire)
        if place is Place.BODY:
            body = received.incoming.body
            return body if field.type is FieldType.BYTES else body.decode()
        if place in (Place.JSON, Place.XML):
            return in_tree(received.tree(place), field, place)
        return self._in_pairs(place, field)

    def _single(self, place: Place, wire: str) -> Any:
        if place in (Place.JSON, Place.XML):
            found = at(self._received.tree(place), place, wire)
            return None if found is MISSING else found
        for name, value in self._received.sent_pairs(place):
            if name == wire:
                return value
        return None

    def _in_pairs(self, place: Place, field: Field) -> Any:
        pairs = self._received.sent_pairs(place)
        if field.type is FieldType.MAP:
            return _mapping(pairs, field.wire) or None
        style = field.list.style if field.list else None
        if "{i}" in field.wire and field.list is not None:
            return _indexed(pairs, field) or None
        values = [value for name, value in pairs if name == field.wire]
        if style == "repeated":
            return values or None
        if not values:
            return None
        value = values[0]
        if field.type in (FieldType.JSON, FieldType.OBJECT) or style == "json":
            return self._values.json(field, value)
        return value


def in_tree(tree: Tree, field: Field, place: Place) -> Any:
    """What stands in a tree for a field; None for nothing."""
    if not field.wire:
        return tree
    for wire in (field.wire, *field.wire_aliases):
        found = at(tree, place, wire)
        if found is not MISSING:
            return found
    return None


def _indexed(pairs: Sequence[tuple[str, str | bytes]], field: Field) -> list[Any]:
    found = dict(pairs)
    number = field.list.first if field.list else 1
    values: list[Any] = []
    if field.type is FieldType.OBJECT:
        while inner := _inside(pairs, field.wire.replace("{i}", str(number), 1)):
            values.append(inner)
            number += 1
        return values
    while (name := field.wire.replace("{i}", str(number), 1)) in found:
        values.append(found[name])
        number += 1
    return values


def _inside(pairs: Sequence[tuple[str, str | bytes]], name: str) -> Any:
    """The object whose members are written `name.member`, or `name[member]`."""
    members = [
        (rest[1:].replace("][", ".").rstrip("]"), value)
        for full, value in pairs
        if (rest := full.removeprefix(name)) != full and rest[:1] in (".", "[")
    ]
    return body.tree(members) if members else None


def _mapping(
    pairs: Sequence[tuple[str, str | bytes]], wire: str
) -> Mapping[str, str | bytes]:
    template = wire if "{key}" in wire else f"{wire}[{{key}}]"
    before, _, after = template.partition("{key}")
    found: dict[str, str | bytes] = {}
    for name, value in pairs:
        if name.startswith(before) and name.endswith(after) and name != before + after:
            found[name[len(before) : len(name) - len(after)]] = value
    return found
