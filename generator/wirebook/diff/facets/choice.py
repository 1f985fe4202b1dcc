"""How a difference finds its rule where one facet falls under several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import Struct, field

from wirebook.diff.change import Change
from wirebook.diff.rule import Group, Verdict
from wirebook.diff.rules import RULES
from wirebook.diff.tree import Thing
from wirebook.diff.values import Plain


class Named(Struct, frozen=True):
    """The rule of a change; `verdict` where it is not the rule's usual one."""

    rule: str
    verdict: Verdict | None = None

    @property
    def rank(self) -> int:
        return (self.verdict or RULES[self.rule].verdict).rank


Answer: TypeAlias = "str | Named"
Choose: TypeAlias = Callable[[Change, "Uses"], Answer]

REQUEST, REPLY = "request", "reply"


class Uses(Struct, frozen=True):
    """Which enums and models travel in requests, in replies or in both.

    Keys are the things' paths; what nothing uses is in neither.
    """

    request: frozenset[tuple[str, ...]] = field(
        default_factory=frozenset[tuple[str, ...]]
    )
    reply: frozenset[tuple[str, ...]] = field(
        default_factory=frozenset[tuple[str, ...]]
    )

    def request_side(self, thing: Thing) -> bool:
        return thing.role == "parameter" or self._owner(thing) in self.request

    def reply_side(self, thing: Thing) -> bool:
        if thing.role == "parameter":
            return False
        return self._owner(thing) in self.reply or not self.request_side(thing)

    def _owner(self, thing: Thing) -> tuple[str, ...]:
        """The enum of a value, the model of a field."""
        return thing.path[:-2] if thing.role in ("field", "value") else thing.path


class Facet(Struct, frozen=True):
    """In which projections a facet shows, and the rule of its differences."""

    groups: frozenset[Group]
    choose: Choose


_LETTERS = {
    "S": Group.SOURCE,
    "W": Group.WIRE,
    "B": Group.BEHAVIOUR,
    "D": Group.DOC,
    "T": Group.TEST,
}


def facet(letters: str, choose: Choose | str) -> Facet:
    groups = frozenset(_LETTERS[letter] for letter in letters)
    return Facet(
        groups, (lambda change, uses: choose) if isinstance(choose, str) else choose
    )


def table(rows: Mapping[str, tuple[str, Choose | str]]) -> dict[str, Facet]:
    return {name: facet(letters, choose) for name, (letters, choose) in rows.items()}


def flag(on: Answer, off: Answer) -> Choose:
    """One rule when it becomes true, or given; another when it ceases to be."""
    return lambda change, uses: on if change.new else off


def presence(added: Answer, removed: Answer, changed: Answer) -> Choose:
    """Rules for what was nothing before, is nothing now, or is something else."""

    def choose(change: Change, uses: Uses) -> Answer:
        if change.old in (None, ""):
            return added
        return removed if change.new in (None, "") else changed

    return choose


def members(added: Answer, removed: Answer) -> Choose:
    """Rules for a set of texts: what only loses or only gains; losing weighs more."""

    def choose(change: Change, uses: Uses) -> Answer:
        lost = set(_items(change.old)) - set(_items(change.new))
        return removed if lost else added

    return choose


def renamed(rule: Answer) -> Choose:
    """A member name: another one, or another one beside the former as an alias."""
    return lambda change, uses: (
        "N003" if change.pair.thing.facets.get("renamed_from") == change.old else rule
    )


def upper(narrowed: Answer, widened: Answer) -> Choose:
    """A largest value: smaller, or set, is narrower."""
    return lambda change, uses: (
        narrowed if _above(change.old, change.new) else widened
    )


def lower(narrowed: Answer, widened: Answer) -> Choose:
    """A smallest value: greater, or set, is narrower."""

    def choose(change: Change, uses: Uses) -> Answer:
        old, new = _number(change.old), _number(change.new)
        if new is None:
            return widened
        return narrowed if old is None or new > old else widened

    return choose


def by_side(request: Choose | Answer, reply: Choose | Answer) -> Choose:
    """The rule for the side that uses the thing; the worse one where both do."""

    def choose(change: Change, uses: Uses) -> Answer:
        thing = change.pair.thing
        found: list[Answer] = []
        if uses.request_side(thing):
            found.append(_answer(request, change, uses))
        if uses.reply_side(thing):
            found.append(_answer(reply, change, uses))
        return min(found, key=lambda answer: named(answer).rank)

    return choose


def named(answer: Answer) -> Named:
    return Named(answer) if isinstance(answer, str) else answer


def _answer(choose: Choose | Answer, change: Change, uses: Uses) -> Answer:
    return choose if isinstance(choose, str | Named) else choose(change, uses)


def _items(value: Plain) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else () if value is None else (str(value),)


def _above(old: Plain, new: Plain) -> bool:
    left, right = _number(old), _number(new)
    return right is not None and (left is None or right < left)


def _number(value: Plain) -> float | None:
    """A limit as a number: `12:00` counts as twelve."""
    if value is None or isinstance(value, tuple):
        return None
    try:
        return float(str(value).replace(":", "."))
    except ValueError:
        return None
