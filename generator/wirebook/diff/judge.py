"""Judging: from changes to findings, each named by a rule.

What no rule names becomes a finding of M002: nothing is passed over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from wirebook.document import ScalarNode

from . import things
from .change import Change, Changes, Kind
from .echoes import echoes
from .facets import OUTSIDE_DOC, Uses, facet, groups
from .facets.choice import Named, named
from .finding import Detail, Finding, Side, rule
from .places import Places
from .rule import Group
from .tree import Path, Thing
from .uses import uses
from .values import Order, Plain, shown

UNCLAIMED = "M002"
SHOWN = 12
"""How many keys a text names where a finding stands for many things."""
MANY = 3
"""From how many equal changes of siblings on one finding tells them all."""

_WORDS = frozenset({"text", "summary", "title", "description", "about"})


class Judged(Struct, frozen=True):
    """Findings of one provider, and how many edits were no change at all."""

    findings: tuple[Finding, ...]
    spacing: int
    """Texts that differ in white space or in forms of the same character only."""


class _Verdict(Struct, frozen=True):
    change: Change
    named: Named
    claims: int


def judge(provider: str, changes: Changes, base: Places, head: Places) -> Judged:
    """Name every change of a provider."""
    spacing = [change for change in changes.all if _only_spacing(change)]
    quiet = {id(change) for change in spacing}
    echo = echoes(changes)
    claims: dict[int, int] = {}
    for cause in echo.values():
        claims[id(cause)] = claims.get(id(cause), 0) + 1
    used = uses(changes.old, changes.new)
    verdicts = [
        _Verdict(change, _name(change, used), change.size + claims.get(id(change), 0))
        for change in changes.all
        if id(change) not in quiet and id(change) not in echo
    ]
    old, new = (
        {thing.path: thing for thing in root.walk()}
        for root in (changes.old, changes.new)
    )
    clerk = _Judge(provider, base, head, old, new)
    findings = [clerk.finding(group) for group in _together(verdicts)]
    return Judged(tuple(_decided(findings, changes)), len(spacing))


def _name(change: Change, used: Uses) -> Named:
    if change.kind is Kind.FACET:
        entry = facet(change.role, change.facet)
        return named(entry.choose(change, used)) if entry else Named(UNCLAIMED)
    answer = things.choose(change, used)
    return named(answer) if answer else Named(UNCLAIMED)


def _only_spacing(change: Change) -> bool:
    if change.kind is not Kind.FACET or change.facet not in _WORDS:
        return False
    return folded(change.old) == folded(change.new)


def folded(value: Plain) -> str:
    """A text without the differences that nobody sees: no-break spaces, widths."""
    return " ".join(unicodedata.normalize("NFKC", str(value)).split())


def _together(verdicts: Sequence[_Verdict]) -> Iterator[list[_Verdict]]:
    """Put together what one finding tells.

    The same change of many siblings; and what one thing changes under one rule.
    """
    siblings: dict[object, list[_Verdict]] = {}
    for verdict in verdicts:
        siblings.setdefault(_alike(verdict), []).append(verdict)
    many = [group for group in siblings.values() if len(group) >= MANY]
    told = {id(verdict) for group in many for verdict in group}
    yield from many
    own: dict[object, list[_Verdict]] = {}
    for verdict in verdicts:
        if id(verdict) not in told:
            change = verdict.change
            key = (id(change.pair), verdict.named, change.kind)
            own.setdefault(key, []).append(verdict)
    yield from own.values()


def _alike(verdict: _Verdict) -> object:
    change = verdict.change
    if change.kind is not Kind.FACET:
        return id(change)
    path = change.pair.thing.path[:-1]
    return verdict.named, path, change.facet, repr(change.old), repr(change.new)


class _Judge(Struct, frozen=True):
    provider: str
    base: Places
    head: Places
    old: dict[Path, Thing]
    new: dict[Path, Thing]

    def finding(self, group: Sequence[_Verdict]) -> Finding:
        first = group[0].change
        pairs = list(
            {id(each.change.pair): each.change.pair for each in group}.values()
        )
        several = len(pairs) > 1
        found = rule(group[0].named.rule)
        own = [each for each in group if each.change.pair is first.pair]
        details = tuple(_details([each.change for each in own]))
        path = first.pair.thing.path
        at = "/".join((*path[:-1], "*") if several else path) or self.provider
        keys = tuple(pair.thing.key for pair in pairs) if several else ()
        finding = Finding(
            rule=found,
            verdict=group[0].named.verdict or found.verdict,
            provider=self.provider,
            at=at,
            role=first.role,
            text=_text(first, details, keys, group),
            details=details,
            groups=frozenset(shown for each in group for shown in _groups(each.change)),
            base=self._side(self.base, first.pair.old, first, first.old),
            head=self._side(self.head, first.pair.new, first, first.new),
            claims=sum(each.claims for each in group),
            keys=keys,
        )
        return self._named(finding, first)

    def _side(
        self, places: Places, thing: Thing | None, change: Change, value: Plain
    ) -> Side | None:
        if thing is None:
            return None
        return Side(where=places.of(thing, change.facet), value=_value(thing, value))

    def _named(self, finding: Finding, change: Change) -> Finding:
        """Rows that changed with `defaults` of their table are named by the default."""
        old, new = change.pair.old, change.pair.new
        if finding.rule.id not in ("E001", "E002") or not (old and new):
            return finding
        keys = ("defaults", "retry")
        if self._written(self.base, self.old, old, keys) == self._written(
            self.head, self.new, new, keys
        ):
            return finding
        default = rule("E004")
        return replace(
            finding,
            rule=default,
            verdict=default.verdict,
            base=self._moved(finding.base, self.base, self.old[old.path[:-2]]),
            head=self._moved(finding.head, self.head, self.new[new.path[:-2]]),
        )

    def _written(
        self, places: Places, things: dict[Path, Thing], row: Thing, keys: Path
    ) -> str | None:
        node = places.written(things[row.path[:-2]], keys)
        return node.text if isinstance(node, ScalarNode) else None

    def _moved(self, side: Side | None, places: Places, table: Thing) -> Side | None:
        """The default's own place, where it is written."""
        if side is None:
            return None
        return replace(side, where=places.of(table, "defaults.retry"))


