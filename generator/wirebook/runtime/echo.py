"""What a reply repeats of the request: error pages like to print it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from urllib.parse import quote, quote_plus

from .draft import Draft
from .request import Place
from .secret import Secret

# By so many characters a text is recognised, also where the echo breaks off.
_HEAD = 16

# More of a text than is ever shown of a reply.
_LONGEST = 2048


class Echo:
    """The secrets of an account and the texts of a request, in all their spellings."""

    __slots__ = ("_spellings",)

    def __init__(self, draft: Draft, secrets: Iterable[Secret]) -> None:
        secret = {each.reveal() for each in secrets}
        hidden = set(secret)
        for place in Place:
            if place not in (Place.PATH, Place.HEADER):
                # Shorter ones are codes and flags, and stand in ordinary words.
                for _, value in draft.fields(place):
                    hidden.update(text for text in _texts(value) if len(text) > 3)
        found: dict[str, None] = {}
        for text in sorted(hidden, key=len, reverse=True):
            found.update(dict.fromkeys(_spellings(text[:_LONGEST])))
        self._spellings = [
            (text[:_HEAD].lower(), text, text not in secret and _is_word(text))
            for text in found
        ]

    def struck(self, words: str) -> str:
        """The words with `***` for everything that repeats the request."""
        lower = words.lower()
        for head, text, alone in self._spellings:
            if head in lower:
                words = _strike(words, text, alone)
        return words


def _is_word(text: str) -> bool:
    """A parameter `limit` is no reason to strike it out of `RequestLimitExceeded`."""
    return len(text) < _HEAD and text.isascii() and text.isalpha()


def _strike(words: str, text: str, alone: bool) -> str:
    pattern = re.escape(text[:_HEAD])
    if alone:
        pattern = f"(?<![A-Za-z]){pattern}(?![A-Za-z])"
    head = re.compile(pattern, re.IGNORECASE)
    kept: list[str] = []
    start = 0
    while (match := head.search(words, start)) is not None:
        end, following = match.end(), len(text[:_HEAD])
        while (
            end < len(words)
            and following < len(text)
            and words[end].lower() == text[following].lower()
        ):
            end += 1
            following += 1
        kept += [words[start : match.start()], "***"]
        start = end
    return "".join([*kept, words[start:]])


def _spellings(text: str) -> tuple[str, ...]:
    return (
        text,
        quote(text, safe=""),
        quote_plus(text, safe=""),
        html.escape(text),
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
    )


def _texts(value: object) -> list[str]:
    if isinstance(value, Secret):
        return [value.reveal()]
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(cast("Mapping[object, object]", value).values())
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        items = cast("Sequence[object]", value)
        return [text for item in items for text in _texts(item)]
    return []
