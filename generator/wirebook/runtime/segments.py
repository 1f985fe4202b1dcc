"""How many messages a text is billed as: the GSM 7-bit alphabet, UCS-2, parts.

Tables: 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1.
"""

from __future__ import annotations

from itertools import pairwise

from .errors import InvalidArgument

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Sent as an escape and a second septet, so each counts two."""


def fits_gsm(text: str) -> bool:
    """Whether every character is in the GSM 7-bit default alphabet or its
    extension table."""
    return all(letter in _BASIC or letter in _EXTENSION for letter in text)


def fits(text: str, charset: str | None) -> bool:
    """Whether the charset (`gsm`, or the name of a codec) has every character."""
    if charset is None:
        return True
    if charset == "gsm":
        return fits_gsm(text)
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _widths(text: str, unit: str) -> list[int]:
    """What each character takes up in a message."""
    if unit == "characters":
        return [1] * len(text)
    if unit == "gsm_septets":
        return [2 if letter in _EXTENSION else 1 for letter in text]
    if unit == "utf16_units":
        return [2 if letter > "\uffff" else 1 for letter in text]
    if unit == "bytes":
        return [len(letter.encode("utf-8", "surrogatepass")) for letter in text]
    raise ValueError(f"no such unit: {unit!r}")


def length(text: str, unit: str) -> int:
    """How long a text is; unit: characters, gsm_septets, utf16_units or bytes
    (of UTF-8)."""
    return sum(_widths(text, unit))


def count(
    text: str, *, unit: str, single: int, part: int, charset: str | None = None
) -> int:
    """The number of messages that a text is sent as.

    `single` units fit one message, `part` units each part of a longer one.  What
    is one character stays in one part, be it an escape with its septet or a pair
    of surrogates.  An empty text is one message.

    Raises:
        InvalidArgument: the charset lacks a character of the text.
    """
    return len(split(text, unit=unit, single=single, part=part, charset=charset))


def stated(name: str, value: str | int | None) -> int:
    """A length that a record of the provider states.

    Raises:
        InvalidArgument: it is no number of characters.
    """
    text = str(value)
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise InvalidArgument(f"{name}: states no length", parameter=name)
    return int(text[:9])


def split(
    text: str, *, unit: str, single: int, part: int, charset: str | None = None
) -> list[str]:
    """The parts that a text is sent as (see `count`)."""
    if not fits(text, charset):
        raise InvalidArgument(
            f"text: has characters outside {charset}", parameter="text"
        )
    widths = _widths(text, unit)
    if sum(widths) <= single:
        return [text]
    starts = [0]
    used = 0
    for position, width in enumerate(widths):
        if width > part:
            raise ValueError("one character is longer than a part")
        if used + width > part:
            starts.append(position)
            used = 0
        used += width
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]
