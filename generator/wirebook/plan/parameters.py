"""From an argument to the wire: the lines for one parameter, or for one field of
a model that travels in a request."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wirebook.code import Code, identifier, literal
from wirebook.expression import (
    Expression,
    call,
    comprehension,
    is_given,
    mapping,
    sequence,
)
from wirebook.layout import Assign, If, Statement
from wirebook.model import Field, FieldType, ListStyle, Place

from .arguments import may_be_none
from .conditions import Conditions
from .module import Module
from .types import NONE, TEXTS
from .values import (
    checked_item,
    encoded,
    is_changed,
    item_check,
    moment,
    moment_text,
    wire_value,
)


class Target(Struct, frozen=True):
    """Where the lines put what they have made: the draft of an operation, or the
    fields of a record."""

    module: Module
    conditions: Conditions
    place: Place
    """Where parameters travel unless they say otherwise."""
    record: bool = False

    def variable(self, field: Field) -> Code:
        return identifier(f"record.{field.name}" if self.record else field.name)

    def place_of(self, field: Field) -> Place:
        return self.place if self.record else field.place or self.place

    def in_json(self, field: Field) -> bool:
        return self.place_of(field) is Place.JSON

    def put(
        self, field: Field, wire: str, value: Expression, first: int | None = None
    ) -> Statement:
        """`draft.add(…)`, or where the value travels elsewhere, that."""
        if self.record:
            return call("fields.append", sequence((literal(wire), value)))
        if field.place is Place.PATH:
            return call("draft.path", literal(wire), value)
        if field.place is Place.HEADER:
            return call("draft.header", literal(wire), value)
        place = None
        if field.place is not None and field.place is not self.place:
            enum = self.module.floor("request", "Place")
            place = identifier(f"{enum}.{field.place.name}")
        number = None if first is None else literal(first)
        dots = literal(True) if field.nested == "dots" else None
        return call(
            "draft.add", literal(wire), value, place=place, first=number, dots=dots
        )


def in_charset(field: Field, charset: str) -> Field:
    """A field of a request in this charset: what it cannot say is refused under the
    field's own name."""
    ascii = field.encode is not None or field.encode_when is not None
    elsewhere = field.place in (Place.PATH, Place.HEADER)
    known = charset == "utf-8" or field.charset is not None
    if field.type not in TEXTS or ascii or elsewhere or known:
        return field
    return replace(field, charset=charset)


def field_lines(
    target: Target, field: Field, most: Expression | None = None
) -> list[Statement]:
    """Check the value and put it where it travels.

    most: the largest count of items, where variants differ in it.
    """
    lines = _lines(target, field, most)
    text = None if target.record else target.conditions.text(field.name)
    given = is_given(text) if text else target.conditions.given(field.name)
    if may_be_none(field):
        otherwise: tuple[Statement, ...] = ()
        if field.default is not None:
            put = target.put(field, field.wire, literal(field.default))
            otherwise = (put,)
        elif field.nullable and not field.optional:
            otherwise = (target.put(field, field.wire, NONE),)
        return [If(given, tuple(lines), otherwise)]
    if field.nullable:
        return [If(given, tuple(lines), (target.put(field, field.wire, NONE),))]
    return lines


def _lines(target: Target, field: Field, most: Expression | None) -> list[Statement]:
    if field.split:
        return _split(target, field)
    if field.list is not None:
        return _list(target, field, field.list, most)
    text = target.conditions.text(field.name)
    first: list[Statement] = []
    if field.type is FieldType.DATETIME and not target.record:
        variable = target.variable(field)
        first.append(Assign(variable, moment(target.module, field, variable)))
        first += _ahead(field, variable)
        value = moment_text(target.module, field, variable)
    elif text is not None:
        value = _from_text(target, field, text)
    else:
        variable = target.variable(field)
        value = wire_value(target.module, field, variable, target.in_json(field))
    plain = target.put(field, field.wire, encoded(target.module, value, field.encode))
    if field.encode_when is None:
        return [*first, plain]
    other = encoded(target.module, value, field.encode_when.encode)
    test = target.conditions.test(field.encode_when.when)
    return [*first, If(test, (target.put(field, field.wire, other),), (plain,))]


