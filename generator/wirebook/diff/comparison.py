"""Comparison: two sides, provider by provider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from .change import changes
from .evidence import demand
from .finding import Detail, Finding, order, rule
from .finding import Side as Place
from .judge import judge
from .places import Places
from .rule import Group
from .side import Side, Spec
from .tree import Thing, tree

_WHOLE = frozenset({Group.SOURCE, Group.WIRE, Group.BEHAVIOUR, Group.DOC})


class Comparison(Struct, frozen=True):
    """What happened between two sides.

    base, head: how the sides are called.
    findings: worst first.
    spacing: edits of texts that nobody can see, which are no change.
    """

    base: str
    head: str
    findings: tuple[Finding, ...]
    spacing: int = 0


def compare(base: Side, head: Side, only: Sequence[str] = ()) -> Comparison:
    """Compare all providers, or those whose id, on either side, is in `only`.

    Where a side is the folder of one provider, only that one is compared.
    """
    findings: list[Finding] = []
    spacing = 0
    for old, new in _pairs(base, head):
        ids = {spec.provider.id for spec in (old, new) if spec}
        if only and not ids & set(only):
            continue
        if (old is None and base.single) or (new is None and head.single):
            continue
        if old is None or new is None:
            findings += _whole(old, new)
            continue
        if _unchanged(base, old, head, new):
            continue
        found, unseen = _provider(old, new)
        findings += found
        spacing += unseen
    return Comparison(base.name, head.name, tuple(sorted(findings, key=order)), spacing)


def _pairs(base: Side, head: Side) -> Iterator[tuple[Spec | None, Spec | None]]:
    """Providers by id; then by `renamed_from`; then where one went and one came."""
    gone = {key: spec for key, spec in base.specs.items() if key not in head.specs}
    come = {key: spec for key, spec in head.specs.items() if key not in base.specs}
    for key, new in head.specs.items():
        if key in base.specs:
            yield base.specs[key], new
            continue
        former = _former(gone, new)
        if former is not None:
            del come[key]
            yield gone.pop(former), new
    for new in come.values():
        yield None, new
    for old in gone.values():
        yield old, None


def _former(gone: dict[str, Spec], new: Spec) -> str | None:
    if new.provider.renamed_from in gone:
        return new.provider.renamed_from
    urls = {server.url for server in new.provider.servers}
    same = [
        key
        for key, old in gone.items()
        if urls & {server.url for server in old.provider.servers}
    ]
    return same[0] if len(same) == 1 else None


def _unchanged(base: Side, old: Spec, head: Side, new: Spec) -> bool:
    """The same bytes mean the same, whatever they are read with."""
    names = old.provider.files
    return names == new.provider.files and all(
        base.files[name] == head.files[name] for name in names
    )


def _provider(old: Spec, new: Spec) -> tuple[list[Finding], int]:
    provider = new.provider.id
    found = changes(tree(old.provider), tree(new.provider))
    base, head = Places(old.documents), Places(new.documents)
    judged = judge(provider, found, base, head)
    findings = list(demand(provider, judged.findings, found))
    if old.provider.id != provider:
        findings.append(_renamed(old, new))
    return findings, judged.spacing


def _renamed(old: Spec, new: Spec) -> Finding:
    aliased = new.provider.renamed_from == old.provider.id
    found = rule("P010" if aliased else "P003")
    return Finding(
        rule=found,
        verdict=found.verdict,
        provider=new.provider.id,
        at=new.provider.id,
        role="provider",
        text=f"provider renamed: {old.provider.id} → {new.provider.id}",
        details=(Detail("", old.provider.id, new.provider.id),),
        groups=frozenset({Group.SOURCE}),
        base=Place(where=old.provider.where, value=old.provider.id),
        head=Place(where=new.provider.where, value=new.provider.id),
    )


def _whole(old: Spec | None, new: Spec | None) -> Iterator[Finding]:
    """A provider that came or went."""
    spec = new or old
    if spec is None:
        return
    found = rule("P002" if new else "P001")
    provider, root = spec.provider, tree(spec.provider)
    place = Place(where=provider.where, value=provider.id)
    counts = ", ".join(_counts(root))
    yield Finding(
        rule=found,
        verdict=found.verdict,
        provider=provider.id,
        at=provider.id,
        role="provider",
        text=f"provider {found.direction}: {counts}",
        groups=_WHOLE,
        base=None if new else place,
        head=place if new else None,
        claims=sum(1 for _ in root.leaves()),
    )


_COUNTED = {
    "operation": "operations",
    "status": "codes",
    "vector": "vectors",
    "note": "notes",
}


def _counts(root: Thing) -> Iterator[str]:
    things = list(root.walk())
    for role, words in _COUNTED.items():
        number = sum(thing.role == role for thing in things)
        yield f"{number} {words[:-1] if number == 1 else words}"
