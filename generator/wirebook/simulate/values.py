"""Single wire values to Python, with what is wrong with them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote

from wirebook.arguments import find_enum
from wirebook.model import Field, FieldType, Provider
from wirebook.runtime import formats, timeformat
from wirebook.runtime.segments import fits_gsm
from wirebook.runtime.tree import ReplyProblem

from .fault import Fault

_PHONE = re.compile(r"\+?[0-9*][0-9*() -]{2,24}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_INTEGER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_CHARSETS: Mapping[str, Callable[[str], object]] = {
    "ascii": str.isascii,
    "digits": re.compile("[0-9]*").fullmatch,
    "alphanumeric": re.compile("[0-9A-Za-z]*").fullmatch,
    "gsm": fits_gsm,
}


class Values:
    """Converts values of a product's types; `faults` fills while it does.

    Each method returns None for what cannot be converted.
    """

    def __init__(self, provider: Provider, product: str | None, now: datetime) -> None:
        self._provider = provider
        self._product = product
        self._now = now
        self.faults: list[Fault] = []

    def refuse(self, kind: str, field: Field, why: str, item: int | None = None) -> Any:
        self.faults.append(
            Fault(kind, f"{field.name} (`{field.wire}`) {why}", field, item=item)
        )
        return None

    def json(self, field: Field, value: str | bytes) -> Any:
        try:
            return formats.json_tree(value)
        except ReplyProblem as problem:
            self.refuse("format", field, str(problem))
            return None

    def octets(self, field: Field, value: Any) -> Any:
        if isinstance(value, bytes):
            return value
        try:
            if field.encode == "hex":
                return bytes.fromhex(plain(value))
            if field.encode in ("base64", "base64url"):
                return base64.b64decode(plain(value), validate=True)
        except (ValueError, binascii.Error):
            return self.refuse("format", field, f"is no {field.encode}")
        return plain(value).encode()

    def number(self, field: Field, value: Any, kind: type[int] | type[Decimal]) -> Any:
        text = plain(value)
        if kind is int and not _INTEGER.fullmatch(text):
            return self.refuse("format", field, "must be a whole number")
        try:
            number = kind(text)
        except (ValueError, InvalidOperation):
            return self.refuse("format", field, "must be a number")
        if field.minimum is not None and number < Decimal(field.minimum):
            self.refuse("range", field, f"is below {field.minimum}")
        if field.maximum is not None and number > Decimal(field.maximum):
            self.refuse("range", field, f"is above {field.maximum}")
        return number

    def boolean(self, field: Field, value: Any) -> Any:
        if isinstance(value, bool) and field.spelling is None:
            return value
        false, true = field.spelling or ("false", "true")
        text = plain(value)
        if text not in (false, true):
            return self.refuse("format", field, f"must be {false} or {true}")
        return text == true

    def enum(self, field: Field, value: Any) -> Any:
        enum = find_enum(self._provider, self._product, field.enum)
        text = plain(value)
        for row in enum.values:
            if text == row.value or text in row.aliases:
                return row.value
        allowed = ", ".join(row.value for row in enum.values)
        return self.refuse("format", field, f"must be one of {allowed}")

    def moment(self, field: Field, value: Any) -> Any:
        try:
            if field.split:
                text = " ".join(plain(part) for part in value)
                pattern = " ".join(part.format for part in field.split)
                moment = timeformat.read(text, pattern, field.zone)
            elif field.type is FieldType.DATE:
                return timeformat.read_date(plain(value), field.format or "iso8601")
            elif field.type is FieldType.TIME:
                return timeformat.read_time(plain(value), field.format or "iso8601")
            else:
                moment = self._read_moment(field, plain(value))
        except ValueError:
            spelled = field.format or " ".join(p.format for p in field.split)
            return self.refuse("format", field, f"must be a time as {spelled}")
        if field.ahead is not None and moment < self._now + timedelta(
            seconds=field.ahead
        ):
            self.refuse("range", field, f"must be {field.ahead:g} s from now or later")
        return moment

    def _read_moment(self, field: Field, text: str) -> datetime:
        formats_ = (field.format or "iso8601", *field.formats)
        for format_ in formats_[:-1]:
            try:
                return timeformat.read(text, format_, field.zone)
            except ValueError:
                continue
        return timeformat.read(text, formats_[-1], field.zone)

    def text(
        self, field: Field, value: Any, encode: str | None, item: int | None
    ) -> Any:
        if isinstance(value, dict | list):
            return self.refuse("format", field, "must be a text", item)
        text = plain(value)
        try:
            text = _decoded(text, encode)
        except ValueError:
            return self.refuse("format", field, f"is not written as {encode}", item)
        if not text:
            self.refuse("missing", field, "is empty", item)
        why = _text_fault(field, text)
        if why:
            self.refuse(why[0], field, why[1], item)
        return text


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


def plain(value: Any) -> str:
    """A value as conditions compare it."""
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
