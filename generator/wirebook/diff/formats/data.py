"""A report for programs: one JSON document, with a schema that ships beside it."""

from __future__ import annotations

from importlib import resources
from typing import Any

from wirebook import __version__
from wirebook.diff.finding import Finding, Side
from wirebook.diff.report import Report
from wirebook.problem import as_json


def data(report: Report) -> str:
    """`{tool, base, head, threshold, totals, spacing, findings}`."""
    document = {
        "tool": {"name": "wirebook", "version": __version__},
        "base": report.base,
        "head": report.head,
        "threshold": report.threshold,
        "totals": report.totals,
        "blocking": len(report.blocking),
        "spacing": report.spacing,
        "findings": [_finding(report, finding) for finding in report.findings],
    }
    return as_json(document) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    files = resources.files("wirebook.diff.formats")
    return files.joinpath("report.schema.json").read_text("utf-8")


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    accepted = report.accepted.get(finding.fingerprint)
    return {
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "class": finding.rule.group.value,
        "classes": sorted(group.value for group in finding.groups),
        "verdict": finding.verdict.value,
        "direction": finding.rule.direction.value,
        "provider": finding.provider,
        "at": finding.at,
        "kind": finding.role,
        "text": finding.text,
        "why": finding.rule.why,
        "base": _side(finding.base),
        "head": _side(finding.head),
        "claims": finding.claims,
        "fingerprint": finding.fingerprint,
        "blocks": report.blocks(finding),
        "accepted": (
            {"intent": accepted.intent.value, "reason": accepted.reason}
            if accepted
            else None
        ),
        "needs": ["evidence"] if finding.needs_evidence else [],
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    where = side.where
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "value": side.value,
    }
