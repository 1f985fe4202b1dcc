"""Arguments from text: what vectors and the command line hand to a client.

A spec's vectors are YAML, so an argument arrives as text, list or mapping; the
operation's parameters say which Python value it stands for.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from .model import (
    Enumeration,
    Field,
    FieldType,
    Model,
    Operation,
    Product,
    Provider,
)
from .problem import did_you_mean

Find = Callable[[str], Any]
"""Class name -> class of the generated package."""


class UnknownArgument(ValueError):
    """An argument that no parameter of the operation has."""


def typed_arguments(
    provider: Provider,
    operation: Operation,
    arguments: Mapping[str, Any],
    find: Find,
) -> dict[str, Any]:
    """Give each argument the type of its parameter.

    `variant` passes through.  Raises UnknownArgument, or ValueError where a
    text is no value of its type.
    """
    fields = {field.name: field for field in operation.parameters}
    typed: dict[str, Any] = {}
    for name, value in arguments.items():
        if name == "variant" and operation.variants:
            typed[name] = value
        elif name in fields:
            typed[name] = _value(provider, operation.product, fields[name], value, find)
        else:
            raise UnknownArgument(f"{operation.id} has no parameter '{name}'")
    return typed


def _value(
    provider: Provider, product: str | None, field: Field, value: Any, find: Find
) -> Any:
    if value is None:
        return None
    if field.list is not None and field.type is not FieldType.ROWS:
        items: list[Any] = [*value] if isinstance(value, list) else [value]
        return [_item(provider, product, field, item, find) for item in items]
    return _item(provider, product, field, value, find)


def _item(
    provider: Provider, product: str | None, field: Field, value: Any, find: Find
) -> Any:
    match field.type:
        case FieldType.INTEGER:
            return int(value)
        case FieldType.DECIMAL:
            return Decimal(str(value))
        case FieldType.BOOLEAN:
            return value if isinstance(value, bool) else str(value).lower() == "true"
        case FieldType.DATETIME:
            return datetime.fromisoformat(str(value))
        case FieldType.DATE:
            return date.fromisoformat(str(value))
        case FieldType.TIME:
            return time.fromisoformat(str(value))
        case FieldType.BYTES:
            return base64.b64decode(str(value), validate=True)
        case FieldType.ENUM:
            return _member(find_enum(provider, product, field.enum), value, find)
        case FieldType.OBJECT:
            model = find_model(provider, product, field.model)
            parts = {part.name: part for part in model.fields}
            odd = next((name for name in value if name not in parts), None)
            if odd is not None:
                near = did_you_mean(odd, parts)
                raise UnknownArgument(f"{model.key} has no field '{odd}'{near}")
            return find(model.class_name)(
                **{
                    name: _value(provider, product, parts[name], part, find)
                    for name, part in value.items()
                }
            )
        case FieldType.MAP | FieldType.JSON | FieldType.ROWS | FieldType.FILE:
            return value
        case _:
            return str(value)


def _member(enum: Enumeration, value: Any, find: Find) -> Any:
    members = find(enum.class_name)
    for row in enum.values:
        if str(value) in (row.value, row.name, *row.aliases):
            return members[row.name]
    raise ValueError(f"'{value}' is no value of {enum.class_name}")


def find_enum(provider: Provider, product: str | None, key: str | None) -> Enumeration:
    """The enumeration that a product, or the whole provider, declares."""
    for holder in (*_product(provider, product), provider.shared):
        for enum in holder.enums:
            if enum.key == key:
                return enum
    raise KeyError(key)


def find_model(provider: Provider, product: str | None, key: str | None) -> Model:
    """The model that a product, or the whole provider, declares."""
    for holder in (*_product(provider, product), provider.shared):
        for model in holder.models:
            if model.key == key:
                return model
    raise KeyError(key)


def _product(provider: Provider, key: str | None) -> Sequence[Product]:
    return [product for product in provider.products if product.key == key]
