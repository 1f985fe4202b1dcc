"""Values to wire text: percent-encoding in three dialects, pairs, JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring as _quoted
from typing import TypeAlias
from urllib.parse import quote_from_bytes

from .errors import InvalidArgument
from .record import File
from .secret import Secret

Scalar: TypeAlias = str | int | float | Decimal | bytes | Secret | File | None
Value: TypeAlias = "Scalar | Sequence[Value] | Mapping[str, Value]"
"""What a field of a request may hold."""

DEEPEST = 32
"""Levels of nesting that a request may have."""

# What every dialect leaves as it is.
_unreserved = re.compile(r"[0-9A-Za-z_.-]*").fullmatch


def octets(text: str, charset: str = "utf-8", parameter: str | None = None) -> bytes:
    """The bytes of a text; InvalidArgument where the charset cannot say it."""
    try:
        return text.encode(charset)
    except UnicodeEncodeError as problem:
        place = problem.start
    # Outside the handler: the first exception quotes the whole text.
    raise InvalidArgument(
        f"{parameter or 'a value'}: character {place + 1} cannot be written in {charset}",
        parameter=parameter,
    )


def plain(value: Value, parameter: str | None = None) -> str:
    """The text of a single value in a query, a form, a header or XML."""
    if isinstance(value, str):
        # An enum's member prints as its value only once it is plain.
        return str(value)
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    raise InvalidArgument(
        f"{parameter or 'a value'}: {type(value).__name__} has no text form here",
        parameter=parameter,
    )


def percent(value: str | bytes, style: str = "form", charset: str = "utf-8") -> str:
    """One name or value, percent-encoded.

    form: space is +, `-_.~` and alphanumerics stay.  rfc3986: the same, space is
    %20.  php: as form, but ~ is escaped.  raw: untouched.
    """
    if style == "raw":
        return value if isinstance(value, str) else value.decode(charset)
    if isinstance(value, str):
        if charset == "utf-8" and _unreserved(value):
            return str(value)
        data = octets(value, charset)
    else:
        data = value
    if style == "rfc3986":
        return quote_from_bytes(data, safe="")
    text = quote_from_bytes(data, safe=" ").replace(" ", "+")
    if style == "php":
        return text.replace("~", "%7E")
    if style != "form":
        raise ValueError(f"no such percent-encoding: {style!r}")
    return text


def pairs(
    fields: Iterable[tuple[str, str | bytes]],
    style: str = "form",
    charset: str = "utf-8",
) -> str:
    """`name=value&name=value`, in order."""
    done: list[str] = []
    for name, value in fields:
        name_text = percent(name, style, charset)
        if isinstance(value, str) and not (charset == "utf-8" and _unreserved(value)):
            value = octets(value, charset, name)
        done.append(f"{name_text}={percent(value, style, charset)}")
    return "&".join(done)


def flatten(
    wire: str, value: Value, first: int = 1, dots: bool = False
) -> Iterable[tuple[str, str | bytes]]:
    """The pairs of one field of a query or form.

    A list repeats the name, or numbers it from `first` where the name has `{i}`.
    A mapping becomes `name[key]` (with `dots`, `name.key`), or takes the place of
    `{key}` in the name.
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            inner = f"{wire}.{key}" if dots else f"{wire}[{key}]"
            name = wire.replace("{key}", key) if "{key}" in wire else inner
            yield from flatten(name if wire else key, item, first, dots)
    elif isinstance(value, bytes):
        yield wire, value
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, item in enumerate(value, first):
            yield from flatten(wire.replace("{i}", str(number), 1), item, first, dots)
    else:
        yield wire, plain(value, wire)


def json_text(value: Value, style: str = "compact") -> str:
    """JSON in the order of the mappings, non-ASCII characters as they are.

    style: `compact` (no blanks) or `spaced` (a blank after `,` and `:`).
    """
    comma, colon = (",", ":") if style == "compact" else (", ", ": ")
    return _json(value, comma, colon, DEEPEST)


def _json(value: Value, comma: str, colon: str, levels: int) -> str:
    if isinstance(value, str):
        return _quoted(str(value))
    if value is None:
        return "null"
    if isinstance(value, (bool, int)):
        return plain(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, float) and math.isfinite(value):
        return repr(value)
    if isinstance(value, Secret):
        return _quoted(value.reveal())
    if not levels:
        raise InvalidArgument(f"nested deeper than {DEEPEST} levels")
    if isinstance(value, Mapping):
        return (
            "{"
            + comma.join(
                [
                    f"{_quoted(key)}{colon}{_json(item, comma, colon, levels - 1)}"
                    for key, item in value.items()
                ]
            )
            + "}"
        )
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return (
            "["
            + comma.join([_json(item, comma, colon, levels - 1) for item in value])
            + "]"
        )
    raise InvalidArgument(f"{type(value).__name__} has no JSON form")
