"""Arguments are checked here, before anything is sent.

Every function returns the value in the form that the wire needs, or raises
InvalidArgument, which names the parameter, the rule and the limit but never the
value: it may be a secret, or somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TypeVar, cast

from . import encode
from .errors import InvalidArgument
from .rules import (
    all_or_none,
    at_least_one,
    at_most_one,
    exactly_one,
    forbidden_when,
    order,
    placeholders,
    required_when,
    same_count,
    total_length,
)
from .secret import Secret
from .segments import fits_gsm

__all__ = [
    "all_or_none",
    "at_least_one",
    "at_most_one",
    "boolean",
    "day",
    "decimal",
    "enum",
    "exactly_one",
    "forbidden_when",
    "header_value",
    "integer",
    "items",
    "literal",
    "moment",
    "octets",
    "order",
    "placeholders",
    "required_when",
    "same_count",
    "text",
    "time_of_day",
    "total_length",
]

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

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


def _refusal(name: str, why: str) -> InvalidArgument:
    return InvalidArgument(f"{name}: {why}", parameter=name)


def _must_be(name: str, value: object, *kinds: type) -> None:
    if not isinstance(value, kinds):
        wanted = kinds[0].__name__
        raise _refusal(name, f"must be {wanted}, not {type(value).__name__}")


def _must_not_be(name: str, value: object, *kinds: type) -> None:
    if isinstance(value, kinds):
        raise _refusal(name, f"must be a list, not {type(value).__name__}")


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
    _must_be(name, value, str)
    # An enum's member prints as its value only once it is plain.
    value = str(value)
    if not value and not allow_empty:
        raise _refusal(name, "is empty")
    length = len(value)
    if shortest is not None and length < shortest:
        raise _refusal(name, f"at least {_count(shortest, 'character')}, not {length}")
    if longest_numeric is not None and _NUMERIC.fullmatch(value) is not None:
        digits = len(value.removeprefix("+"))
        if digits > longest_numeric:
            raise _refusal(name, f"at most {longest_numeric} digits, not {digits}")
    elif longest is not None and length > longest:
        raise _refusal(name, f"at most {_count(longest, 'character')}, not {length}")
    # Half of a surrogate pair has no bytes in any charset.
    found = None if value.isascii() else _SURROGATE.search(value)
    if found is not None:
        raise _refusal(name, f"character {found.start() + 1} is half a surrogate pair")
    if charset is not None:
        fits = _CHARSETS.get(charset)
        if fits is None:
            encode.octets(value, charset, name)
        elif not fits(value):
            raise _refusal(name, f"holds characters outside {charset}")
    if pattern is not None and _compiled(pattern).fullmatch(value) is None:
        raise _refusal(name, f"does not match {pattern}")
    return value


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def integer(
    name: str, value: int, *, least: int | None = None, most: int | None = None
) -> int:
    """A whole number, both limits belong to the range; a bool is none."""
    if type(value) is not int:
        raise _refusal(name, f"must be an int, not {type(value).__name__}")
    if least is not None and value < least:
        raise _refusal(name, f"at least {least}")
    if most is not None and value > most:
        raise _refusal(name, f"at most {most}")
    return value


def decimal(
    name: str,
    value: Decimal | int,
    *,
    least: str | None = None,
    most: str | None = None,
) -> Decimal:
    """An exact number, both limits belong to the range; a float is none."""
    if type(value) not in (Decimal, int):
        raise _refusal(name, f"must be a Decimal, not {type(value).__name__}")
    value = Decimal(value)
    if not value.is_finite() or abs(value.adjusted()) > 100:
        raise _refusal(name, "must be a finite number of ordinary size")
    if least is not None and value < Decimal(least):
        raise _refusal(name, f"at least {least}")
    if most is not None and value > Decimal(most):
        raise _refusal(name, f"at most {most}")
    return value


def boolean(name: str, value: bool) -> bool:
    """True or False, and nothing that merely looks like it."""
    if type(value) is not bool:
        raise _refusal(name, f"must be a bool, not {type(value).__name__}")
    return value


def enum(name: str, value: Enum | str | int, kind: type[E]) -> str:
    """The wire text of a member, given as the member or as its value."""
    members = cast("Mapping[str, Enum]", kind.__members__).values()
    if isinstance(value, kind):
        return str(value.value)
    if isinstance(value, (str, int)) and not isinstance(value, (bool, Enum)):
        for member in members:
            if str(value) == str(member.value):
                return str(member.value)
    names = ", ".join(member.name for member in members)
    raise _refusal(name, f"must be one of {kind.__name__}: {names}")


def literal(name: str, value: str, allowed: Iterable[str]) -> str:
    """One of a few texts."""
    allowed = tuple(allowed)
    if value not in allowed:
        raise _refusal(name, f"must be one of {', '.join(allowed)}")
    return value


def octets(name: str, value: bytes, *, most: int | None = None) -> bytes:
    """Bytes, at most so many."""
    _must_be(name, value, bytes, bytearray)
    if most is not None and len(value) > most:
        raise _refusal(name, f"at most {most} bytes, not {len(value)}")
    return bytes(value)


def moment(
    name: str,
    value: datetime,
    *,
    ahead: float | None = None,
    max_offset: int | None = None,
    offset_step: int | None = None,
    now: datetime | None = None,
) -> datetime:
    """An aware moment.

    ahead: seconds by which it must lie in the future.  max_offset: the largest UTC
    offset that the wire can say, offset_step: the distance between two of them,
    both in minutes.
    """
    _must_be(name, value, datetime)
    offset = value.utcoffset()
    if offset is None:
        raise _refusal(name, "needs a tzinfo: without one it names no moment")
    minutes, rest = divmod(offset, timedelta(minutes=1))
    if max_offset is not None and (rest or abs(minutes) > max_offset):
        raise _refusal(name, f"a UTC offset of at most {max_offset} minutes")
    if offset_step is not None and (rest or minutes % offset_step):
        raise _refusal(name, f"a UTC offset in steps of {offset_step} minutes")
    if ahead is not None:
        least = (now or datetime.now(UTC)) + timedelta(seconds=ahead)
        if value < least:
            raise _refusal(name, f"must lie at least {ahead:g} seconds ahead")
    return value


def day(name: str, value: date) -> date:
    """A calendar day; a datetime is none, its day depends on the zone."""
    if type(value) is not date:
        raise _refusal(name, f"must be a date, not {type(value).__name__}")
    return value


def time_of_day(name: str, value: time) -> time:
    _must_be(name, value, time)
    return value


def items(
    name: str,
    value: Iterable[T],
    *,
    least: int | None = 1,
    most: int | None = None,
    unique: bool = False,
    each: Callable[[str, T], T] | None = None,
) -> list[T]:
    """A list; a bare str is refused, for it is a sequence of its letters.

    `each` checks one item, under the name `recipients[3]`.
    """
    kind: object = type(value)
    if kind is not list and kind is not tuple:
        _must_not_be(name, value, str, bytes, Mapping, Secret)
        _must_be(name, value, Iterable)
    found = list(value)
    if least is not None and len(found) < least:
        raise _refusal(name, f"at least {_count(least, 'item')}, not {len(found)}")
    if most is not None and len(found) > most:
        raise _refusal(name, f"at most {_count(most, 'item')}, not {len(found)}")
    if each is not None:
        found = _each(name, found, each)
    if unique and len(set(found)) < len(found):
        raise _refusal(name, "holds an item twice")
    return found


def _each(name: str, found: list[T], check: Callable[[str, T], T]) -> list[T]:
    try:
        return [check(name, item) for item in found]
    except InvalidArgument:
        pass
    # Which item it was is only asked when there is something to say about it.
    return [check(f"{name}[{i}]", item) for i, item in enumerate(found)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def header_value(name: str, value: str) -> str:
    """A header's value: no line breaks, no control characters, Latin-1."""
    if not _is_token(name):
        raise InvalidArgument("a header cannot have this name")
    if value.isascii() and value.isprintable() and " " not in (value[:1], value[-1:]):
        return value
    if _HEADER_VALUE.fullmatch(value) is None:
        raise _refusal(
            name,
            "a header carries printable Latin-1 characters only, no blanks around",
        )
    return value


@lru_cache(maxsize=512)
def _is_token(name: str) -> bool:
    return _TOKEN.fullmatch(name) is not None
