"""Moments as providers write them: named formats and patterns, both ways.

Named: `unix_seconds`, `unix_milliseconds`, `iso8601`, `iso8601_basic`, `rfc1123`,
and for reading only `unix_auto` (from 10^11 on the number is milliseconds).
Patterns: yyyy yy MMM MM M dd d EEE HH H hh h mm ss SSS SSSSSS, a (am/pm), A (AM/PM),
xxx (+08:00), XXX (+08:00 or Z), X (+08, +0530 or Z), Z (+0800), 'quoted text', ''.
Names of months and days are English whatever the locale; digits are ASCII.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Final

from .zone import offset, offset_text, zone

NAMED = frozenset(
    {
        "unix_seconds",
        "unix_milliseconds",
        "unix_auto",
        "iso8601",
        "iso8601_basic",
        "rfc1123",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MONTHS: Final[tuple[str, ...]] = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_RFC1123 = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
_RFC2822 = "EEE, dd MMM yyyy HH:mm:ss Z"
_BASIC = "yyyyMMdd'T'HHmmss'Z'"

_TOKEN = re.compile(r"''|'((?:[^']|'')+)'|([A-Za-z'])\2*")
_OFFSET = r"[+-][0-9]{2}"
_SHAPES = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "yy": r"(?P<short_year>[0-9]{2})",
    "MMM": r"(?P<month_name>[A-Za-z]{3})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "dd": r"(?P<day>[0-9]{2})",
    "d": r"(?P<day>[0-9]{1,2})",
    "EEE": r"(?P<weekday>[A-Za-z]{3})",
    "HH": r"(?P<hour>[0-9]{2})",
    "H": r"(?P<hour>[0-9]{1,2})",
    "hh": r"(?P<half_hour>[0-9]{2})",
    "h": r"(?P<half_hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    "SSS": r"(?P<fraction>[0-9]{3})",
    "SSSSSS": r"(?P<fraction>[0-9]{6})",
    "a": r"(?P<half>[AaPp][Mm])",
    "A": r"(?P<half>[AaPp][Mm])",
    "xxx": rf"(?P<offset>{_OFFSET}:[0-9]{{2}})",
    "XXX": rf"(?P<offset>Z|{_OFFSET}:[0-9]{{2}})",
    "X": rf"(?P<offset>Z|{_OFFSET}(?:[0-9]{{2}})?)",
    "Z": rf"(?P<offset>{_OFFSET}[0-9]{{2}})",
}

_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    rf" ?(?P<offset>Z|{_OFFSET}(?::?[0-9]{{2}})?)?)?"
)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_PLAIN = {
    "iso8601": re.compile(
        rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}(Z|[+-][0-2][0-9]:[0-5][0-9])?"
    ),
    "yyyy-MM-dd HH:mm:ss": re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {_CLOCK}()"),
}
"""What Python itself reads alike, in a fifth of the time: the bulk of long lists."""
_NUMBER = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,9})?")


@lru_cache(maxsize=256)
def tokens(pattern: str) -> tuple[tuple[str, bool], ...]:
    """The fields (True) and literal texts (False) of a pattern.

    Raises ValueError for a letter that means nothing, or an open quote.
    """
    found: list[tuple[str, bool]] = []
    position = 0
    for match in _TOKEN.finditer(pattern):
        if match.start() > position:
            found.append((pattern[position : match.start()], False))
        position = match.end()
        if match[0] == "''":
            found.append(("'", False))
        elif match[1] is not None:
            found.append((match[1].replace("''", "'"), False))
        elif match[0] in _SHAPES:
            found.append((match[0], True))
        else:
            raise ValueError(f"{match[0]!r} means nothing in the pattern {pattern!r}")
    if position < len(pattern):
        found.append((pattern[position:], False))
    return tuple(found)


@lru_cache(maxsize=256)
def _reader(pattern: str) -> re.Pattern[str]:
    parts = [
        _SHAPES[text] if field else re.escape(text) for text, field in tokens(pattern)
    ]
    try:
        return re.compile("".join(parts))
    except re.error as problem:
        raise ValueError(
            f"a field stands twice in the pattern {pattern!r}"
        ) from problem


def write(value: datetime, format: str, zone_name: str = "UTC") -> str:
    """An aware moment in a zone's local time; raises ValueError for a naive one."""
    if value.utcoffset() is None:
        raise ValueError("a datetime without tzinfo names no moment")
    if format == "unix_seconds":
        return str((value - _EPOCH) // _SECOND)
    if format == "unix_milliseconds":
        return str((value - _EPOCH) // timedelta(milliseconds=1))
    if format == "rfc1123":
        return write_fields(value.astimezone(UTC), _RFC1123)
    if format == "iso8601_basic":
        return write_fields(value.astimezone(UTC), _BASIC)
    value = value.astimezone(zone(zone_name))
    if format == "iso8601":
        return write_fields(value, "yyyy-MM-dd'T'HH:mm:ssXXX")
    return write_fields(value, format)


def write_fields(value: datetime | date | time, pattern: str) -> str:
    """The fields of a pattern as `value` has them; no zone is applied."""
    return "".join(
        _field(value, text) if field else text for text, field in tokens(pattern)
    )


def _field(value: datetime | date | time, field: str) -> str:
    letter = field[0]
    if letter in "yMdE":
        if isinstance(value, time):
            raise ValueError(f"a time has no {field!r}")
        if letter == "y":
            return f"{value.year:04d}"[-len(field) :]
        if field == "MMM":
            return _MONTHS[value.month - 1]
        if letter == "E":
            return _DAYS[value.weekday()]
        return f"{value.month if letter == 'M' else value.day:0{len(field)}d}"
    if not isinstance(value, (datetime, time)):
        raise ValueError(f"a date has no {field!r}")
    if letter == "S":
        return f"{value.microsecond:06d}"[: len(field)]
    if letter == "a":
        return "am" if value.hour < 12 else "pm"
    if letter == "A":
        return "AM" if value.hour < 12 else "PM"
    if letter in "xXZ":
        return offset_text(value.utcoffset(), field)
    number = {
        "H": value.hour,
        "h": value.hour % 12 or 12,
        "m": value.minute,
        "s": value.second,
    }[letter]
    return f"{number:0{len(field)}d}"


def read(value: str | int | Decimal, format: str, zone_name: str | None) -> datetime:
    """The aware moment that a wire value names.

    `zone_name` is the zone of values that name none themselves.  Raises ValueError,
    whose text never quotes the value.
    """
    if format.startswith("unix_"):
        return _read_number(str(value), format)
    if not isinstance(value, str):
        value = str(value)
    plain = _PLAIN.get(format)
    if plain is not None and (match := plain.fullmatch(value)) is not None:
        if match[1]:
            return datetime.fromisoformat(value)
        if zone_name is not None:
            return datetime.fromisoformat(value).replace(tzinfo=zone(zone_name))
    if format == "rfc1123":
        # RFC 2822 writes the same with an offset: +0000.
        named = value.rstrip(" \t\r\n").endswith("GMT")
        return _read_fields(value, _reader(_RFC1123 if named else _RFC2822), "UTC")
    if format == "iso8601_basic":
        return _read_fields(value, _reader(_BASIC), "UTC")
    if format == "iso8601":
        return _read_fields(value, _ISO, zone_name)
    return _read_fields(value, _reader(format), zone_name)


def read_date(value: str, format: str) -> date:
    """A calendar day, by `iso8601` or a pattern."""
    return _read_fields(
        value, _ISO if format == "iso8601" else _reader(format), "UTC"
    ).date()


def read_time(value: str, format: str) -> time:
    """A time of day without zone, by a pattern (`iso8601` is HH:mm:ss)."""
    reader = _reader("HH:mm:ss" if format == "iso8601" else format)
    return _read_fields(value, reader, "UTC").time()


def _read_number(text: str, format: str) -> datetime:
    text = text.strip(" \t\r\n")
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"no number for {format}")
    number = Decimal(text)
    if format == "unix_milliseconds" or (
        format == "unix_auto" and abs(number) >= 10**11
    ):
        number /= 1000
    try:
        return _EPOCH + timedelta(microseconds=int(number * 1_000_000))
    except OverflowError:
        raise ValueError(f"out of range for {format}") from None


def _read_fields(text: str, reader: re.Pattern[str], zone_name: str | None) -> datetime:
    match = reader.fullmatch(text.strip(" \t\r\n"))
    if match is None:
        raise ValueError("the text does not have the format")
    found = {name: part for name, part in match.groupdict().items() if part}
    where: tzinfo
    if "offset" in found:
        where = offset(found["offset"])
    elif zone_name is not None:
        where = zone(zone_name)
    else:
        raise ValueError("the text names no zone and none is declared")
    return datetime(
        _year(found),
        _month(found),
        int(found.get("day", "1")),
        _hour(found),
        int(found.get("minute", "0")),
        int(found.get("second", "0")),
        int(found.get("fraction", "0").ljust(6, "0")[:6]),
        where,
    )


def _year(found: dict[str, str]) -> int:
    if "short_year" in found:
        # POSIX: 69 to 99 are the twentieth century.
        short = int(found["short_year"])
        return short + (1900 if short >= 69 else 2000)
    return int(found.get("year", "1970"))


def _month(found: dict[str, str]) -> int:
    name = found.get("month_name")
    if name is None:
        return int(found.get("month", "1"))
    if name.title() not in _MONTHS:
        raise ValueError("no month has this name")
    return _MONTHS.index(name.title()) + 1


def _hour(found: dict[str, str]) -> int:
    if "half_hour" not in found:
        return int(found.get("hour", "0"))
    hour = int(found["half_hour"])
    if not 1 <= hour <= 12:
        raise ValueError("hours of a half day go from 1 to 12")
    half = found.get("half", "am").lower()
    return hour % 12 + (12 if half == "pm" else 0)
