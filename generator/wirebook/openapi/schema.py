"""Schemas: fields, enums and models as JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirebook.model import (
    Enumeration,
    Field,
    FieldType,
    Model,
    Product,
    Provider,
    StatusTable,
)

Json = dict[str, Any]
COMPONENT = "#/components/schemas/"

_TYPES: dict[FieldType, Json] = {
    FieldType.INTEGER: {"type": "integer"},
    FieldType.DECIMAL: {"type": "string", "format": "decimal"},
    FieldType.BOOLEAN: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.DATETIME: {"type": "string", "format": "date-time"},
    FieldType.BYTES: {"type": "string", "format": "byte"},
    FieldType.FILE: {"type": "string", "format": "binary"},
    FieldType.EMAIL: {"type": "string", "format": "email"},
    FieldType.MAP: {"type": "object", "additionalProperties": {"type": "string"}},
    FieldType.JSON: {},
    FieldType.ROWS: {"type": "array", "items": {"type": "string"}},
}


class Names:
    """Which component describes a model, an enum or a table."""

    def __init__(self, provider: Provider) -> None:
        self._products = (*provider.products, provider.shared)
        self._shared = provider.shared

    def components(self) -> dict[str, Json]:
        """Every schema by its name."""
        found: dict[str, Json] = {}
        for product in self._products:
            entries: list[Enumeration | StatusTable] = [
                *product.enums,
                *product.tables,
            ]
            for each in entries:
                found[self._name(product, each.class_name)] = enumeration(each)
            for model in product.models:
                schema = self.record(product, model)
                found[self._name(product, model.class_name)] = schema
        return found

    def record(self, product: Product, model: Model) -> Json:
        fields = model.fields
        required = [f.wire for f in fields if not f.optional and not f.nullable]
        made: Json = {
            "type": "object",
            "properties": {field.wire: self.field(product, field) for field in fields},
        }
        if required:
            made["required"] = required
        return made

    def field(self, product: Product, field: Field) -> Json:
        """The schema of a value, or of the list of them."""
        if field.type is FieldType.ENUM and field.enum:
            one: Json = self.reference(product, "enums", field.enum)
        elif field.type is FieldType.STATUS and field.table:
            one = self.reference(product, "tables", field.table)
        elif field.type is FieldType.OBJECT and field.model:
            one = self.reference(product, "models", field.model)
        else:
            one = {**_TYPES.get(field.type, {"type": "string"}), **_limits(field)}
        if field.list is None:
            return one if "$ref" in one else {**one, **_words(field.summary)}
        made: Json = {"type": "array", "items": one, **_words(field.summary)}
        for key, limit in (
            ("minItems", field.list.min_items),
            ("maxItems", field.list.max_items),
        ):
            if limit is not None:
                made[key] = limit
        return made

    def reference(self, product: Product, kind: str, key: str) -> Json:
        for home in (product, self._shared):
            entries: Sequence[Model | Enumeration | StatusTable] = getattr(home, kind)
            for entry in entries:
                if entry.key == key:
                    return {"$ref": COMPONENT + self._name(home, entry.class_name)}
        raise KeyError(key)

    def _name(self, product: Product, name: str) -> str:
        prefix = "".join(part.capitalize() for part in (product.key or "").split("_"))
        return prefix + name


def enumeration(entry: Enumeration | StatusTable) -> Json:
    pairs = (
        [(value.value, value.name) for value in entry.values]
        if isinstance(entry, Enumeration)
        else [(status.code, status.name) for status in entry.statuses]
    )
    whole = entry.kind == "int"
    return {
        "type": "integer" if whole else "string",
        "enum": [int(value) if whole else value for value, _ in pairs],
        "x-enum-varnames": [name for _, name in pairs],
        **_words(entry.summary),
    }


def _words(summary: str) -> Json:
    return {"description": summary} if summary else {}


def _limits(field: Field) -> Json:
    made: Json = {}
    if field.type is FieldType.INTEGER:
        for key, limit in (("minimum", field.minimum), ("maximum", field.maximum)):
            if limit is not None:
                made[key] = int(limit)
    elif field.type not in _TYPES:
        for key, length in (
            ("minLength", field.min_length),
            ("maxLength", field.max_length),
            ("pattern", field.pattern),
        ):
            if length is not None:
                made[key] = length
    return made
