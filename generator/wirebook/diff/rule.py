"""Rules: names for the ways in which a spec can change.

A rule names a change, says which way it goes, what it means for users of the
client, and why.  Identifiers are never changed and never used again.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Group(StrEnum):
    """Where a change shows: one projection of the model each."""

    SOURCE = "source"
    """The Python surface: what callers write."""
    WIRE = "wire"
    """The bytes that go out, and how bytes that come back are read."""
    BEHAVIOUR = "behaviour"
    """Same code, same bytes, another outcome: checks, errors, retries, masking."""
    DOC = "doc"
    """What the reference pages say."""
    TEST = "test"
    """What the recorded exchanges prove."""


class Verdict(StrEnum):
    """How bad a change is for those who use the client today, worst first."""

    BREAK = "break"
    RISK = "risk"
    """Good or bad: a person must decide."""
    NOTE = "note"
    SAFE = "safe"
    DOC = "doc"
    """Words only: never fails a check."""
    NONE = "none"
    """Never reported: the rule says that such edits are no change."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Verdict).index(self)


class Direction(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"
    """Either way: the rule is its own mirror."""


class Rule(Struct, frozen=True):
    """One way to change.

    mirror: the rule that the opposite edit falls under; a rule that has one
    and says none is its own.
    """

    id: str
    name: str
    group: Group
    verdict: Verdict
    direction: Direction
    why: str
    mirror: str = ""


def family(*rows: str) -> tuple[Rule, ...]:
    """Read rows `id NAME group verdict direction mirror | why`; mirror may be `-`."""
    found: list[Rule] = []
    for row in rows:
        head, _, why = row.partition(" | ")
        id, name, group, verdict, direction, mirror = head.split()
        found.append(
            Rule(
                id,
                name,
                Group(group),
                Verdict(verdict),
                Direction(direction),
                why,
                "" if mirror == "-" else mirror,
            )
        )
    return tuple(found)
