"""Notes at the lines of a pull request.

What is gone has no line there: it is in the comment only.
"""

from __future__ import annotations

from wirebook.diff.report import Report
from wirebook.diff.rule import Verdict
from wirebook.problem import github_data, github_property

_LEVELS = {Verdict.BREAK: "error", Verdict.RISK: "warning"}


def github(report: Report) -> str:
    lines: list[str] = []
    for finding in report.listed:
        if finding.head is None or finding.verdict.rank > Verdict.NOTE.rank:
            continue
        level = _LEVELS.get(finding.verdict, "notice")
        if finding.fingerprint in report.accepted:
            level = "notice"
        where = finding.head.where
        text = f"{finding.at}: {finding.text}\n{finding.rule.why}"
        lines.append(
            f"::{level} file={github_property(where.file)},line={where.line},"
            f"col={where.column},title={github_property(finding.rule.id)}"
            f"::{github_data(text)}\n"
        )
    return "".join(lines)
