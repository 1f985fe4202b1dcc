"""Single wire values to Python values; None means "this is no such thing".

Digits are ASCII; white space around a number, code or time is dropped, inside it
is an error.  A bool is no number and a number no bool.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TypeVar, cast
from urllib.parse import unquote

from . import timeformat
from .secret import Secret
from .status import Table
from .tree import Tree

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

BLANKS = " \t\r\n"
_INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
_DECIMAL = re.compile(
    r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?"
)
_ASCII = re.compile(r"[\x00-\x7f]*")


def text(value: Tree) -> str | None:
    """A text as it is; a number keeps its digits."""
    if type(value) is str:
        return value
    if type(value) is int or type(value) is Decimal:
        return str(value)
    if type(value) is dict:
        # An XML element with attributes keeps its own text under this name.
        own = value.get("#text")
        if own is None and any(key[:1] == "@" for key in value):
            own = ""
        return own if type(own) is str else None
    return None


def code(value: Tree) -> str | None:
    """A text without white space around it."""
    found = value if type(value) is str else text(value)
    return None if found is None else found.strip(BLANKS)


def filled(value: Tree) -> str | None:
    """A text without white space around it, not empty."""
    return code(value) or None


def secret(value: Tree) -> Secret | None:
    found = text(value)
    return Secret(found) if found else None


def integer(value: Tree) -> int | None:
    if type(value) is int:
        return value
    if type(value) is Decimal:
        # Some serialisers write 1 as 1.0; a huge exponent must not become digits.
        small = abs(value.adjusted()) <= 40
        return int(value) if small and value == value.to_integral_value() else None
    found = code(value)
    if found is None or _INTEGER.fullmatch(found) is None:
        return None
    return int(found)


def decimal(value: Tree) -> Decimal | None:
    if type(value) is Decimal:
        return value
    if type(value) is int:
        return Decimal(value)
    found = code(value)
    if found is None or _DECIMAL.fullmatch(found) is None:
        return None
    return Decimal(found)


def boolean(spelling: tuple[str, str] | None) -> Callable[[Tree], bool | None]:
    """By the JSON values, the spelling (of False, of True), or the plain words."""

    def read(value: Tree) -> bool | None:
        if type(value) is bool:
            return value
        found = code(value)
        if found is None:
            return None
        if spelling is not None and found in spelling:
            return found == spelling[1]
        return {"false": False, "true": True}.get(found.lower())

    return read


@lru_cache(maxsize=1024)
def _members(kind: type[Enum]) -> Mapping[str, Enum]:
    members: Mapping[str, Enum] = kind.__members__
    return {str(member.value): member for member in members.values()}


def enum(
    kind: type[E], spellings: Mapping[str, E] | None = None
) -> Callable[[Tree], E | str | None]:
    """The member of a code, or the code itself where there is no such member."""
    members = cast("Mapping[str, E]", _members(kind))

    def read(value: Tree) -> E | str | None:
        found = filled(value)
        if found is None:
            return None
        # Not `or`: a member of value 0 is false.
        if found in members:
            return members[found]
        return spellings.get(found, found) if spellings else found

    return read


def member(table: Table[E]) -> Callable[[Tree], E | str | None]:
    """The status of a code, or the code itself where no table lists it."""

    def read(value: Tree) -> E | str | None:
        found = filled(value)
        if found is None:
            return None
        known = table.member(found)
        return found if known is None else known

    return read


def moment(
    formats: tuple[str, ...], zone: str | None
) -> Callable[[Tree], datetime | None]:
    """By the first format that fits."""
    return _first(formats, lambda found, format: timeformat.read(found, format, zone))


def day(formats: tuple[str, ...]) -> Callable[[Tree], date | None]:
    return _first(formats, timeformat.read_date)


def time_of_day(formats: tuple[str, ...]) -> Callable[[Tree], time | None]:
    return _first(formats, timeformat.read_time)


def _first(
    formats: tuple[str, ...], parse: Callable[[str, str], T]
) -> Callable[[Tree], T | None]:
    def read(value: Tree) -> T | None:
        found = code(value)
        for format in formats if found else ():
            try:
                return parse(cast("str", found), format)
            except ValueError:
                continue
        return None

    return read


def octets(encoding: str) -> Callable[[Tree], bytes | None]:
    """Bytes that travel as a text; encoding: base64, base64url or hex."""

    def read(value: Tree) -> bytes | None:
        found = code(value)
        if found is None or _ASCII.fullmatch(found) is None:
            return None
        try:
            if encoding == "hex":
                return binascii.unhexlify(found)
            if encoding == "base64url":
                found = found.replace("-", "+").replace("_", "/")
            padding = "=" * (-len(found) % 4)
            return base64.b64decode(found + padding, validate=True)
        except ValueError:
            return None

    return read


def encoded_text(encoding: str) -> Callable[[Tree], str | None]:
    """A text in another text; encoding: base64, base64url, hex (of UTF-8),
    utf16be_hex or percent."""
    inner = octets("hex" if encoding == "utf16be_hex" else encoding)
    charset = "utf-16-be" if encoding == "utf16be_hex" else "utf-8"

    def read(value: Tree) -> str | None:
        try:
            if encoding == "percent":
                found = text(value)
                return None if found is None else unquote(found, errors="strict")
            data = inner(value)
            return None if data is None else data.decode(charset)
        except UnicodeDecodeError:
            return None

    return read
