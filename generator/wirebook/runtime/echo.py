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

# Shorter ones are codes and flags, and stand in ordinary words.
_SHORTEST = 4

# By so many characters a text is recognised, also where the echo breaks off.
_HEAD = 16


def sent_texts(draft: Draft) -> list[str]:
    """The texts that a draft sends, credentials apart."""
    found: list[str] = []
    for place in Place:
        if place not in (Place.PATH, Place.HEADER):
            for _, value in draft.fields(place):
                found += _texts(value)
    return found


def without_echo(words: str, secrets: Iterable[Secret], sent: Iterable[str]) -> str:
    """The words with `***` for each secret and each text sent, however encoded."""
    hidden = {secret.reveal() for secret in secrets}
    hidden.update(text for text in sent if len(text) >= _SHORTEST)
    for text in sorted(hidden, key=len, reverse=True):
        # What is longer than the words cannot stand in them as a whole.
        text = text[: len(words)]
        for spelling in dict.fromkeys(_spellings(text)):
            words = _strike(words, spelling)
    return words


def _strike(words: str, text: str) -> str:
    if not text:
        # An empty reply; an empty pattern would match for ever.
        return words
    head = re.compile(re.escape(text[:_HEAD]), re.IGNORECASE)
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
