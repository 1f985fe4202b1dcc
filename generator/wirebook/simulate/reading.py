"""Wire values to arguments, with everything that is wrong with them.

Arguments have Python types: str, int, Decimal, bool, aware datetime, date, time,
bytes, and lists and mappings of these; enums and statuses stay wire text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from wirebook.arguments import find_model
from wirebook.model import Field, FieldType, ListStyle, Place
from wirebook.runtime.tree import MISSING

from .fault import Fault
from .kinds import is_dict, is_list
from .places import Places, in_tree
from .received import Unreadable, at
from .routes import Match
from .rules import broken
from .values import Values, plain


class Reader:
    """Reads one request; `faults` fills while it does."""

    def __init__(self, match: Match, now: datetime) -> None:
        self._match = match
        self._operation = match.route.operation
        self._received = match.received
        product = self._operation.product
        self._values = Values(match.route.provider, product, now)
        self._places = Places(match, self._values)
        self.faults = self._values.faults
        self.wires: dict[str, str] = {}
        """Parameter name -> what conditions compare with, as sent."""

    def arguments(self) -> dict[str, Any]:
        """Every argument that was sent or has a default of the provider's."""
        found: dict[str, Any] = {}
        try:
            raw = {f.name: self._places.raw(f) for f in self._match.route.fields}
        except Unreadable as problem:
            self.faults.append(Fault("format", str(problem)))
            return {}
        for field in self._match.route.fields:
            value = raw[field.name]
            if isinstance(value, str | int | Decimal) and value != "":
                self.wires[field.name] = plain(value)
        for field in self._match.route.fields:
            value = raw[field.name]
            if _blank(value, field):
                self._check_absent(field)
                continue
            argument = self._argument(field, value)
            if argument is not None:
                found[field.name] = argument
        if not self.faults:
            self.faults += broken(self._operation, found, self.wires)
        return found

    def _check_absent(self, field: Field) -> None:
        # What our clients send by default, others may leave out.
        when = field.required_when
        needed = not field.optional and field.default is None
        if when is not None:
            values = [(self.wires.get(part.parameter), part) for part in when.all]
            needed = needed or all(
                value is not None and (not part.values or value in part.values)
                for value, part in values
            )
        if needed and field.server_default is None:
            self._values.refuse("missing", field, "is not given, or empty")

    def sent(self) -> dict[str, Any]:
        """What was sent, by wire name: single values and the body's own structure."""
        place = self._match.route.place
        found: dict[str, Any] = dict(self._received.filled)
        if place in (Place.JSON, Place.XML):
            tree = self._received.tree(place)
            if is_dict(tree):
                found.update(tree)
            return found
        for name, value in self._received.sent_pairs(place):
            found.setdefault(name, value)
        return found

    def _argument(self, field: Field, value: Any) -> Any:
        style = field.list
        if style is None or field.type is FieldType.ROWS:
            if style is not None and field.type is FieldType.ROWS:
                return self._rows(field, style, value)
            return self._item(field, value, None)
        items = self._items(field, value)
        if items is None:
            return None
        most = self._match.route.limits.get(field.name, style.max_items)
        if style.min_items is not None and len(items) < style.min_items:
            self._values.refuse(
                "count", field, f"has {len(items)} items, at least {style.min_items}"
            )
        if most is not None and len(items) > most:
            self._values.refuse(
                "count", field, f"has {len(items)} items, at most {most}"
            )
            return items
        if style.unique and len({str(item) for item in items}) < len(items):
            self._values.refuse("rule", field, "holds an item twice")
        alone = field.type is FieldType.PHONE
        return [
            self._item(field, item, position if alone else None)
            for position, item in enumerate(items)
        ]

    def _items(self, field: Field, value: Any) -> Sequence[Any] | None:
        style, place = field.list, self._match.route.place
        if is_list(value) and style is not None and style.item:
            return [_named(each, place, style.item) for each in value]
        if is_list(value):
            return value
        if style is not None and style.style == "joined":
            return plain(value).split(style.separator or ",")
        if style is not None and style.item and is_dict(value):
            inner = _named(value, place, style.item)
            return inner if is_list(inner) else [] if inner is None else [inner]
        if place is Place.XML or is_dict(value):
            return [value]
        self._values.refuse("format", field, "must be a list")
        return None

    def _rows(self, field: Field, style: ListStyle, value: Any) -> list[list[str]]:
        separator = style.separator or ","
        if style.style == "joined":
            lines = plain(value).split(separator)
            return [line.split(style.cells or ",") for line in lines]
        columns: Sequence[Any] = value
        if style.style == "json":
            return [[str(cell) for cell in row] for row in columns]
        parts = [str(column).split(separator) for column in columns]
        if len({len(part) for part in parts}) > 1:
            self._values.refuse("rule", field, "every parameter needs as many values")
            return []
        return [list(row) for row in zip(*parts, strict=True)]

    def _item(self, field: Field, value: Any, item: int | None) -> Any:
        if field.encode == "json" and isinstance(value, str):
            value = self._values.json(field, value)
        match field.type:
            case FieldType.OBJECT:
                return self._object(field, value)
            case FieldType.JSON:
                return value
            case FieldType.MAP:
                if is_dict(value):
                    return {name: plain(each) for name, each in value.items()}
                return self._values.refuse("format", field, "must be a mapping")
            case FieldType.BYTES | FieldType.FILE:
                return self._values.octets(field, value)
            case FieldType.INTEGER:
                return self._values.number(field, value, int)
            case FieldType.DECIMAL:
                return self._values.number(field, value, Decimal)
            case FieldType.BOOLEAN:
                return self._values.boolean(field, value)
            case FieldType.ENUM:
                return self._values.enum(field, value)
            case FieldType.DATETIME | FieldType.DATE | FieldType.TIME:
                return self._values.moment(field, value)
            case _:
                return self._values.text(field, value, self._encode(field), item)

    def _encode(self, field: Field) -> str | None:
        """How the text of a field is encoded in this request."""
        if field.encode_when is not None:
            when = field.encode_when.when
            if self.wires.get(when.parameter) in when.values:
                return field.encode_when.encode
        return field.encode

    def _object(self, field: Field, value: Any) -> Any:
        if not is_dict(value) or field.model is None:
            return self._values.refuse("format", field, "must be an object")
        provider = self._match.route.provider
        model = find_model(provider, self._operation.product, field.model)
        held = self.wires
        self.wires = {}
        place = self._match.route.place
        parts = {part.name: in_tree(value, part, place) for part in model.fields}
        for name, each in parts.items():
            if isinstance(each, str | int | Decimal):
                self.wires[name] = plain(each)
        found: dict[str, Any] = {}
        for part in model.fields:
            if _blank(parts[part.name], part):
                self._check_absent(part)
            else:
                found[part.name] = self._argument(part, parts[part.name])
        self.wires = held
        return found


def _named(tree: Any, place: Place, name: str) -> Any:
    """What stands under the name that each item of a list has; None for nothing."""
    found = at(tree, place, name)
    return None if found is MISSING else found


def _blank(value: Any, field: Field) -> bool:
    return value is None or (value == "" and field.type is not FieldType.BYTES)
