"""Wire values to arguments, with everything that is wrong with them.

Arguments have Python types: str, int, Decimal, bool, aware datetime, date, time,
bytes, and lists and mappings of these; enums and statuses stay wire text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote

from wirebook.arguments import find_enum, find_model
from wirebook.model import Field, FieldType, ListStyle, Place
from wirebook.runtime import body, formats, timeformat
from wirebook.runtime.segments import fits_gsm
from wirebook.runtime.tree import MISSING, ReplyProblem, Tree, find

from .fault import Fault
from .kinds import is_dict, is_list
from .received import Unreadable
from .routes import Match
from .rules import broken

_PHONE = re.compile(r"\+?[0-9*][0-9*() -]{2,24}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_INTEGER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_TEXTS = (FieldType.STRING, FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL)
_CHARSETS: Mapping[str, Callable[[str], object]] = {
    "ascii": str.isascii,
    "digits": re.compile("[0-9]*").fullmatch,
    "alphanumeric": re.compile("[0-9A-Za-z]*").fullmatch,
    "gsm": fits_gsm,
}


class Reader:
    """Reads one request; `faults` fills while it does."""

    def __init__(self, match: Match, now: datetime) -> None:
        self._match = match
        self._operation = match.route.operation
        self._received = match.received
        self._now = now
        self.faults: list[Fault] = []
        self.wires: dict[str, str] = {}
        """Parameter name -> what conditions compare with, as sent."""

    def arguments(self) -> dict[str, Any]:
        """Every argument that was sent or has a default of the provider's."""
        found: dict[str, Any] = {}
        try:
            raw = {f.name: self._raw(f) for f in self._match.route.fields}
        except Unreadable as problem:
            self.faults.append(Fault("format", str(problem)))
            return {}
        for field in self._match.route.fields:
            value = raw[field.name]
            if isinstance(value, str | int | Decimal) and value != "":
                self.wires[field.name] = _plain(value)
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
            self._refuse("missing", field, "is not given, or empty")

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

    # From places.

    def _raw(self, field: Field) -> Any:
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
            return _in_tree(received.tree(place), field)
        return self._in_pairs(place, field)

    def _single(self, place: Place, wire: str) -> Any:
        if place in (Place.JSON, Place.XML):
            found = find(self._received.tree(place), wire)
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
            return self._json(field, value)
        return value

    def _json(self, field: Field, value: str | bytes) -> Any:
        try:
            return formats.json_tree(value)
        except ReplyProblem as problem:
            self._refuse("format", field, str(problem))
            return None

    # To Python.

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
            self._refuse(
                "count", field, f"has {len(items)} items, at least {style.min_items}"
            )
        if most is not None and len(items) > most:
            self._refuse("count", field, f"has {len(items)} items, at most {most}")
            return items
        if style.unique and len({str(item) for item in items}) < len(items):
            self._refuse("rule", field, "holds an item twice")
        alone = field.type is FieldType.PHONE
        return [
            self._item(field, item, position if alone else None)
            for position, item in enumerate(items)
        ]

    def _items(self, field: Field, value: Any) -> Sequence[Any] | None:
        style = field.list
        if is_list(value):
            return value
        if style is not None and style.style == "joined":
            return _plain(value).split(style.separator or ",")
        if style is not None and style.item and is_dict(value):
            inner = value.get(style.item, [])
            return inner if is_list(inner) else [inner]
        if self._match.route.place is Place.XML or is_dict(value):
            return [value]
        self._refuse("format", field, "must be a list")
        return None

    def _rows(self, field: Field, style: ListStyle, value: Any) -> list[list[str]]:
        separator = style.separator or ","
        if style.style == "joined":
            lines = _plain(value).split(separator)
            return [line.split(style.cells or ",") for line in lines]
        columns: Sequence[Any] = value
        if style.style == "json":
            return [[str(cell) for cell in row] for row in columns]
        parts = [str(column).split(separator) for column in columns]
        if len({len(part) for part in parts}) > 1:
            self._refuse("rule", field, "every parameter needs as many values")
            return []
        return [list(row) for row in zip(*parts, strict=True)]

    def _item(self, field: Field, value: Any, item: int | None) -> Any:
        if field.encode == "json" and isinstance(value, str):
            value = self._json(field, value)
        match field.type:
            case FieldType.OBJECT:
                return self._object(field, value)
            case FieldType.JSON:
                return value
            case FieldType.MAP:
                if is_dict(value):
                    return {name: _plain(each) for name, each in value.items()}
                return self._refuse("format", field, "must be a mapping")
            case FieldType.BYTES | FieldType.FILE:
                return self._bytes(field, value)
            case FieldType.INTEGER:
                return self._number(field, value, int)
            case FieldType.DECIMAL:
                return self._number(field, value, Decimal)
            case FieldType.BOOLEAN:
                return self._boolean(field, value)
            case FieldType.ENUM:
                return self._enum(field, value)
            case FieldType.DATETIME | FieldType.DATE | FieldType.TIME:
                return self._moment(field, value)
            case _:
                return self._text(field, value, item)

    def _object(self, field: Field, value: Any) -> Any:
        if not is_dict(value) or field.model is None:
            return self._refuse("format", field, "must be an object")
        provider = self._match.route.provider
        model = find_model(provider, self._operation.product, field.model)
        held = self.wires
        self.wires = {}
        parts = {part.name: _in_tree(value, part) for part in model.fields}
        for name, each in parts.items():
            if isinstance(each, str | int | Decimal):
                self.wires[name] = _plain(each)
        found: dict[str, Any] = {}
        for part in model.fields:
            if _blank(parts[part.name], part):
                self._check_absent(part)
            else:
                found[part.name] = self._argument(part, parts[part.name])
        self.wires = held
        return found

    def _bytes(self, field: Field, value: Any) -> Any:
        if isinstance(value, bytes):
            return value
        try:
            if field.encode == "hex":
                return bytes.fromhex(_plain(value))
            if field.encode in ("base64", "base64url"):
                return base64.b64decode(_plain(value), validate=True)
        except (ValueError, binascii.Error):
            return self._refuse("format", field, f"is no {field.encode}")
        return _plain(value).encode()

    def _number(self, field: Field, value: Any, kind: type[int] | type[Decimal]) -> Any:
        text = _plain(value)
        if kind is int and not _INTEGER.fullmatch(text):
            return self._refuse("format", field, "must be a whole number")
        try:
            number = kind(text)
        except (ValueError, InvalidOperation):
            return self._refuse("format", field, "must be a number")
        if field.minimum is not None and number < Decimal(field.minimum):
            self._refuse("range", field, f"is below {field.minimum}")
        if field.maximum is not None and number > Decimal(field.maximum):
            self._refuse("range", field, f"is above {field.maximum}")
        return number

    def _boolean(self, field: Field, value: Any) -> Any:
        if isinstance(value, bool) and field.spelling is None:
            return value
        false, true = field.spelling or ("false", "true")
        text = _plain(value)
        if text not in (false, true):
            return self._refuse("format", field, f"must be {false} or {true}")
        return text == true

    def _enum(self, field: Field, value: Any) -> Any:
        provider = self._match.route.provider
        enum = find_enum(provider, self._operation.product, field.enum)
        text = _plain(value)
        for row in enum.values:
            if text == row.value or text in row.aliases:
                return row.value
        allowed = ", ".join(row.value for row in enum.values)
        return self._refuse("format", field, f"must be one of {allowed}")

    def _moment(self, field: Field, value: Any) -> Any:
        try:
            if field.split:
                text = " ".join(_plain(part) for part in value)
                pattern = " ".join(part.format for part in field.split)
                moment = timeformat.read(text, pattern, field.zone)
            elif field.type is FieldType.DATE:
                return timeformat.read_date(_plain(value), field.format or "iso8601")
            elif field.type is FieldType.TIME:
                return timeformat.read_time(_plain(value), field.format or "iso8601")
            else:
                moment = self._read_moment(field, _plain(value))
        except ValueError:
            spelled = field.format or " ".join(p.format for p in field.split)
            return self._refuse("format", field, f"must be a time as {spelled}")
        if field.ahead is not None and moment < self._now + timedelta(
            seconds=field.ahead
        ):
            self._refuse("range", field, f"must be {field.ahead:g} s from now or later")
        return moment

    def _read_moment(self, field: Field, text: str) -> datetime:
        formats_ = (field.format or "iso8601", *field.formats)
        for format_ in formats_[:-1]:
            try:
                return timeformat.read(text, format_, field.zone)
            except ValueError:
                continue
        return timeformat.read(text, formats_[-1], field.zone)

    def _text(self, field: Field, value: Any, item: int | None) -> Any:
        if isinstance(value, dict | list):
            return self._refuse("format", field, "must be a text", item)
        text = _plain(value)
        encode = field.encode
        if field.encode_when is not None:
            when = field.encode_when.when
            if self.wires.get(when.parameter) in when.values:
                encode = field.encode_when.encode
        try:
            text = _decoded(text, encode)
        except ValueError:
            return self._refuse("format", field, f"is not written as {encode}", item)
        if not text:
            self._refuse("missing", field, "is empty", item)
        why = _text_fault(field, text)
        if why:
            self._refuse(why[0], field, why[1], item)
        return text

    def _refuse(
        self, kind: str, field: Field, why: str, item: int | None = None
    ) -> Any:
        self.faults.append(
            Fault(kind, f"{field.name} (`{field.wire}`) {why}", field, item=item)
        )
        return None


