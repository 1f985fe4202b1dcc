"""One argument or item, checked and in the form that the wire needs."""

from __future__ import annotations

from wirebook.code import Code, identifier, literal
from wirebook.expression import Bracketed, Expression, call, lambda_, mapping, texts
from wirebook.model import Field, FieldType

from .module import Module
from .types import TEXTS


def wire_value(module: Module, field: Field, variable: Code, json: bool) -> Expression:
    """Check a single argument and convert it; `encode` is not applied.

    json: numbers and booleans keep their type.
    """
    return _wire(module, field, literal(field.name), variable, json)


def item_check(module: Module, field: Field) -> Expression | None:
    """What `check.items` checks each item with; None where `_wire` does it."""
    check = module.floor_module("check")
    if field.type in TEXTS:
        limits = _text_limits(field)
        if not any(value is not None for value in limits.values()):
            return identifier(f"{check}.text")
        name, item = identifier("name"), identifier("item")
        checked = call(f"{check}.text", name, item, **limits)
        return lambda_(("name", "item"), checked)
    return None


def is_changed(field: Field, json: bool) -> bool:
    """Whether the items of a checked list still have to be converted."""
    if field.type in TEXTS:
        return field.encode is not None
    return not (json and field.type is FieldType.JSON)


def checked_item(module: Module, field: Field, variable: str, json: bool) -> Expression:
    """One item of a list on the wire."""
    if field.type in TEXTS:
        return identifier(variable)
    return _wire(module, field, literal(field.name), identifier(variable), json)


def encoded(module: Module, value: Expression, encode: str | None) -> Expression:
    """A wire text in another encoding."""
    if encode is None:
        return value
    convert = module.floor_module("convert")
    match encode:
        case "json":
            return call(f"{module.floor_module('encode')}.json_text", value)
        case "percent":
            return call(f"{module.floor_module('encode')}.percent", value)
        case "base64":
            return call(f"{convert}.base64_text", value)
        case "hex":
            return call(f"{convert}.hex_text", value)
        case _:
            return call(f"{convert}.{identifier(encode)}", value)


def moment(module: Module, field: Field, variable: Code) -> Bracketed:
    """An aware datetime, checked."""
    check = module.floor_module("check")
    largest = None
    if field.max_offset is not None:
        hours, _, minutes = field.max_offset.partition(":")
        largest = literal(int(hours) * 60 + int(minutes or 0))
    return call(
        f"{check}.moment",
        literal(field.name),
        variable,
        max_offset=largest,
        offset_step=None if field.offset_step is None else literal(field.offset_step),
    )


def _wire(
    module: Module, field: Field, name: Code, value: Code, json: bool
) -> Expression:
    check = f"{module.floor_module('check')}"
    convert = "convert"
    match field.type:
        case FieldType.INTEGER:
            return call(f"{check}.integer", name, value, **_bounds(field, int))
        case FieldType.DECIMAL:
            checked = call(f"{check}.decimal", name, value, **_bounds(field, str))
            return checked if json else _text(module, "decimal_text", checked)
        case FieldType.BOOLEAN:
            checked = call(f"{check}.boolean", name, value)
            if json and field.spelling is None:
                return checked
            spelling = texts(field.spelling) if field.spelling else None
            module.floor_module(convert)
            text = call(f"{convert}.boolean_text", checked, spelling=spelling)
            return call("int", text) if json and field.spelling_numbers else text
        case FieldType.ENUM if field.enum is not None:
            checked = call(f"{check}.enum", name, value, module.enum_class(field.enum))
            number = json and module.enum(field.enum).kind == "int"
            return call("int", checked) if number else checked
        case FieldType.STATUS if field.table is not None:
            checked = call(
                f"{check}.enum", name, value, module.table_class(field.table)
            )
            number = json and module.table(field.table).kind == "int"
            return call("int", checked) if number else checked
        case FieldType.DATETIME:
            return moment_text(module, field, moment(module, field, value))
        case FieldType.DATE:
            form = literal(field.format) if field.format else None
            day = call(f"{check}.day", name, value)
            return _text(module, "date_text", day, form)
        case FieldType.TIME:
            form = literal(field.format) if field.format else None
            time = call(f"{check}.time_of_day", name, value)
            return _text(module, "time_text", time, form)
        case FieldType.BYTES:
            most = None if field.max_length is None else literal(field.max_length)
            return call(f"{check}.octets", name, value, most=most)
        case FieldType.OBJECT if field.model is not None:
            return call(module.model_function("write", field.model), value)
        case FieldType.MAP if field.entries is not None:
            pairs = field.entries
            fixed = [(literal(wire), literal(text)) for wire, text in pairs.fixed]
            return _text(
                module,
                "entries",
                value,
                literal(pairs.key),
                literal(pairs.value),
                mapping(fixed),
            )
        case FieldType.MAP:
            return call("dict", value)
        case FieldType.JSON | FieldType.FILE | FieldType.ROWS:
            return value
        case _:
            return call(f"{check}.text", name, value, **_text_limits(field))


def moment_text(module: Module, field: Field, checked: Expression) -> Expression:
    """A checked datetime in the wire's format and zone."""
    form = field.format or "iso8601"
    named = form.startswith("unix") or form in ("iso8601", "iso8601_basic", "rfc1123")
    if field.zone is None and not named:
        return _text(module, "local_text", checked, literal(form))
    zone = None if field.zone is None else literal(field.zone)
    return _text(module, "datetime_text", checked, literal(form), zone)


def _text(module: Module, function: str, *arguments: Expression | None) -> Expression:
    convert = module.floor_module("convert")
    given = [argument for argument in arguments if argument is not None]
    return call(f"{convert}.{function}", *given)


def _text_limits(field: Field) -> dict[str, Expression | None]:
    def number(value: int | None) -> Expression | None:
        return None if value is None else literal(value)

    # One character is what `text` asks for anyway.
    shortest = field.min_length if field.min_length and field.min_length > 1 else None
    return {
        "shortest": number(shortest),
        "longest": number(field.max_length),
        "longest_numeric": number(field.max_length_numeric),
        "pattern": None if field.pattern is None else literal(field.pattern),
        "charset": None if field.charset is None else literal(field.charset),
        "allow_empty": literal(True) if field.min_length == 0 else None,
    }


def _bounds(field: Field, kind: type[int] | type[str]) -> dict[str, Expression | None]:
    return {
        "least": None if field.minimum is None else literal(kind(field.minimum)),
        "most": None if field.maximum is None else literal(kind(field.maximum)),
    }
