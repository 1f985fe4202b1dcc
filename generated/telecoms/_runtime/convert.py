"""Arguments to wire texts."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from . import body, timeformat, zone
from .encode import Value
from .errors import InvalidArgument


def joined(name: str, items: Iterable[str], separator: str) -> str:
    """The items with a separator between; an item must not hold it, nor be empty."""
    found = list(items)
    for position, item in enumerate(found):
        if not item or separator in item:
            why = f"holds the separator {separator!r}" if item else "is empty"
            raise InvalidArgument(f"{name}[{position}]: {why}", parameter=name)
    text = separator.join(found)
    # A separator of several characters can also arise at a seam: `a{` and `|}`.
    if found and text.split(separator) != found:
        raise InvalidArgument(
            f"{name}: items run together with the separator {separator!r}",
            parameter=name,
        )
    return text


def entries(
    values: Mapping[str, str], key: str, value: str, fixed: Mapping[str, str]
) -> list[Value]:
    """A pair for each entry of a mapping: key and value under their names, in which
    dots nest, with the constants that every pair has."""
    return [
        body.tree([(key, name), *fixed.items(), (value, text)])
        for name, text in values.items()
    ]


def columns(name: str, rows: Sequence[Sequence[str]], separator: str) -> list[str]:
    """One text per column: its values in the order of the rows, joined.

    Every row has as many values; none of them holds the separator.
    """
    _check_rows(name, rows)
    if len({len(row) for row in rows}) > 1:
        raise InvalidArgument(
            f"{name}: every row must have as many values", parameter=name
        )
    return [joined(name, column, separator) for column in zip(*rows, strict=True)]


def lines(name: str, rows: Sequence[Sequence[str]], cells: str, separator: str) -> str:
    """One text: rows joined by `separator`, the values of each by `cells`.

    No value holds either of them.
    """
    _check_rows(name, rows)
    return joined(name, [joined(name, row, cells) for row in rows], separator)


def table(name: str, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows as lists, for JSON."""
    _check_rows(name, rows)
    return [list(row) for row in rows]


def _check_rows(name: str, rows: Sequence[Sequence[object]]) -> None:
    if isinstance(rows, str) or any(isinstance(row, str) for row in rows):
        raise InvalidArgument(
            f"{name}: must be a list of rows, each a list of texts", parameter=name
        )
    for number, row in enumerate(rows):
        if not all(isinstance(cell, str) for cell in row):
            raise InvalidArgument(
                f"{name}[{number}]: every value must be a text", parameter=name
            )


def datetime_text(value: datetime, format: str, zone: str = "UTC") -> str:
    """An aware moment as `format` in the local time of `zone` (see `timeformat`)."""
    return timeformat.write(value, format, zone)


def local_text(value: datetime, format: str) -> str:
    """An aware moment in its own local time: for wires that carry the offset."""
    return timeformat.write_fields(value, format)


def date_text(value: date, format: str = "yyyy-MM-dd") -> str:
    return timeformat.write_fields(value, format)


def time_text(value: time, format: str = "HH:mm:ss") -> str:
    return timeformat.write_fields(value, format)


def offset_text(value: datetime, format: str = "xxx") -> str:
    """The UTC offset of a moment: xxx (+08:00), XXX, X or Z."""
    return zone.offset_text(value.utcoffset(), format)


def boolean_text(value: bool, spelling: tuple[str, str] = ("false", "true")) -> str:
    """`spelling` is what the wire writes for False, and for True."""
    return spelling[value]


def decimal_text(value: Decimal | int) -> str:
    """Digits and a point: never an exponent, trailing zeros kept."""
    return format(Decimal(value), "f")


def base64_text(value: str | bytes) -> str:
    return base64.b64encode(_octets(value)).decode("ascii")


def hex_text(value: str | bytes) -> str:
    """Lower-case hexadecimal digits; a str is UTF-8."""
    return _octets(value).hex()


def utf16be_hex(value: str) -> str:
    """Upper-case hexadecimal digits of big-endian UTF-16, without a mark."""
    return value.encode("utf-16-be").hex().upper()


def _octets(value: str | bytes) -> bytes:
    return value.encode("utf-8") if isinstance(value, str) else value
