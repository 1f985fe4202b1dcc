"""What a drift is printed as: text, JSON, Markdown."""

from __future__ import annotations

from wirebook.commands.table import columns
from wirebook.markdown import Markdown, code, fence, table, text
from wirebook.model import Where
from wirebook.problem import as_json as json_text
from wirebook.problem import printable, quote

from .finding import Change, Drift, Finding

_SIGNS = {Change.MISSING: "-", Change.NEW: "+", Change.REWORDED: "~"}
_LONGEST = 60_000
"""Characters of Markdown; the sites that show comments refuse 65,536."""


def as_text(drift: Drift) -> str:
    """One line for each finding: sign, both places, what it is; then the fragment."""
    rows = [
        (
            _SIGNS[finding.change],
            str(finding.spec or ""),
            _place(finding.page),
            finding.name if finding.subject != "text" else "text",
            _words(finding),
        )
        for finding in drift.findings
    ]
    lines = columns(rows) if rows else ""
    lines += f"{_summary(drift)}\n"
    if drift.fragment:
        lines += "\nTo paste, after a look at names and judgements:\n\n"
        lines += "".join(f"{printable(row)}\n" for row in drift.fragment.splitlines())
    return lines


def as_json(drift: Drift) -> str:
    """`{provider, sources, pages, same, folded, findings: […], fragment}`.

    A finding is {change, subject, name, spec, page, before, after, rows}; `spec` is
    {file, line, column} and `page` {file, line}, or null.
    """
    findings = [
        {
            "change": finding.change.value,
            "subject": finding.subject,
            "name": finding.name,
            "spec": finding.spec
            and {
                "file": finding.spec.file,
                "line": finding.spec.line,
                "column": finding.spec.column,
            },
            "page": finding.page
            and {"file": finding.page.file, "line": finding.page.line},
            "before": finding.before,
            "after": finding.after,
            "rows": finding.rows,
        }
        for finding in drift.findings
    ]
    whole = {
        "provider": drift.provider,
        "sources": drift.sources,
        "pages": drift.pages,
        "same": drift.same,
        "folded": drift.folded,
        "findings": findings,
        "fragment": drift.fragment,
    }
    return json_text(whole) + "\n"


def as_markdown(drift: Drift) -> str:
    """A table of the findings and the fragment, for an issue or a comment."""
    size = len(drift.findings)
    made = _markdown(drift, size)
    while len(made) > _LONGEST and size:
        size //= 2
        made = _markdown(drift, size)
    return made


def _markdown(drift: Drift, size: int) -> str:
    rows = [
        (
            text(f"{_SIGNS[finding.change]} {finding.change}"),
            text(finding.name if finding.subject != "text" else "text"),
            text(_words(finding)),
            code(str(finding.spec)) if finding.spec else text(""),
            code(_place(finding.page)) if finding.page else text(""),
        )
        for finding in drift.findings[:size]
    ]
    parts: list[Markdown] = [text(_summary(drift))]
    if rows:
        parts.append(table(("change", "what", "words", "spec", "page"), rows))
    if size < len(drift.findings):
        parts.append(text(f"{len(drift.findings) - size} more findings were cut."))
    elif drift.fragment:
        parts.append(fence("yaml", drift.fragment))
    return "\n\n".join(parts) + "\n"


FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}


def _place(where: Where | None) -> str:
    return f"{where.file}:{where.line}" if where else ""


def _words(finding: Finding) -> str:
    match finding.change, finding.subject:
        case Change.MISSING, "table":
            return f"table is not on the page ({_count(finding.rows, 'code')})"
        case Change.NEW, "table":
            return f"table is not in the spec ({_count(finding.rows, 'code')})"
        case Change.MISSING, _:
            gone = f": {quote(finding.before)}" if finding.before else ""
            return f"{finding.subject} is not on the page{gone}"
        case Change.NEW, _:
            return f"{finding.subject} is not in the spec: {quote(finding.after)}"
        case _:
            return f"{quote(finding.before)} -> {quote(finding.after)}"


def _summary(drift: Drift) -> str:
    counts = {
        change: sum(finding.change is change for finding in drift.findings)
        for change in Change
    }
    found = ", ".join(
        f"{number} {change}" for change, number in counts.items() if number
    )
    sources = " and ".join(drift.sources)
    said = f"{drift.provider}, {sources}: {found or 'no drift'}; {drift.same} as before"
    if drift.folded:
        rows = _count(drift.folded, "row")
        differ = "differs" if drift.folded == 1 else "differ"
        said += f"; {rows} {differ} in spaces or punctuation only, which is no change"
    return said


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