def _from_text(target: Target, field: Field, text: Code) -> Expression:
    """The value for the wire where its text is known already."""
    if not target.in_json(field):
        return text
    if field.type is FieldType.ENUM and field.enum is not None:
        number = target.module.enum(field.enum).kind == "int"
        return call("int", text) if number else text
    if field.type is FieldType.BOOLEAN and field.spelling is not None:
        return call("int", text) if field.spelling_numbers else text
    return target.variable(field)


def _split(target: Target, field: Field) -> list[Statement]:
    """A moment that travels in several fields."""
    convert = target.module.floor_module("convert")
    variable = target.variable(field)
    checked = moment(target.module, field, variable)
    lines: list[Statement] = []
    if not target.record:
        lines.append(Assign(variable, checked))
        lines += _ahead(field, variable)
    source = checked if target.record else variable
    for part in field.split:
        form = literal(part.format)
        if field.zone is None:
            value = call(f"{convert}.local_text", source, form)
        else:
            zone = literal(field.zone)
            value = call(f"{convert}.datetime_text", source, form, zone)
        lines.append(target.put(field, part.wire, value))
    return lines


def _ahead(field: Field, variable: Code) -> list[Statement]:
    """How far ahead a moment must lie: judged by the client's clock, at each attempt."""
    if field.ahead is None:
        return []
    return [call("draft.ahead", literal(field.name), variable, literal(field.ahead))]


def _list(
    target: Target, field: Field, style: ListStyle, most: Expression | None
) -> list[Statement]:
    check = target.module.floor_module("check")
    variable = target.variable(field)
    rows = field.type is FieldType.ROWS
    # The limit of columns is one of columns: p1 to p10.
    if most is None and style.max_items is not None and style.style != "columns":
        most = literal(style.max_items)
    checked = call(
        f"{check}.items",
        literal(field.name),
        variable,
        least=None if style.min_items in (None, 1) else literal(style.min_items),
        most=most,
        unique=literal(True) if style.unique else None,
        each=None if rows else item_check(target.module, field),
    )
    lines: list[Statement] = []
    if not target.record:
        lines.append(Assign(variable, checked))
        lines += _ahead(field, variable)
    source = checked if target.record else variable
    made = _rows if rows else _items
    wire = field.wire
    if style.item and target.place_of(field) is Place.XML:
        wire = f"{wire}.{style.item}" if wire else style.item
    first = style.first if "{i}" in wire and style.first != 1 else None
    lines.append(target.put(field, wire, made(target, field, style, source), first))
    return lines


def _items(
    target: Target, field: Field, style: ListStyle, source: Expression
) -> Expression:
    """The wire form of a checked list."""
    module = target.module
    json = style.style != "joined" and (target.in_json(field) or style.style == "json")
    if is_changed(field, json):
        item = checked_item(module, field, "item", json)
        source = comprehension(encoded(module, item, field.encode), "item", source)
    if style.style == "json" and style.item and target.in_json(field):
        wrapped = mapping([(literal(style.item), identifier("item"))])
        source = comprehension(wrapped, "item", source)
    if style.style == "joined":
        convert = module.floor_module("convert")
        separator = literal(style.separator or ",")
        return call(f"{convert}.joined", literal(field.name), source, separator)
    text = target.place_of(field) not in (Place.JSON, Place.XML)
    if style.style == "json" and text:
        return call(f"{module.floor_module('encode')}.json_text", source)
    return source


def _rows(
    target: Target, field: Field, style: ListStyle, source: Expression
) -> Expression:
    convert = target.module.floor_module("convert")
    name, separator = literal(field.name), literal(style.separator or ",")
    if style.style == "joined":
        cells = literal(style.cells or ",")
        return call(f"{convert}.lines", name, source, cells, separator)
    if style.style == "json":
        table = call(f"{convert}.table", name, source)
        if target.place_of(field) is Place.JSON:
            return table
        return call(f"{target.module.floor_module('encode')}.json_text", table)
    columns = call(f"{convert}.columns", name, source, separator)
    if style.max_items is None:
        return columns
    check = target.module.floor_module("check")
    return call(f"{check}.items", name, columns, most=literal(style.max_items))
