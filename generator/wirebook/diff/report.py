"""Reports: a comparison as reviewers get it: accepted, filtered, totalled."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from .acceptance import NOTHING, Acceptance, Accepted
from .comparison import Comparison
from .finding import Finding, order
from .rule import Group, Verdict

NEVER = "never"
THRESHOLDS = (*(verdict.value for verdict in list(Verdict)[:3]), NEVER)
"""From which verdict on a finding fails the check."""

ALWAYS = frozenset({"M002", "M003"})
"""What fails whatever the projections asked for: nobody knows where it shows."""


class Report(Struct, frozen=True):
    """What is printed.

    findings: worst first, without those of other projections.
    accepted: fingerprint -> acceptance of a finding.
    has_file: whether the file of acceptances exists.
    show_accepted: whether accepted findings are listed too.
    """

    base: str
    head: str
    findings: tuple[Finding, ...]
    accepted: dict[str, Acceptance]
    threshold: str
    spacing: int
    file: str
    has_file: bool
    show_accepted: bool = False

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What fails the check: at or above the threshold, and not accepted."""
        return tuple(finding for finding in self.findings if self.blocks(finding))

    @property
    def listed(self) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in self.findings
            if self.show_accepted or finding.fingerprint not in self.accepted
        )

    def blocks(self, finding: Finding) -> bool:
        if self.threshold == NEVER or finding.fingerprint in self.accepted:
            return False
        return finding.verdict.rank <= Verdict(self.threshold).rank

    @property
    def totals(self) -> dict[str, int]:
        """Findings by verdict, without the accepted ones, and how many are those."""
        counts = {
            verdict.value: sum(
                finding.verdict is verdict and finding.fingerprint not in self.accepted
                for finding in self.findings
            )
            for verdict in list(Verdict)[:5]
        }
        return {**counts, "accepted": len(self.accepted)}

    @property
    def total(self) -> str:
        """`2 break, 1 risk, 1 safe, 3 accepted`; or that nothing differs."""
        counts = [f"{number} {word}" for word, number in self.totals.items() if number]
        return ", ".join(counts) or "no differences"

    @property
    def unseen(self) -> str:
        """What was looked at and is no change; empty where there is none."""
        if not self.spacing:
            return ""
        texts = "text differs" if self.spacing == 1 else "texts differ"
        return f"{self.spacing} {texts} only in spaces or forms of a character"


def report(
    comparison: Comparison,
    *,
    accepted: Accepted = NOTHING,
    providers: Sequence[str] = (),
    groups: frozenset[Group] = frozenset(),
    threshold: str = Verdict.BREAK,
    file: str = "",
    has_file: bool = False,
    show_accepted: bool = False,
) -> Report:
    """Hold a comparison against what was accepted.

    groups: the projections to speak of; empty means all.
    threshold: from which verdict on a finding blocks, or `never`.
    """
    stale = accepted.stale(comparison.findings, providers)
    found = sorted((*comparison.findings, *stale), key=order)
    kept = [
        finding
        for finding in found
        if not groups or finding.groups & groups or finding.rule.id in ALWAYS
    ]
    return Report(
        base=comparison.base,
        head=comparison.head,
        findings=tuple(kept),
        accepted={
            finding.fingerprint: entry
            for finding in kept
            if (entry := accepted.of(finding))
        },
        threshold=threshold,
        spacing=comparison.spacing,
        file=file,
        has_file=has_file,
        show_accepted=show_accepted,
    )
