"""A report for a pull request: one comment, updated, short, complete or honest.

The first line is a marker by which a workflow finds its own comment again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wirebook.diff.acceptance import block
from wirebook.diff.finding import Finding
from wirebook.diff.report import Report
from wirebook.diff.rule import Verdict
from wirebook.markdown import (
    Markdown,
    code,
    fence,
    joined,
    sealed,
    stacked,
    table,
    text,
)

MARKER = "<!-- wirebook diff -->"
LONGEST = 60_000
"""Characters; the sites that show comments refuse 65,536."""

_ICONS = {
    Verdict.BREAK: "🔴",
    Verdict.RISK: "🟠",
    Verdict.NOTE: "🔵",
    Verdict.SAFE: "🟢",
    Verdict.DOC: "⚪",
}
_FOLDED = (
    (Verdict.NOTE, "Notes"),
    (Verdict.SAFE, "Safe for callers"),
    (Verdict.DOC, "Words only"),
)


def markdown(report: Report) -> str:
    """The comment, below 60,000 characters; what was cut is counted."""
    size = len(report.listed)
    comment = _comment(report, size)
    low = 0
    if len(comment) < LONGEST:
        return comment
    # The largest number of findings that fits: they are sorted worst first.
    while size - low > 1:
        middle = (low + size) // 2
        if len(_comment(report, middle)) < LONGEST:
            low = middle
        else:
            size = middle
    return _comment(report, low)


def _comment(report: Report, size: int) -> str:
    shown, cut = report.listed[:size], len(report.listed) - size
    severe = [each for each in shown if each.verdict.rank <= Verdict.RISK.rank]
    parts = [
        MARKER,
        f"### Spec changes: {_total(report)}",
        f"{code(report.base)} → {code(report.head)}",
        _table(report, severe),
    ]
    for verdict, title in _FOLDED:
        found = [finding for finding in shown if finding.verdict is verdict]
        if found:
            inner = _table(report, found)
            parts.append(_details(f"{title} ({len(found)})", inner))
    if report.unseen:
        parts.append(f"{report.unseen[0].upper()}{report.unseen[1:]}: no change.")
    if cut:
        findings = "finding does" if cut == 1 else "findings do"
        parts.append(
            f"**{cut} more {findings} not fit into a comment:** run `wirebook diff`."
        )
    parts.append(_accept(report, shown))
    return "\n\n".join(part for part in parts if part) + "\n"


def _total(report: Report) -> str:
    if not report.findings:
        return "none"
    return f"{report.total}"


def _table(report: Report, findings: Iterable[Finding]) -> Markdown:
    return table(
        ("", "Rule", "What", "Where"), [_row(report, finding) for finding in findings]
    )


def _row(report: Report, finding: Finding) -> Sequence[Markdown]:
    accepted = report.accepted.get(finding.fingerprint)
    icon = sealed("✅" if accepted else _ICONS[finding.verdict])
    said = [
        joined((code(f"{finding.provider}: {finding.at}"), _what(finding))),
    ]
    if accepted is not None:
        said.append(text(f"Accepted as {accepted.intent}: {accepted.reason}"))
    elif finding.verdict.rank <= Verdict.RISK.rank:
        said.append(sealed(f"<sub>{text(finding.rule.why)}</sub>"))
    if finding.needs_evidence:
        said.append(sealed("<sub>**Needs a new or changed vector or source.**</sub>"))
    rule = stacked((code(finding.rule.id), text(str(finding.verdict))))
    return icon, rule, stacked(said), _places(finding)


def _what(finding: Finding) -> Markdown:
    return text(finding.text)


def _places(finding: Finding) -> Markdown:
    base, head = finding.base, finding.head
    places: list[Markdown] = []
    if head:
        places.append(code(f"{head.where.file}:{head.where.line}"))
    if base and not head:
        places.append(
            joined((text("was"), code(f"{base.where.file}:{base.where.line}")))
        )
    return stacked(places)


def _details(title: str, inner: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{inner}\n\n</details>"


def _accept(report: Report, shown: Sequence[Finding]) -> str:
    blocking = [finding for finding in shown if report.blocks(finding)]
    if not blocking:
        return ""
    lines = fence("yaml", block(blocking, not report.has_file))
    title = f"Accept what is wanted: say why in <code>{text(report.file)}</code>"
    return f"<details open><summary>{title}</summary>\n\n{lines}\n\n</details>"
