"""Texts are checked here: length, characters, pattern; and what a header may say."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from . import encode
from .errors import InvalidArgument
from .refusal import counted, must_be, refusal
from .secret import Secret
from .segments import fits_gsm

__all__ = ["header_value", "text"]

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
# Latin-1 without control characters, no blank at either end.
_HEADER_VALUE = re.compile(r"(?:[!-~\xa0-\xff](?:[\t -~\xa0-\xff]*[!-~\xa0-\xff])?)?")
_DIGITS = re.compile(r"[0-9]*")
_ALPHANUMERIC = re.compile(r"[0-9A-Za-z]*")
_NUMERIC = re.compile(r"\+?[0-9]+", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")

_CHARSETS: dict[str, Callable[[str], bool]] = {
    "ascii": str.isascii,
    "digits": lambda text: _DIGITS.fullmatch(text) is not None,
    "alphanumeric": lambda text: _ALPHANUMERIC.fullmatch(text) is not None,
    "gsm": fits_gsm,
}


def text(
    name: str,
    value: str | Secret,
    *,
    shortest: int | None = None,
    longest: int | None = None,
    longest_numeric: int | None = None,
    pattern: str | None = None,
    charset: str | None = None,
    allow_empty: bool = False,
) -> str:
    """A text; lengths are in characters.

    longest_numeric: the limit where all characters are digits (a leading + does
    not count).  charset: `ascii`, `digits`, `alphanumeric`, `gsm`, or a codec.
    """
    if isinstance(value, Secret):
        value = value.reveal()
    must_be(name, value, str)
    # An enum's member prints as its value only once it is plain.
    value = str(value)
    if not value and not allow_empty:
        raise refusal(name, "is empty")
    length = len(value)
    if shortest is not None and length < shortest:
        raise refusal(name, f"at least {counted(shortest, 'character')}, not {length}")
    if longest_numeric is not None and _NUMERIC.fullmatch(value) is not None:
        digits = len(value.removeprefix("+"))
        if digits > longest_numeric:
            raise refusal(name, f"at most {longest_numeric} digits, not {digits}")
    elif longest is not None and length > longest:
        raise refusal(name, f"at most {counted(longest, 'character')}, not {length}")
    # Half of a surrogate pair has no bytes in any charset.
    found = None if value.isascii() else _SURROGATE.search(value)
    if found is not None:
        raise refusal(name, f"character {found.start() + 1} is half a surrogate pair")
    if charset is not None:
        fits = _CHARSETS.get(charset)
        if fits is None:
            encode.octets(value, charset, name)
        elif not fits(value):
            raise refusal(name, f"holds characters outside {charset}")
    if pattern is not None and _compiled(pattern).fullmatch(value) is None:
        raise refusal(name, f"does not match {pattern}")
    return value


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def header_value(name: str, value: str) -> str:
    """A header's value: no line breaks, no control characters, Latin-1."""
    if not _is_token(name):
        raise InvalidArgument("a header cannot have this name")
    if value.isascii() and value.isprintable() and " " not in (value[:1], value[-1:]):
        return value
    if _HEADER_VALUE.fullmatch(value) is None:
        raise refusal(
            name,
            "a header carries printable Latin-1 characters only, no blanks around",
        )
    return value


@lru_cache(maxsize=512)
def _is_token(name: str) -> bool:
    return _TOKEN.fullmatch(name) is not None