def _groups(change: Change) -> frozenset[Group]:
    if change.kind is Kind.FACET:
        return groups(change.role, change.facet)
    return things.GROUPS.get(change.role, OUTSIDE_DOC)


def _details(changes: Iterable[Change]) -> Iterator[Detail]:
    for change in changes:
        if change.kind in (Kind.FACET, Kind.RENAMED):
            yield Detail(change.facet, change.old, change.new)


def _value(thing: Thing, value: Plain) -> str:
    return thing.key if value is None else shown(value)


def _text(
    change: Change,
    details: Sequence[Detail],
    keys: Sequence[str],
    group: Sequence[_Verdict],
) -> str:
    """What happened, in one line and without the rule's reason."""
    match change.kind:
        case Kind.ADDED | Kind.REMOVED:
            return f"{change.role} {change.kind}{_count(change.pair.thing)}"
        case Kind.RENAMED:
            alias = ", the old name stays as an alias" if change.pair.aliased else ""
            return f"{change.role} renamed: {details[0]}{alias}"
        case Kind.FACET:
            said = "; ".join(_said(detail) for detail in details)
            return f"{said} (in {_some(keys)})" if keys else said


def _some(keys: Sequence[str]) -> str:
    """The first few of many, and how many they are."""
    more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
    return f"{len(keys)}: {', '.join(keys[:SHOWN])}{more}"


def _said(detail: Detail) -> str:
    if isinstance(detail.new, Order) or isinstance(detail.old, Order):
        return str(detail).replace(".order:", " in another order:")
    return str(detail)


_PARTS = {
    "codes": "code",
    "values": "value",
    "fields": "field",
    "parameters": "parameter",
    "operations": "operation",
}


def _count(thing: Thing) -> str:
    counts: list[str] = []
    for branch, word in _PARTS.items():
        number = len(thing.branches.get(branch, {}))
        if number:
            counts.append(f"{number} {word}{'' if number == 1 else 's'}")
    if thing.role == "status":
        return f": {thing.facets['name']} ({thing.facets['text']})"
    return f", {', '.join(counts)}" if counts else ""


def _decided(findings: Iterable[Finding], changes: Changes) -> Iterator[Finding]:
    """Name what only the whole set of findings can tell."""
    found = list(findings)
    for finding in found:
        if finding.rule.id == "D001" and _other_reading(finding, found, changes):
            chosen = rule("D006")
            yield replace(finding, rule=chosen, verdict=chosen.verdict)
        else:
            yield finding


def _other_reading(
    finding: Finding, findings: Sequence[Finding], changes: Changes
) -> bool:
    """A contradiction is worded anew, and what cites it is done in another way."""
    head, _, key = finding.at.partition("/")
    note = changes.new.branches.get("notes", {}).get(key) if head == "notes" else None
    if note is None or note.facets.get("kind") != "contradiction":
        return False
    if not any(detail.facet == "text" for detail in finding.details):
        return False
    citing = {
        "/".join(thing.path)
        for thing in changes.new.walk()
        if key in _tuple(thing.facets.get("notes"))
    }
    return any(
        other.groups & {Group.WIRE, Group.BEHAVIOUR}
        and any(other.at == at or other.at.startswith(f"{at}/") for at in citing)
        for other in findings
    )


def _tuple(value: Plain) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
