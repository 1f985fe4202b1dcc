"""What a spec has from a source: what the source's pages should still say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from wirebook.fold import fold
from wirebook.model import Field, Provider, Where
from wirebook.rules.lookup import holders, operations

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)


class Row(Struct, frozen=True):
    """One code.  `texts` are the provider's wordings, the usual one first."""

    code: str
    spellings: tuple[str, ...]
    """The code and its aliases."""
    name: str
    texts: tuple[str, ...]
    where: Where
    cited: bool
    """Whether it is from the sources in question."""


class CodeTable(Struct, frozen=True):
    """A status table or an enum; `kind` is the key of the spec that holds it."""

    kind: str
    key: str
    type: str
    words: frozenset[str]
    """What a heading of it would be made of."""
    rows: tuple[Row, ...]
    where: Where

    @property
    def cited(self) -> bool:
        return any(row.cited for row in self.rows)


class Named(Struct, frozen=True):
    """A parameter or a field; `owner` is its operation or model."""

    owner: str
    name: str
    wire: str
    cited: bool
    where: Where


class Quote(Struct, frozen=True):
    """A text that is no row of a table."""

    text: str
    where: Where


class Expected(Struct, frozen=True):
    tables: tuple[CodeTable, ...]
    """All tables: those of other sources tell what a list on a page is."""
    named: tuple[Named, ...]
    always: frozenset[str]
    """Wire names that the client fills in itself: credentials and constants."""
    quotes: tuple[Quote, ...]


def expected(provider: Provider, sources: Collection[str]) -> Expected:
    """Everything that a page of these sources may speak about."""
    return Expected(
        tuple(_tables(provider, sources)),
        tuple(_named(provider, sources)),
        frozenset(_always(provider)),
        tuple(_quotes(provider, sources)),
    )


def words(text: str) -> frozenset[str]:
    """What tells one heading from another."""
    found = re.findall(r"\w+", fold(text).casefold().replace("_", " "))
    return frozenset(found) - _COMMON


_COMMON = frozenset(
    {
        *("a", "an", "and", "code", "codes", "description", "error", "errors", "for"),
        *("list", "message", "meaning", "of", "reason", "response", "result", "return"),
        *("state", "status", "statuses", "table", "the", "value", "values"),
    }
)


def _cites(src: tuple[str, ...], sources: Collection[str]) -> bool:
    return any(each.partition("#")[0] in sources for each in src)


def _heading(key: str, src: tuple[str, ...]) -> frozenset[str]:
    sections = " ".join(each.partition("#")[2] for each in src)
    return words(f"{key} {sections}")


def _tables(provider: Provider, sources: Collection[str]) -> Iterator[CodeTable]:
    other = _other_wordings(provider)
    for product, _ in holders(provider):
        for table in product.tables:
            rows = tuple(
                Row(
                    row.code,
                    (row.code, *row.aliases),
                    row.name,
                    (row.text, *other.get((table.key, row.code), ())),
                    row.where,
                    _cites(row.src, sources),
                )
                for row in table.statuses
            )
            yield CodeTable(
                "statuses",
                table.key,
                table.kind,
                _heading(table.key, table.src),
                rows,
                table.where,
            )
        for enum in product.enums:
            values = tuple(
                Row(
                    value.value,
                    (value.value, *value.aliases),
                    value.name,
                    (value.text,) if value.text else (),
                    value.where,
                    _cites(value.src, sources) and bool(value.text),
                )
                for value in enum.values
            )
            yield CodeTable(
                "enums",
                enum.key,
                enum.kind,
                _heading(enum.key, enum.src),
                values,
                enum.where,
            )


def _other_wordings(provider: Provider) -> dict[tuple[str, str], list[str]]:
    """What single operations' pages say about a code."""
    found: dict[tuple[str, str], list[str]] = {}
    for operation, _ in operations(provider):
        for code, text in operation.statuses.texts:
            found.setdefault((operation.statuses.table or "", code), []).append(text)
    return found


def _named(provider: Provider, sources: Collection[str]) -> Iterator[Named]:
    for product, _ in holders(provider):
        for operation in product.operations:
            for field in operation.parameters:
                yield from _field(operation.id, field, sources)
        for model in product.models:
            for field in model.fields:
                yield from _field(model.key, field, sources)


def _always(provider: Provider) -> Iterator[str]:
    for scheme in provider.schemes:
        for placement in scheme.placements:
            yield placement.wire.rpartition(".")[2]
    for operation, _ in operations(provider):
        yield from (wire for _, wire, _ in operation.fixed)
        yield from (name for name, _ in operation.headers)


def _field(owner: str, field: Field, sources: Collection[str]) -> Iterator[Named]:
    """A field by the last name of its path: `params.strTime` stands as `strTime`."""
    for wire in [split.wire for split in field.split] or [field.wire]:
        leaf = _NAME.findall(wire.replace("{i}", ""))
        if leaf:
            cited = _cites(field.src, sources)
            yield Named(owner, field.name, leaf[-1], cited, field.where)


def _quotes(provider: Provider, sources: Collection[str]) -> Iterator[Quote]:
    for operation, _ in operations(provider):
        for rule in operation.rules:
            if rule.text and _cites(rule.src, sources):
                yield Quote(rule.text, rule.where)
        use = operation.statuses
        if use.texts and _cites(use.src or operation.src, sources):
            for _, text in use.texts:
                yield Quote(text, operation.where)
