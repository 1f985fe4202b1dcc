"""Findings: changes with a name, a verdict and two places."""

from __future__ import annotations

import hashlib
from functools import cached_property

from msgspec import Struct

from wirebook.model import Where

from .rule import Group, Rule, Verdict
from .rules import RULES
from .values import Plain, shown, text


class Detail(Struct, frozen=True):
    """One value that differs; `facet` is empty where a thing itself is meant."""

    facet: str
    old: Plain
    new: Plain

    def __str__(self) -> str:
        if not self.facet:
            return f"{shown(self.old)} → {shown(self.new)}"
        return f"{self.facet}: {shown(self.old)} → {shown(self.new)}"


class Side(Struct, frozen=True, kw_only=True):
    """Where a finding stands on one side."""

    where: Where
    value: str


class Finding(Struct, frozen=True, kw_only=True, dict=True):
    """One change as a reviewer meets it.

    at: the path of the thing in the newer spec, or in the older where it is gone.
    groups: every projection in which the change shows.
    claims: single differences that the finding stands for.
    keys: which things, where one finding stands for several.
    needs_evidence: nothing recorded or cited shows that the provider agrees.
    """

    rule: Rule
    verdict: Verdict
    provider: str
    at: str
    role: str
    text: str
    details: tuple[Detail, ...] = ()
    groups: frozenset[Group] = frozenset()
    base: Side | None = None
    head: Side | None = None
    claims: int = 1
    keys: tuple[str, ...] = ()
    needs_evidence: bool = False

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that survive everything but the change itself.

        Lines, columns and the wording of messages are not part of it.
        """
        said = [self.rule.id, self.provider, self.at, *sorted(self.keys)]
        for detail in self.details:
            said += [detail.facet, text(detail.old), text(detail.new)]
        return hashlib.sha256("\0".join(said).encode()).hexdigest()[:12]

    @property
    def symbol(self) -> str:
        """`+` came, `-` went, `>` renamed, `~` is different."""
        if self.base is None and self.head is not None:
            return "+"
        if self.head is None and self.base is not None:
            return "-"
        return ">" if any(not detail.facet for detail in self.details) else "~"

    @property
    def where(self) -> Where | None:
        side = self.head or self.base
        return side.where if side else None


def order(finding: Finding) -> tuple[object, ...]:
    """Worst first, then by place."""
    where = finding.where
    place = (where.file, where.line, where.column) if where else ("", 0, 0)
    return (finding.verdict.rank, finding.provider, *place, finding.rule.id, finding.at)


def rule(id: str) -> Rule:
    return RULES[id]
