"""Fields: types, limits and values that fit each other."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from operator import attrgetter

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Provider
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import Names, fields

_TEXTS = frozenset(
    {FieldType.STRING, FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL, FieldType.ROWS}
)
_SIZED = _TEXTS | {FieldType.BYTES, FieldType.FILE}
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_MOMENTS = frozenset({FieldType.DATETIME, FieldType.DATE, FieldType.TIME})
_ENCODED = frozenset(FieldType) - _NUMBERS - {FieldType.BOOLEAN, FieldType.FILE}

_FITS = {
    **dict.fromkeys(("min_length", "max_length"), _SIZED),
    **dict.fromkeys(("max_length_numeric", "pattern", "charset"), _TEXTS),
    **dict.fromkeys(("minimum", "maximum"), _NUMBERS),
    "spelling": frozenset({FieldType.BOOLEAN}),
    "enum": frozenset({FieldType.ENUM}),
    "table": frozenset({FieldType.STATUS}),
    "model": frozenset({FieldType.OBJECT}),
    "entries": frozenset({FieldType.MAP}),
    "nested": frozenset({FieldType.OBJECT, FieldType.MAP, FieldType.JSON}),
    **dict.fromkeys(("format", "formats", "zone"), _MOMENTS),
    **dict.fromkeys(
        ("ahead", "split", "max_offset", "offset_step"), frozenset({FieldType.DATETIME})
    ),
    **dict.fromkeys(("encode", "encode_when"), _ENCODED),
}
"""Keys and the types that they mean something for."""
_VALUES = attrgetter(*_FITS)


def check(provider: Provider, report: Report) -> None:
    for field, known in fields(provider):
        _fits(field, report)
        _ranges(field, report)
        for key, text in (
            ("default", field.default),
            ("minimum", field.minimum),
            ("maximum", field.maximum),
        ):
            why = unfit(field, text, known) if text is not None else None
            if why:
                report.error(
                    "unfit-value",
                    field.where,
                    f"{key} {quote(text or '')} of {quote(field.name)} {why}",
                    "write it as the wire spells it",
                )
        if field.required_when is not None and not field.optional:
            report.error(
                "always-required",
                field.where,
                f"{quote(field.name)} is required anyway, so `required_when` says nothing",
                "add `optional: true`",
            )
        if field.item_status and field.type is not FieldType.STATUS:
            report.error(
                "item-status",
                field.where,
                f"{quote(field.name)} judges its item, so its type must be status",
                "write `type: status, table: …`",
            )
        if field.item_message and field.type not in _TEXTS:
            report.error(
                "item-status",
                field.where,
                f"{quote(field.name)} holds words, so its type must be string or text",
                "write `type: string`",
            )


def _fits(field: Field, report: Report) -> None:
    for (key, kinds), value in zip(_FITS.items(), _VALUES(field), strict=True):
        if value is None or value == () or field.type in kinds:
            continue
        report.error(
            "idle-key",
            field.where,
            f"{quote(key)} means nothing for {quote(field.name)} of type {field.type}",
            "it goes with " + ", ".join(kind for kind in FieldType if kind in kinds),
        )


def _ranges(field: Field, report: Report) -> None:
    pairs: list[tuple[str, float | Decimal | None, float | Decimal | None]] = [
        ("length", field.min_length, field.max_length),
        ("length", field.min_length, field.max_length_numeric),
        ("value", _number(field.minimum), _number(field.maximum)),
    ]
    if field.list is not None:
        pairs.append(("count", field.list.min_items, field.list.max_items))
    for what, least, most in pairs:
        if least is not None and most is not None and least > most:
            report.error(
                "empty-range",
                field.where,
                f"the least {what} of {quote(field.name)}, {least}, is above the "
                f"largest, {most}",
                "nothing could ever be accepted: correct one of them",
            )


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def unfit(field: Field, text: str, known: Names) -> str | None:
    """Why a wire text is no value of a field; None where it is one."""
    match field.type:
        case FieldType.INTEGER:
            if not text.removeprefix("-").isdecimal() or not text.isascii():
                return "is no whole number"
        case FieldType.DECIMAL:
            number = _number(text)
            if number is None or not number.is_finite():
                return "is no number"
        case FieldType.BOOLEAN:
            spelling = field.spelling or ("false", "true")
            if text not in spelling:
                return f"is neither {quote(spelling[0])} nor {quote(spelling[1])}"
        case FieldType.ENUM:
            enum = known.enums.get(field.enum or "")
            if enum is None:
                return None
            for row in enum.values:
                if text == row.value or text in row.aliases:
                    return "is reserved" if row.reserved else None
            values = ", ".join(quote(row.value) for row in enum.values)
            return f"is no value of {quote(enum.key)} ({values})"
        case _:
            pass
    return None


EXPLANATIONS = (
    Explanation(
        "idle-key",
        "A key that means nothing here",
        "A limit that is never checked looks like one that is: each key belongs to "
        "certain types of fields.",
        "count: {type: integer, max_length: 3}\n",
        "count: {type: integer, maximum: 999}\n",
    ),
    Explanation(
        "empty-range",
        "A range that holds nothing",
        "The smallest allowed value is above the largest one.",
        "name: {type: string, min_length: 20, max_length: 11}\n",
        "name: {type: string, min_length: 1, max_length: 11}\n",
    ),
    Explanation(
        "unfit-value",
        "A value that its own type refuses",
        "Defaults and limits are values of the field, as the wire spells them.",
        'dlr: {type: boolean, spelling: ["0", "1"], default: "false"}\n',
        'dlr: {type: boolean, spelling: ["0", "1"], default: "0"}\n',
    ),
    Explanation(
        "always-required",
        "A condition for something that is required anyway",
        "`required_when` turns an optional parameter into a required one.",
        "file_id: {required_when: {parameter: source, is: ['1']}}\n",
        "file_id: {optional: true, required_when: {parameter: source, is: ['1']}}\n",
    ),
)
