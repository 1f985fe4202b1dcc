"""Values of the model as plain ones that can be compared, printed and hashed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, cast

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from wirebook.model import Literal, Reference

Plain: TypeAlias = str | int | float | bool | tuple[str, ...] | None


class Order(tuple[str, ...]):
    """Keys in an order that matters.

    Two orders are compared by what both have: what was added or removed is
    reported for itself.
    """

    __slots__ = ()

    def common(self, other: Order) -> tuple[str, ...]:
        return tuple(key for key in self if key in other)


def plain(value: Any) -> Plain:
    """The value as text, number, truth value, tuple of texts or None."""
    match value:
        case StrEnum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case tuple():
            return tuple(map(text, cast("tuple[object, ...]", value)))
        case datetime():
            return value.isoformat()
        case _:
            return text(value)


def text(value: Any) -> str:
    """One line for any value of the model: the same value, the same line."""
    match value:
        case str():
            return value
        case Literal():
            return json.dumps(value.text, ensure_ascii=False)
        case Reference():
            return reference(value)
        case datetime():
            return value.isoformat()
        case Mapping() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        case tuple():
            return f"[{', '.join(map(text, cast('tuple[object, ...]', value)))}]"
        case Struct():
            given = (
                f"{field.name}={text(getattr(value, field.name))}"
                for field in _fields(type(value))
                if field.name != "where" and getattr(value, field.name) != field.default
            )
            return f"{type(value).__name__.lower()}({', '.join(given)})"
        case _:
            return json.dumps(value)


@cache
def _fields(kind: type[Struct]) -> tuple[FieldInfo, ...]:
    return fields(kind)


def reference(value: Reference) -> str:
    """A reference as specs write it."""
    match value.kind:
        case "name":
            return f"${value.name}"
        case "header":
            return f"$request.header.{value.name}"
        case kind:
            return f"${kind}.{value.name}"


def shown(value: Plain) -> str:
    """A value for people: texts in quotes only where they need them."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value) if value else "nothing"
        case "":
            return "''"
        case str():
            return value
        case float():
            return f"{value:g}"
        case int():
            return str(value)
