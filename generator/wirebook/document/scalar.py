"""Plain scalars: what one means, or why it is refused.

YAML 1.1, YAML 1.2 and JSON tools disagree about what a word without quotes is:
`no` is false, `11:51` is 711, `170.040` loses its last digit.  Provider codes,
times and prices look just like that, so whatever any of them would change must
stand in quotes.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from wirebook.explain import Explanation
from wirebook.model.place import Where
from wirebook.problem import Problem, error, quote

MAX_DIGITS = 15
"""Digits of a plain integer; beyond them JSON tools round."""

WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)\Z", re.ASCII)
_TRUTH = re.compile(r"(?:true|false|yes|no|on|off|y|n)\Z", re.IGNORECASE)
_NULL = re.compile(r"(?:~|null)\Z", re.IGNORECASE)
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|\s+)[0-9]{1,2}:.*)?\Z",
    re.ASCII | re.DOTALL,
)
_SIXTIES = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?\Z", re.ASCII)
_RADIX = re.compile(r"[-+]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)\Z", re.ASCII)
_WHOLE = re.compile(r"[-+]?[0-9][0-9_]*\Z", re.ASCII)
_FRACTION = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z"
    r"|[-+]?\.(?:inf|nan)\Z",
    re.ASCII | re.IGNORECASE,
)


_SUSPECT = re.compile(
    r"[-+.0-9~=]|(?:true|false|yes|no|on|off|y|n|null)\Z|\Z", re.IGNORECASE
)
"""What every text that is refused, or is more than text, begins with."""


def suspect(text: str) -> bool:
    """Whether a plain scalar may be more than its text; most are not."""
    return _SUSPECT.match(text) is not None


def value_of(text: str, where: Where) -> tuple[str | int | bool | None, Problem | None]:
    """What a plain scalar means as a value; refused ones mean their text."""
    if text in WORDS:
        return WORDS[text], None
    if _INTEGER.match(text) and len(text.lstrip("-")) <= MAX_DIGITS:
        return int(text), None
    return text, _refusal(text, where)


def refused_key(text: str, where: Where) -> Problem | None:
    """Keys are text, so integers may stand plain; words that YAML twists may not."""
    if text in WORDS:
        return error(
            "truth-word" if text != "null" else "null-word",
            where,
            f"the key {quote(text)} without quotes is no text",
            _in_quotes(text),
        )
    if _INTEGER.match(text) and len(text.lstrip("-")) <= MAX_DIGITS:
        return None
    problem = _refusal(text, where)
    return problem and replace(problem, hint=_in_quotes(text))


def _refusal(text: str, where: Where) -> Problem | None:
    if not text:
        return error(
            "empty-value",
            where,
            "no value follows the key",
            "write it after a colon and a space; an empty text is '', an empty map {}",
        )
    if _TRUTH.match(text):
        return _truth_word(text, where)
    if _NULL.match(text):
        return error(
            "null-word",
            where,
            f"{quote(text)} without quotes is null to some readers of YAML",
            f"{_in_quotes(text)}, or plain null",
        )
    if _DATE.match(text):
        return error(
            "plain-date",
            where,
            f"{quote(text)} without quotes is a date to some readers of YAML",
            _in_quotes(text),
        )
    if _SIXTIES.match(text):
        return error(
            "plain-time",
            where,
            f"{quote(text)} without quotes is a number of base 60 to some readers of YAML",
            _in_quotes(text),
        )
    if text == "=":
        return error(
            "plain-number",
            where,
            "'=' without quotes is a key word of YAML 1.1",
            _in_quotes(text),
        )
    if _WHOLE.match(text) or _RADIX.match(text) or _FRACTION.match(text):
        return _number(text, where)
    return None


def _truth_word(text: str, where: Where) -> Problem:
    meaning = "true" if text.lower() in ("true", "yes", "on", "y") else "false"
    return error(
        "truth-word",
        where,
        f"{quote(text)} without quotes is {meaning} to some readers of YAML",
        f"{_in_quotes(text)}, or plain {meaning}",
    )


def _number(text: str, where: Where) -> Problem:
    hint = _in_quotes(text)
    if _INTEGER.match(text):
        message = (
            f"{quote(text)} without quotes has too many digits: some readers round it"
        )
    elif _RADIX.match(text) or re.match(r"[-+]?0[0-9_]", text):
        message = (
            f"{quote(text)} without quotes is another number to some readers of YAML"
        )
    elif _WHOLE.match(text):
        message = f"{quote(text)} without quotes is no plain decimal integer"
        number = text.replace("_", "").lstrip("+")
        if _INTEGER.match(number):
            hint += f", or plain {number}"
    else:
        message = (
            f"{quote(text)} without quotes is a binary float to some readers of YAML"
        )
    return error("plain-number", where, message, hint)


def _in_quotes(text: str) -> str:
    return f"write {quote(text)} in quotes"


EXPLANATIONS = (
    Explanation(
        rule="truth-word",
        title="A word that YAML takes for true or false",
        why="YAML 1.1 reads yes, no, on, off, y and n as truth values: the country "
        "code NO becomes false.  Only true and false mean truth values here, and keys "
        "are always text.",
        bad="country: NO\n",
        good='country: "NO"\n',
    ),
    Explanation(
        rule="null-word",
        title="A word that YAML takes for null",
        why="~, Null and NULL become null in some tools and stay text in others.  "
        "Only plain null means null here.",
        bad="result: ~\n",
        good="result: null\n",
    ),
    Explanation(
        rule="empty-value",
        title="A key without a value",
        why="YAML reads it as null, which nearly always means that the line is not "
        "finished.",
        bad="operations:\n",
        good="operations: {}\n",
    ),
    Explanation(
        rule="plain-number",
        title="A number that readers of YAML disagree about",
        why="012 is ten, 1_000 is a thousand and 170.040 is 170.04 to some of them.  "
        "Codes and amounts of money must keep their text, so only decimal integers of "
        "at most 15 digits stand without quotes.",
        bad="price: 170.040\n",
        good='price: "170.040"\n',
    ),
    Explanation(
        rule="plain-time",
        title="A time of day that YAML takes for a number",
        why="YAML 1.1 counts in base 60: 11:51 is 711 and -10:00 is -600.",
        bad="at: 11:51\n",
        good='at: "11:51"\n',
    ),
    Explanation(
        rule="plain-date",
        title="A date that YAML takes for a date",
        why="Some readers make a date of it, others a text; quoted it is the text that "
        "the provider printed.",
        bad="date: 2018-03-03\n",
        good='date: "2018-03-03"\n',
    ),
)
