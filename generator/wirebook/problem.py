"""Problems: what is wrong with a spec, where, and the way out.

Every stage reports problems instead of raising, so that an author sees all of
them at once.  A problem prints as

    specs/x/provider.yaml:42:7: error[rule-id]: what is wrong; did you mean '…'?
        hint: what to write instead
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from wirebook.place import Where

LONGEST_QUOTE = 60
"""Characters of spec text that a message repeats."""
MOST_NEAR = 100
"""Known words that one misspelt word is compared with."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One finding.  `rule` is the identifier that `wirebook explain` knows."""

    rule: str
    severity: Severity
    message: str
    where: Where
    hint: str | None = None


def error(rule: str, where: Where, message: str, hint: str | None = None) -> Problem:
    return Problem(rule, Severity.ERROR, message, where, hint)


def warning(rule: str, where: Where, message: str, hint: str | None = None) -> Problem:
    return Problem(rule, Severity.WARNING, message, where, hint)


def failed(problems: Iterable[Problem]) -> bool:
    """Whether any of them is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by place, each once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.where, problem.rule))


def quote(text: str) -> str:
    """Spec text inside a message: `'…'`, shortened."""
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1] + "…"
    return f"'{text}'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no known word is near."""
    near = nearest(word, known)
    return f"; did you mean {quote(near)}?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is written most like this one."""
    if len(word) > LONGEST_QUOTE:
        return None
    words = {candidate.casefold(): candidate for candidate in known}
    if len(words) > MOST_NEAR:
        # Comparing takes long, and of so many only those that begin alike are meant.
        start = word[:2].casefold()
        alike = (candidate for candidate in words if candidate.startswith(start))
        words = {candidate: words[candidate] for candidate in islice(alike, MOST_NEAR)}
    # Imported here: nearly every run is without mistakes.
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return words[near[0]] if near else None


def printable(text: str) -> str:
    """The text with everything escaped that a terminal would act on or hide."""
    return "".join(
        character if _shows(character) else _escape(character) for character in text
    )


def as_json(value: object) -> str:
    """Indented JSON that a terminal shows as it is, and a reader of JSON reads alike."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
    return "".join(
        (
            character
            if character == "\n" or _shows(character)
            else json.dumps(character)[1:-1]
        )
        for character in text
    )


def lines_shown(text: str) -> str:
    """`printable`, but for line ends."""
    return "\n".join(map(printable, text.split("\n")))


def _shows(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] != "C" and category not in ("Zl", "Zp")


def _escape(character: str) -> str:
    if character in "\n\r\t":
        return repr(character)[1:-1]
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def format_text(problems: Sequence[Problem]) -> str:
    """One line per problem, its hint indented below; ends with a newline."""
    lines: list[str] = []
    for problem in problems:
        lines.append(
            f"{printable(str(problem.where))}: {problem.severity}[{problem.rule}]: "
            f"{printable(problem.message)}"
        )
        if problem.hint:
            lines.append(f"    hint: {printable(problem.hint)}")
    return "".join(line + "\n" for line in lines)


def format_json(problems: Sequence[Problem]) -> str:
    """`{"problems": [{file, line, column, severity, rule, message, hint}]}`."""
    rows = [
        {
            "file": problem.where.file,
            "line": problem.where.line,
            "column": problem.where.column,
            "severity": problem.severity.value,
            "rule": problem.rule,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps({"problems": rows}, indent=2) + "\n"


def format_github(problems: Sequence[Problem]) -> str:
    """Workflow commands: each problem becomes a note at its line."""
    lines: list[str] = []
    for problem in problems:
        text = problem.message
        if problem.hint:
            text += f"\nhint: {problem.hint}"
        lines.append(
            f"::{problem.severity} file={github_property(problem.where.file)},"
            f"line={problem.where.line},col={problem.where.column},"
            f"title={github_property(problem.rule)}::{github_data(text)}\n"
        )
    return "".join(lines)


FORMATS = {"text": format_text, "json": format_json, "github": format_github}


def summary(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    counts = [(errors, "error"), (warnings, "warning")]
    return ", ".join(
        f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count
    )


def github_data(text: str) -> str:
    """Text after `::`: the runner reads `%` and line ends."""
    lines = (printable(line).replace("%", "%25") for line in text.split("\n"))
    return "%0A".join(lines)


def github_property(text: str) -> str:
    """A value before `::`, where the runner reads `:` and `,` too."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")
