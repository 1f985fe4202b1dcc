"""Time zones and offsets from UTC, as providers write them."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["offset", "offset_text", "zone"]


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """`UTC`, an IANA name, or a fixed offset such as `+08:00`."""
    if name == "UTC":
        return UTC
    if re.fullmatch(r"[+-][0-9]{2}:[0-9]{2}", name):
        return offset(name)
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError as problem:
        raise ValueError(
            f"time zone {name!r} is not known here (is the tzdata package missing?)"
        ) from problem


@lru_cache(maxsize=256)
def offset(text: str) -> timezone:
    """`Z`, or a sign, two digits of hours and perhaps of minutes: +08, +0530, +08:00."""
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-distance if text[0] == "-" else distance)


def offset_text(distance: timedelta | None, field: str) -> str:
    """A UTC offset in one of the forms xxx, XXX, X, Z; whole minutes only."""
    if distance is None:
        raise ValueError("no UTC offset without tzinfo")
    minutes, rest = divmod(distance, timedelta(minutes=1))
    if rest:
        raise ValueError("a UTC offset with seconds cannot be written")
    if not minutes and field in ("X", "XXX"):
        return "Z"
    hours, minutes_left = divmod(abs(minutes), 60)
    head = f"{'-' if minutes < 0 else '+'}{hours:02d}"
    if field == "Z":
        return f"{head}{minutes_left:02d}"
    if field == "X":
        return f"{head}{minutes_left:02d}" if minutes_left else head
    return f"{head}:{minutes_left:02d}"
