"""Characters that no spec file may hold unescaped.

A reviewer must see everything that a spec says, and its lines must be the lines
that an editor counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wirebook.explain import Explanation
from wirebook.model.place import Where
from wirebook.problem import Problem, error

_CONTROL = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029"
_BIDI = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
_ZERO_WIDTH = (
    "\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200d\\u2060-\\u2064"
    "\\u206a-\\u206f\\u3164\\uffa0\\ufff9-\\ufffb\\U000e0000-\\U000e007f"
)
_KINDS = {
    "bom": "\\ufeff",
    "surrogate": "\\ud800-\\udfff",
    "bidi-character": _BIDI,
    "invisible-character": _ZERO_WIDTH,
    "control-character": _CONTROL + "\\ufffe\\uffff",
}
_ANY = re.compile(f"\r(?!\n)|[{''.join(_KINDS.values())}]")
"""One class is searched for far faster than the named ones, which tell it apart."""
_REFUSED = re.compile(
    "(?P<lone_return>\r(?!\n))|"
    + "|".join(
        f"(?P<{kind.replace('-', '_')}>[{ranges}])" for kind, ranges in _KINDS.items()
    )
)
_JOINER = "\u200d"
_JOINERS = ("\u200c", _JOINER)
_VIRAMA = 9
"""The combining class of signs that join Indic letters."""
_EMOJI = ("So", "Sk")
MOST = 20
"""Problems of this kind that are reported for one file."""


def refused(text: str, file: str) -> list[Problem]:
    """A problem for every character that may not stand in the text."""
    if _ANY.search(text) is None:
        return []
    found: list[Problem] = []
    for match, where in _places(text, file):
        if len(found) == MOST:
            break
        if _joins(text, match.start()):
            continue
        found.append(_problem(match, where))
    return found


def _joins(text: str, index: int) -> bool:
    """Whether a joiner stands where a script writes one: behind a letter of Arabic
    or Syriac and the like, behind a virama, or between two emoji."""
    if text[index] not in _JOINERS or not 0 < index < len(text) - 1:
        return False
    # Marks and variation selectors belong to the sign before them.
    before = next(
        (c for c in reversed(text[max(0, index - 4) : index]) if not _is_mark(c)), ""
    )
    if unicodedata.combining(text[index - 1]) == _VIRAMA:
        return True
    if not before:
        return False
    if text[index] == _JOINER and unicodedata.category(before) in _EMOJI:
        return unicodedata.category(text[index + 1]) in _EMOJI
    return (
        unicodedata.bidirectional(before) == "AL"
        and unicodedata.bidirectional(text[index + 1]) == "AL"
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _places(text: str, file: str) -> Iterator[tuple[re.Match[str], Where]]:
    line, start, seen = 1, 0, 0
    for match in _REFUSED.finditer(text):
        line += text.count("\n", seen, match.start())
        start = text.rfind("\n", 0, match.start()) + 1
        seen = match.start()
        yield match, Where(file, line, match.start() - start + 1)


def _problem(match: re.Match[str], where: Where) -> Problem:
    character = match[0]
    name = f"U+{ord(character):04X}"
    if title := unicodedata.name(character, ""):
        name += f" {title}"
    escape = (
        f"\\u{ord(character):04x}"
        if ord(character) < 0x10000
        else f"\\U{ord(character):08x}"
    )
    delete_or_escape = f'delete it, or write "{escape}" inside double quotes'
    match match.lastgroup:
        case "lone_return":
            return error(
                "control-character",
                where,
                "a carriage return without a line feed",
                "end lines with a line feed; inside double quotes write \\r",
            )
        case "bom":
            return error(
                "byte-order-mark",
                where,
                "a byte order mark (U+FEFF)",
                "save the file as UTF-8 without a byte order mark",
            )
        case "surrogate":
            return error(
                "not-utf-8",
                where,
                f"a lone surrogate ({name}), which is no character",
                "save the file as UTF-8",
            )
        case "bidi_character":
            return error(
                "bidi-character",
                where,
                f"a character that reorders the text around it ({name})",
                delete_or_escape,
            )
        case "invisible_character":
            return error(
                "invisible-character",
                where,
                f"an invisible character ({name})",
                delete_or_escape,
            )
        case _:
            return error(
                "control-character",
                where,
                f"a control character ({name})",
                delete_or_escape,
            )


EXPLANATIONS = (
    Explanation(
        rule="not-utf-8",
        title="The file is not UTF-8 text",
        why="Specs quote providers verbatim in many scripts; only one encoding reads "
        "the same everywhere.",
        bad="# saved as GBK or UTF-16\nspec: 1\n",
        good="# saved as UTF-8\nspec: 1\n",
    ),
    Explanation(
        rule="byte-order-mark",
        title="The file holds a byte order mark",
        why="It is invisible, and tools that do not expect it read the first key with "
        "it: `\\ufeffspec` instead of `spec`.",
        bad="\ufeffspec: 1\n",
        good="spec: 1\n",
    ),
    Explanation(
        rule="control-character",
        title="A control character stands in the text",
        why="It cannot be seen in a review and does things to terminals.  Escaped in "
        "double quotes everybody sees it.",
        bad='body: "a\x07b"\n',
        good='body: "a\\x07b"\n',
    ),
    Explanation(
        rule="bidi-character",
        title="A character reorders the text around it",
        why="What a reviewer reads is then not what the generator reads.",
        bad="text: pay \u202eeerf\n",
        good='text: "pay \\u202eeerf"\n',
    ),
    Explanation(
        rule="invisible-character",
        title="A character cannot be seen",
        why="Copies from web pages bring zero-width spaces and soft hyphens along; a "
        "wire name with one of them looks right and never matches.",
        bad="wire: api\u200bkey\n",
        good="wire: apikey\n",
    ),
)
