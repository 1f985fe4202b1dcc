"""Arguments are checked here, before anything is sent.

Every function returns the value in the form that the wire needs, or raises
InvalidArgument, which names the parameter, the rule and the limit but never the
value: it may be a secret, or somebody's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast

from .errors import InvalidArgument
from .refusal import counted, must_be, refusal
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
from .text_check import header_value, text

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


def _must_not_be(name: str, value: object, *kinds: type) -> None:
    if isinstance(value, kinds):
        raise refusal(name, f"must be a list, not {type(value).__name__}")


def integer(
    name: str, value: int, *, least: int | None = None, most: int | None = None
) -> int:
    """A whole number, both limits belong to the range; a bool is none."""
    if type(value) is not int:
        raise refusal(name, f"must be an int, not {type(value).__name__}")
    if least is not None and value < least:
        raise refusal(name, f"at least {least}")
    if most is not None and value > most:
        raise refusal(name, f"at most {most}")
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
        raise refusal(name, f"must be a Decimal, not {type(value).__name__}")
    value = Decimal(value)
    if not value.is_finite() or abs(value.adjusted()) > 100:
        raise refusal(name, "must be a finite number of ordinary size")
    if least is not None and value < Decimal(least):
        raise refusal(name, f"at least {least}")
    if most is not None and value > Decimal(most):
        raise refusal(name, f"at most {most}")
    return value


def boolean(name: str, value: bool) -> bool:
    """True or False, and nothing that merely looks like it."""
    if type(value) is not bool:
        raise refusal(name, f"must be a bool, not {type(value).__name__}")
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
    raise refusal(name, f"must be one of {kind.__name__}: {names}")


def literal(name: str, value: str, allowed: Iterable[str]) -> str:
    """One of a few texts."""
    allowed = tuple(allowed)
    if value not in allowed:
        raise refusal(name, f"must be one of {', '.join(allowed)}")
    return value


def octets(name: str, value: bytes, *, most: int | None = None) -> bytes:
    """Bytes, at most so many."""
    must_be(name, value, bytes, bytearray)
    if most is not None and len(value) > most:
        raise refusal(name, f"at most {most} bytes, not {len(value)}")
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
    must_be(name, value, datetime)
    offset = value.utcoffset()
    if offset is None:
        raise refusal(name, "needs a tzinfo: without one it names no moment")
    minutes, rest = divmod(offset, timedelta(minutes=1))
    if max_offset is not None and (rest or abs(minutes) > max_offset):
        raise refusal(name, f"a UTC offset of at most {max_offset} minutes")
    if offset_step is not None and (rest or minutes % offset_step):
        raise refusal(name, f"a UTC offset in steps of {offset_step} minutes")
    if ahead is not None:
        least = (now or datetime.now(UTC)) + timedelta(seconds=ahead)
        if value < least:
            raise refusal(name, f"must lie at least {ahead:g} seconds ahead")
    return value


def day(name: str, value: date) -> date:
    """A calendar day; a datetime is none, its day depends on the zone."""
    if type(value) is not date:
        raise refusal(name, f"must be a date, not {type(value).__name__}")
    return value


def time_of_day(name: str, value: time) -> time:
    must_be(name, value, time)
    return value


def items(
    name: str,
    value: Iterable[T],
    *,
    least: int | None = 1,
    most: int | None = None,
    unique: bool = False,
    # Any: where a list of wire values is wanted, T is wider than what `each` takes.
    each: Callable[[str, Any], T] | None = None,
) -> list[T]:
    """A list; a bare str is refused, for it is a sequence of its letters.

    `each` checks one item, under the name `recipients[3]`.
    """
    kind: object = type(value)
    if kind is not list and kind is not tuple:
        _must_not_be(name, value, str, bytes, Mapping, Secret)
        must_be(name, value, Iterable)
    found = list(value)
    if least is not None and len(found) < least:
        raise refusal(name, f"at least {counted(least, 'item')}, not {len(found)}")
    if most is not None and len(found) > most:
        raise refusal(name, f"at most {counted(most, 'item')}, not {len(found)}")
    if each is not None:
        found = _each(name, found, each)
    if unique and len(set(found)) < len(found):
        raise refusal(name, "holds an item twice")
    return found


def _each(name: str, found: list[T], check: Callable[[str, T], T]) -> list[T]:
    try:
        return [check(name, item) for item in found]
    except InvalidArgument:
        pass
    # Which item it was is only asked when there is something to say about it.
    return [check(f"{name}[{i}]", item) for i, item in enumerate(found)]
