"""Arguments of vectors: whether a value stands for one of its parameter's type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from wirebook.model import Field, FieldType
from wirebook.problem import did_you_mean, quote

from .fields import unfit
from .lookup import Names

_CLOCK = {
    FieldType.DATETIME: datetime.fromisoformat,
    FieldType.DATE: date.fromisoformat,
    FieldType.TIME: time.fromisoformat,
}


def as_list(value: Any) -> Sequence[Any] | None:
    """The value, where it is a list."""
    return cast("Sequence[Any]", value) if isinstance(value, list) else None


def as_mapping(value: Any) -> Mapping[str, Any] | None:
    """The value, where it is a mapping."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else None


def misfit(field: Field, value: Any, known: Names) -> str | None:
    """Why a value is no argument for a parameter; None where it is one."""
    if value is None:
        return None if field.optional or field.nullable else "is null"
    if field.type is FieldType.ROWS:
        rows = as_list(value)
        if rows is None or not all(isinstance(row, list) for row in rows):
            return "must be a list of rows"
        return None
    if field.list is None:
        return _item(field, value, known)
    items = as_list(value)
    if items is None:
        return "must be a list"
    return next((why for item in items if (why := _item(field, item, known))), None)


def _item(field: Field, value: Any, known: Names) -> str | None:
    match field.type:
        case FieldType.OBJECT:
            return _object(field, value, known)
        case FieldType.MAP:
            return None if isinstance(value, Mapping) else "must be a mapping"
        case FieldType.JSON | FieldType.FILE:
            return None
        case _ if isinstance(value, (list, dict)):
            return f"must be one {field.type}"
        case FieldType.BOOLEAN:
            truth = isinstance(value, bool) or value in ("true", "false")
            return None if truth else "must be true or false"
        case FieldType.ENUM:
            enum = known.enums.get(field.enum or "")
            names = [row.name for row in enum.values] if enum else []
            return None if value in names else unfit(field, str(value), known)
        case FieldType.DATETIME | FieldType.DATE | FieldType.TIME:
            try:
                _CLOCK[field.type](str(value))
            except ValueError:
                return f"{quote(str(value))} is no {field.type} in ISO 8601"
            return None
        case _:
            return unfit(field, str(value), known)


def _object(field: Field, value: Any, known: Names) -> str | None:
    model = known.models.get(field.model or "")
    given = as_mapping(value)
    if given is None:
        return "must be a mapping"
    if model is None:
        return None
    fields = {part.name: part for part in model.fields}
    for name, part in given.items():
        if name not in fields:
            return f"has no field {quote(name)}{did_you_mean(name, fields)}"
        why = misfit(fields[name], part, known)
        if why:
            return f"in {quote(name)} {why}"
    for part in model.fields:
        if part.name not in given and not part.optional and part.default is None:
            return f"lacks the field {quote(part.name)}"
    return None