def _text_fault(field: Field, text: str) -> tuple[str, str] | None:
    if field.min_length is not None and len(text) < field.min_length:
        return "length", f"is shorter than {field.min_length} characters"
    digits = text.removeprefix("+")
    longest, counted = field.max_length, len(text)
    if field.max_length_numeric is not None and digits.isdigit():
        longest, counted = field.max_length_numeric, len(digits)
    if longest is not None and counted > longest:
        return "length", f"has {counted} characters, at most {longest}"
    if field.pattern is not None and not re.fullmatch(field.pattern, text):
        return "format", f"does not match {field.pattern}"
    allowed = _CHARSETS.get(field.charset or "")
    if allowed is not None and not allowed(text):
        return "format", f"has characters other than {field.charset}"
    if field.type is FieldType.PHONE and not _PHONE.fullmatch(text):
        return "format", "is no telephone number"
    if field.type is FieldType.EMAIL and not _EMAIL.fullmatch(text):
        return "format", "is no e-mail address"
    return None


def _in_tree(tree: Tree, field: Field) -> Any:
    if not field.wire:
        return tree
    for wire in (field.wire, *field.wire_aliases):
        found = find(tree, wire)
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


def _blank(value: Any, field: Field) -> bool:
    return value is None or (value == "" and field.type is not FieldType.BYTES)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.decode()
    return str(value)


def _decoded(text: str, encode: str | None) -> str:
    match encode:
        case "utf16be_hex":
            return bytes.fromhex(text).decode("utf-16-be")
        case "hex":
            return bytes.fromhex(text).decode()
        case "base64":
            return base64.b64decode(text, validate=True).decode()
        case "percent":
            return unquote(text, errors="strict")
        case _:
            return text
