"""JSON that a page shows below a request: its body, then what answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from .found import Call, of_json, tree

_OPENS = re.compile(r"(?m)^[^\n{}<>]{0,60}(?=\{)")
"""A line that begins with an object, or with a few words before one."""
_ANSWERS = re.compile(
    r"(?i)\b(?:answers?|reply|replies|responses?|results?|returns?|outputs?)\b"
)
_BODIES = ("POST", "PUT", "PATCH")
_DECODER = json.JSONDecoder()
LONGEST = 20_000
"""Characters of one sample."""
MOST = 2_000
"""Places below a call where one may begin."""
NEAR = 200
"""Characters before a sample that say what it is."""


def attach(text: str, calls: Sequence[tuple[int, Call]]) -> None:
    """Give each call the samples between it and the next one.

    calls: with the place in the text where each ends.
    """
    placed = sorted(calls, key=lambda each: each[0])
    ends = [*(begin for begin, _ in placed), len(text)][1:]
    for (begin, call), end in zip(placed, ends, strict=True):
        for sample, answers in _samples(text, begin, end):
            if not answers and call.method in _BODIES and not call.place:
                call.place = "json"
                call.values += of_json(sample)
            elif call.reply is None:
                call.reply, call.shape = sample, "json"


def _samples(text: str, begin: int, end: int) -> Iterator[tuple[Any, bool]]:
    """The objects of a part of a text, and whether the words before one call it an
    answer."""
    done = begin
    for opens in islice(_OPENS.finditer(text, begin, end), MOST):
        start = opens.end()
        if start < done:
            continue
        try:
            found, length = _DECODER.raw_decode(text[start : min(end, start + LONGEST)])
        except (ValueError, RecursionError):
            continue
        if sample := tree(found):
            said = text[max(done, start - NEAR) : start]
            yield sample, _ANSWERS.search(said) is not None
        done = start + length
