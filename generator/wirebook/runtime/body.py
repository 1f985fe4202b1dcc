"""Fields to the bytes of a body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from .encode import Value, flatten, octets, plain
from .multipart import Part
from .record import File

Fields: TypeAlias = Sequence[tuple[str, Value]]


@lru_cache(maxsize=1024)
def _steps(wire: str) -> tuple[str, ...]:
    return tuple(literal(step) for step in re.split(r"(?<!\\)\.", wire))


def literal(wire: str) -> str:
    """A wire name with its escaped dots as they travel."""
    return wire.replace("\\.", ".")


def tree(fields: Fields) -> Value:
    """The nested mapping that dotted wire names describe; a field without a name
    is the whole. Steps `0`, `1`, … are the items of a list. A step `*` stands for
    every item of a list of mappings: what comes before the list is put first in each
    item, what comes after it last.
    """
    root = _Level()
    early: list[tuple[str, Value]] = []
    for wire, value in fields:
        if not wire and len(fields) == 1:
            return value
        if type(value) is str and not (wire in root or "." in wire or wire == "*"):
            root[wire] = value
        elif "*" not in _steps(wire):
            _plant(root, wire, value)
        elif not _each(root, wire, value, first=False):
            early.append((wire, value))
    for wire, value in reversed(early):
        if not _each(root, wire, value, first=True):
            raise ValueError(f"{wire}: there is no list")
    return _listed(root)


class _Level(dict[str, Value]):
    """A mapping that wire names describe, and not the caller's own."""


def _listed(level: Value) -> Value:
    """Levels whose names count from 0, as the lists that they are."""
    if not isinstance(level, dict):
        return level
    if not isinstance(level, _Level):
        return {name: _listed(value) for name, value in level.items()}
    if "0" in level:
        names = [str(number) for number in range(len(level))]
        if set(level) == set(names):
            return [_listed(level[name]) for name in names]
    return {
        name: _listed(value) if isinstance(value, dict) else value
        for name, value in level.items()
    }


def _each(root: Value, wire: str, value: Value, *, first: bool) -> bool:
    """Plant a value in every item of a list; whether there is such a list."""
    above, _, below = wire.partition(".*.")
    *steps, last = _steps(above)
    for step in steps:
        root = root.get(step) if isinstance(root, Mapping) else None
    items = root.get(last) if isinstance(root, dict) else None
    if not isinstance(root, dict) or not isinstance(items, (list, tuple)):
        return False
    planted = tree([(below, value)])
    # New mappings: the items belong to the caller.
    root[last] = [
        _merged(planted, item, wire) if first else _merged(item, planted, wire)
        for item in items
    ]
    return True


def _merged(one: Value, other: Value, wire: str) -> Value:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        raise ValueError(f"{wire}: stands twice, or in what is no mapping")
    both = dict(one)
    for name, value in other.items():
        both[name] = _merged(both[name], value, wire) if name in both else value
    return both


def _plant(root: dict[str, Value], wire: str, value: Value) -> None:
    *above, last = _steps(wire)
    for step in above:
        below = root.setdefault(step, _Level())
        if not isinstance(below, dict):
            raise ValueError(f"{wire}: {step} holds a value already")
        root = below
    if last not in root:
        # A copy: what is planted below it later must not reach the caller's mapping.
        root[last] = dict(value) if isinstance(value, Mapping) else value
        return
    there = root[last]
    if not isinstance(there, dict) or not isinstance(value, Mapping):
        raise ValueError(f"{wire}: stands twice in the body")
    there.update(value)


def pairs(fields: Fields) -> list[tuple[str, str | bytes]]:
    """Names and values of a query or form, lists and mappings spread out."""
    found: list[tuple[str, str | bytes]] = []
    for wire, value in fields:
        if type(value) is str:
            found.append((literal(wire), value))
        else:
            found += flatten(literal(wire), value)
    return found


def parts(fields: Fields) -> list[tuple[str, Part]]:
    """The parts of a multipart body, lists and mappings spread out."""
    found: list[tuple[str, Part]] = []
    for wire, value in fields:
        items: Sequence[Value] = (value,)
        if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
            items = value
        for item in items:
            if isinstance(item, File):
                found.append((literal(wire), item))
            else:
                found += flatten(literal(wire), item)
    return found


def raw(fields: Fields, charset: str) -> bytes:
    """A body that is one value."""
    if len(fields) > 1:
        raise ValueError("a raw body is one value")
    for wire, value in fields:
        return (
            value
            if isinstance(value, bytes)
            else octets(plain(value, wire), charset, wire)
        )
    return b""
