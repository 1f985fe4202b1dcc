"""Evidence: a change of what is sent, read or repeated must bring proof along.

Proof is a recorded exchange of an operation that is touched, or a source: a
section cited anew at the thing or above it, or another edition of a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from .change import Change, Changes, Kind
from .finding import Detail, Finding, rule
from .rule import Group, Verdict
from .tree import Path, Thing

MISSING = "M001"
_FAMILIES = frozenset("WSRE")
_SEVERE = frozenset({Verdict.BREAK, Verdict.RISK, Verdict.NOTE})


def demand(
    provider: str, findings: Sequence[Finding], changes: Changes
) -> Iterator[Finding]:
    """The findings, marked where they lack evidence, and one M001 per subject."""
    proof = _Proof(changes)
    lacking: dict[str, list[Finding]] = {}
    for finding in findings:
        if _asks(finding) and not proof.covers(finding):
            lacking.setdefault(_subject(finding), []).append(finding)
            finding = replace(finding, needs_evidence=True)
        yield finding
    for subject, group in lacking.items():
        yield _missing(provider, subject, group)


def _asks(finding: Finding) -> bool:
    """Wire, status, reply and repetition findings that may hurt."""
    if finding.verdict not in _SEVERE or Group.TEST in finding.groups:
        return False
    if finding.groups <= {Group.DOC, Group.SOURCE}:
        # The name of a member is ours: no page can prove it.
        return False
    if finding.role in ("provider", "product") and not finding.details:
        return False
    return finding.rule.group is Group.WIRE or finding.rule.id[0] in _FAMILIES


def _missing(provider: str, subject: str, group: Sequence[Finding]) -> Finding:
    names = ", ".join(sorted({finding.rule.id for finding in group}))
    found = rule(MISSING)
    return Finding(
        rule=found,
        verdict=found.verdict,
        provider=provider,
        at=subject,
        role="evidence",
        text=f"{names} without a new or changed vector or source",
        details=tuple(
            Detail(finding.rule.id, None, finding.fingerprint) for finding in group
        ),
        groups=frozenset({Group.BEHAVIOUR}),
        base=group[0].base,
        head=group[0].head,
        claims=0,
    )


def _subject(finding: Finding) -> str:
    """The operation, table, model or scheme that a finding is about."""
    parts = finding.at.split("/")
    for index, part in enumerate(parts[:-1]):
        if part in _SUBJECTS:
            return "/".join(parts[: index + 2])
    return finding.at


_SUBJECTS = frozenset(
    {"operations", "statuses", "enums", "models", "callbacks", "auth", "servers"}
)


class _Proof:
    """Where something was recorded or cited anew."""

    def __init__(self, changes: Changes) -> None:
        self._new = {thing.path: thing for thing in changes.new.walk()}
        self._old = {thing.path: thing for thing in changes.old.walk()}
        self._cited: set[str] = set()
        self._recorded: set[str] = set()
        self._document = False
        for change in changes.all:
            self._take(change)

    def _take(self, change: Change) -> None:
        thing = change.pair.thing
        if thing.role == "source" and change.kind in (Kind.ADDED, Kind.FACET):
            self._document = True
        elif thing.role == "vector" and change.kind is not Kind.REMOVED:
            self._recorded.add(str(thing.facets["operation"]))
        elif change.facet == "src" or change.facet.endswith(".src"):
            if change.new:
                self._cited.add("/".join(thing.path))
        elif change.kind is Kind.ADDED and any(
            below.facets.get("src") for below in thing.walk()
        ):
            self._cited.add("/".join(thing.path))

    def covers(self, finding: Finding) -> bool:
        if self._document or any(
            _within(finding.at.rstrip("*"), cited) or _within(cited, finding.at)
            for cited in self._cited
        ):
            return True
        touched = self._touched(finding)
        if touched is None:
            return bool(self._recorded)
        return bool(self._recorded & touched)

    def _touched(self, finding: Finding) -> set[str] | None:
        """The operations that a finding is about; None where it may be any."""
        path = tuple(finding.at.split("/"))
        if "operations" in path:
            place = path.index("operations")
            return {".".join((*path[:place], path[place + 1]))}
        if "callbacks" in path:
            place = path.index("callbacks")
            return {"callback:" + ".".join((*path[:place], path[place + 1]))}
        if "statuses" in path:
            return self._judged_by(path[path.index("statuses") + 1])
        return None

    def _judged_by(self, table: str) -> set[str]:
        names: set[str] = set()
        for thing in _operations((self._old, self._new)):
            facets = ("statuses.table", "statuses.http", "statuses.items")
            if table in [thing.facets.get(facet) for facet in facets]:
                names.add(".".join((*thing.path[:-2], thing.key)))
        return names


def _operations(sides: Iterable[dict[Path, Thing]]) -> Iterator[Thing]:
    for things in sides:
        for thing in things.values():
            if thing.role == "operation":
                yield thing


def _within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}/")
