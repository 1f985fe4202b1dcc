"""A report for terminals: places first, so that they can be clicked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from wirebook.diff.acceptance import block
from wirebook.diff.finding import Finding
from wirebook.diff.report import Report
from wirebook.diff.rule import Verdict
from wirebook.problem import printable

_COLOURS = {
    Verdict.BREAK: "red",
    Verdict.RISK: "yellow",
    Verdict.NOTE: "cyan",
    Verdict.SAFE: "green",
}


def text(report: Report) -> str:
    """Colours are for terminals: `click.echo` takes them away elsewhere."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    head = f"{printable(report.base)} → {printable(report.head)}"
    ordered = sorted(report.listed, key=lambda finding: finding.provider)
    for provider, findings in groupby(ordered, key=lambda found: found.provider):
        yield click.style(f"{provider}  {head}", bold=True)
        for finding in findings:
            yield from _finding(report, finding)
        yield ""
    if report.unseen:
        yield f"{report.unseen}: no change"
    yield report.total
    if report.blocking:
        yield ""
        yield f"To accept what is wanted, say why in {report.file}:"
        yield ""
        yield block(report.blocking, not report.has_file).rstrip("\n")


def _finding(report: Report, finding: Finding) -> Iterator[str]:
    colour = _COLOURS.get(finding.verdict)
    accepted = report.accepted.get(finding.fingerprint)
    verdict = click.style(finding.verdict, fg=colour, bold=bool(colour))
    said = f"{printable(finding.at)}  {printable(finding.text)}"
    yield f" {finding.symbol} {verdict} {finding.rule.id} {said}"
    shown = " ".join(sorted(finding.groups))
    yield click.style(f"     {_place(finding)}  {shown}", dim=True)
    if accepted is not None:
        yield f"     accepted as {accepted.intent}: {printable(accepted.reason)}"
    elif finding.verdict.rank <= Verdict.NOTE.rank:
        yield f"     {finding.rule.why}"
    if finding.needs_evidence:
        yield "     needs a new or changed vector or source"


def _place(finding: Finding) -> str:
    base, head = finding.base, finding.head
    if head is None:
        return f"was {base.where}" if base else ""
    if base is None:
        return str(head.where)
    same = base.where.file == head.where.file
    was = f"{base.where.line}:{base.where.column}" if same else str(base.where)
    return f"{head.where} (was {was})"
