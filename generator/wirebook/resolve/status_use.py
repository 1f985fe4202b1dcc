"""Status use: which tables judge the replies of an operation."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.document import MapNode
from wirebook.model import Effect, StatusUse

from .reader import Entry
from .scope import children
from .statuses import code_of


def status_use(entry: Entry) -> StatusUse:
    """Read which tables there are, and the codes documented here."""
    scope = entry.scope
    use = entry.child("statuses")
    if use is None:
        return StatusUse()
    for key in ("table", "http", "items"):
        name = use.maybe(key)
        if name is not None:
            scope.check("table", name, scope.tables, use.place(key))
    table = use.maybe("table")
    check_codes(use, "only", table)
    check_codes(use, "texts", table)
    check_codes(use, "effects", table)
    kind = _kind(use, table)
    return StatusUse(
        table=table,
        only=tuple(code_of(kind, code) for code in use.texts("only")),
        texts=tuple((code_of(kind, code), text) for code, text in use.pairs("texts")),
        effects=tuple(_effects(use, kind)),
        http=use.maybe("http"),
        items=use.maybe("items"),
        src=use.src(),
    )


def _effects(use: Entry, kind: str) -> Iterator[tuple[str, Effect]]:
    effects = use.child("effects")
    for code in effects.node.entries if effects is not None else ():
        assert effects is not None
        effect = effects.choice(code, Effect)
        if effect is not None:
            yield code_of(kind, code), effect


def check_codes(entry: Entry, key: str, table: str | None) -> None:
    """Report codes under a key that are no rows (or aliases) of the table."""
    node = entry.scope.tables.get(table or "")
    found = entry.get(key)
    if node is None or found is None:
        return
    kind = _kind(entry, table)
    rows = children(node, "codes")
    known = {code_of(kind, code): code for code in rows}
    for row in rows.values():
        for alias in Entry(row, entry.scope).texts("aliases"):
            known.setdefault(code_of(kind, alias), alias)
    if isinstance(found, MapNode):
        written = list(found.keys.items())
    else:
        written = [(item.text, item.where) for item in entry.scalars(key)]
    for code, where in written:
        entry.scope.check("code", code_of(kind, code), known, where)


def _kind(entry: Entry, table: str | None) -> str:
    node = entry.scope.tables.get(table or "")
    return Entry(node, entry.scope).text("type", "string") if node else "string"
