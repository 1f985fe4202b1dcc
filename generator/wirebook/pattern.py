"""Patterns: regular expressions that cannot be made slow.

A pattern is matched against a whole value, with ASCII classes.  It may use
characters, classes, groups, alternatives and greedy counts.  What makes a
matcher go back and forth is refused: counts inside counted groups,
alternatives inside counted ones, endless parts that compete for a character,
and everything that looks around or back.
"""

from __future__ import annotations

import re

from msgspec import Struct

from .problem import quote

LONGEST = 500
MOST = 1000
"""The largest count."""
DEEPEST = 20
"""Groups inside each other."""
CHOICES = 50
"""Beyond so many, a count with an end costs like one without."""

_COUNT = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}", re.ASCII)
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)
_CLASSES = frozenset("dDwWsSnrtfv")
"""Letters that a backslash gives a harmless meaning."""
_SAMPLES = [chr(code) for code in range(128)] + ["é", "测"]


class Unsafe(ValueError):
    """Why a pattern is refused."""


class _Piece(Struct, frozen=True):
    """A part of a pattern: the characters it can begin and end with."""

    first: frozenset[str]
    last: frozenset[str]
    least: int
    """Fewest characters."""
    varies: bool = False
    """Whether a count with a choice is inside."""
    endless: bool = False
    chooses: bool = False
    """Whether alternatives are inside."""


def inspect(pattern: str) -> None:
    """Raise Unsafe where a pattern is outside of the safe subset."""
    if len(pattern) > LONGEST:
        raise Unsafe(f"is longer than {LONGEST} characters")
    # A text may hold line ends, so `.` may be asked to take them in.
    reader = _Reader(pattern.removeprefix("(?s)"))
    reader.alternatives()
    if reader.at < len(reader.text):
        raise Unsafe("closes a group that is not open")
    try:
        re.compile(pattern, re.ASCII)
    except re.error as problem:
        raise Unsafe(f"is no regular expression: {problem.msg}") from problem


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def alternatives(self) -> _Piece:
        branches = [self.branch()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.branch())
        if len(branches) == 1:
            return branches[0]
        return _Piece(
            first=frozenset[str]().union(*(branch.first for branch in branches)),
            last=frozenset[str]().union(*(branch.last for branch in branches)),
            least=min(branch.least for branch in branches),
            varies=any(branch.varies for branch in branches),
            endless=any(branch.endless for branch in branches),
            chooses=True,
        )

    def branch(self) -> _Piece:
        pieces: list[_Piece] = []
        while (character := self.peek()) and character not in "|)":
            pieces.append(self.piece())
        return _sequence(pieces)

    def piece(self) -> _Piece:
        atom = self.atom()
        least, most = self.count()
        if (least, most) == (1, 1):
            return atom
        repeats = most is None or most > 1
        if repeats and atom.varies:
            raise Unsafe("counts inside a group that is counted itself")
        if repeats and atom.chooses:
            raise Unsafe("has alternatives inside a group that is counted")
        if atom.least == 0 and repeats:
            raise Unsafe("repeats what may be nothing")
        return _Piece(
            first=atom.first,
            last=atom.last,
            least=atom.least * least,
            varies=atom.varies or least != most,
            endless=_long(least, most) or atom.endless,
            chooses=atom.chooses,
        )

    def atom(self) -> _Piece:
        character = self.text[self.at]
        if character == "(":
            return self.group()
        if character == "[":
            match = _CLASS.match(self.text, self.at)
            if match is None:
                raise Unsafe("has a class that is not closed")
            self.at = match.end()
            return _characters(match[0])
        if character == "\\":
            return self.escape()
        if character in "^$":
            raise Unsafe(
                f"holds {quote(character)}, but a whole value is matched anyway"
            )
        if character in "*+?{":
            raise Unsafe(f"has nothing before {quote(character)}")
        self.at += 1
        return _characters(character if character == "." else re.escape(character))

    def group(self) -> _Piece:
        self.at += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsafe(f"has groups more than {DEEPEST} deep in each other")
        if self.peek() == "?":
            if not self.text.startswith("?:", self.at):
                raise Unsafe("looks around, names a group or sets a flag")
            self.at += 2
        inner = self.alternatives()
        if self.peek() != ")":
            raise Unsafe("has a group that is not closed")
        self.at += 1
        self.depth -= 1
        return inner

    def escape(self) -> _Piece:
        escaped = self.text[self.at : self.at + 2]
        letter = escaped[1:]
        if not letter or (letter.isalnum() and letter not in _CLASSES):
            raise Unsafe(
                f"uses {quote(escaped)}, which looks back, around or is unusual"
            )
        self.at += 2
        return _characters(escaped)

    def count(self) -> tuple[int, int | None]:
        character = self.peek()
        simple: dict[str, tuple[int, int | None]] = {
            "*": (0, None),
            "+": (1, None),
            "?": (0, 1),
        }
        if character in simple:
            self.at += 1
            least, most = simple[character]
        elif character == "{":
            match = _COUNT.match(self.text, self.at)
            if match is None or not (match[1] or match[3]):
                raise Unsafe("has a brace that is no count: escape it")
            self.at = match.end()
            least = int(match[1] or "0")
            most = (int(match[3]) if match[3] else None) if match[2] else least
        else:
            return 1, 1
        if max(least, most or 0) > MOST:
            raise Unsafe(f"counts beyond {MOST}")
        if most is not None and least > most:
            raise Unsafe("counts from more to less")
        if self.peek() in ("?", "+", "*", "{"):
            raise Unsafe("counts twice, or lazily")
        return least, most

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]


def _long(least: int, most: int | None) -> bool:
    """Whether a count leaves so much choice that it costs like an endless one."""
    return most is None or most - least > CHOICES


def _characters(expression: str) -> _Piece:
    try:
        one = re.compile(expression, re.ASCII)
    except re.error as problem:
        raise Unsafe(f"is no regular expression: {problem.msg}") from problem
    matched = frozenset(sample for sample in _SAMPLES if one.fullmatch(sample))
    return _Piece(first=matched, last=matched, least=1)


def _sequence(pieces: list[_Piece]) -> _Piece:
    """One piece after the other.

    Endless pieces that compete for a character cost a power of the length, times
    what counts stand behind them: `.*x.*` is one too many.
    """
    rivals: list[frozenset[str]] = []
    for piece in pieces:
        if piece.endless:
            if any(rival & piece.first for rival in rivals):
                raise Unsafe("has endless parts that compete for the same characters")
            # Where a piece may begin again, its neighbour may begin as well.
            rivals.append(piece.first | piece.last)
        if piece.least > 0:
            # What must be there parts its neighbours unless one of them takes it in.
            rivals = [rival for rival in rivals if piece.first & rival]
    first: frozenset[str] = frozenset()
    for piece in pieces:
        first |= piece.first
        if piece.least:
            break
    last: frozenset[str] = frozenset()
    for piece in reversed(pieces):
        last |= piece.last
        if piece.least:
            break
    return _Piece(
        first=first,
        last=last,
        least=sum(piece.least for piece in pieces),
        varies=any(piece.varies for piece in pieces),
        endless=any(piece.endless for piece in pieces),
        chooses=any(piece.chooses for piece in pieces),
    )


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern takes the whole text; an unsafe one takes none."""
    try:
        inspect(pattern)
    except Unsafe:
        return False
    return re.fullmatch(pattern, text, re.ASCII) is not None
