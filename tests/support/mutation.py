"""An edit of a spec that a rule of `wirebook diff` names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.specimens import ACME, Replacement


@dataclass(frozen=True)
class Mutation:
    """Edits whose difference is named by a rule.

    before: made on both sides.  mirror: what the opposite edit is named by, where
    that is neither the rule's mirror nor the rule itself.
    """

    rule: str
    edits: Sequence[Replacement]
    before: Sequence[Replacement] = ()
    mirror: str = ""
    source: Path = ACME

    @property
    def id(self) -> str:
        return self.rule


def one(rule: str, old: str, new: str, mirror: str = "") -> Mutation:
    """A single replacement."""
    return Mutation(rule, [(old, new)], mirror=mirror)


def both(rule: str, *edits: Replacement, mirror: str = "") -> Mutation:
    """Replacements that only make sense together."""
    return Mutation(rule, edits, mirror=mirror)
