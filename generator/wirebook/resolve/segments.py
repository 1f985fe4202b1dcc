"""Segments: how many messages a text is billed as."""

from __future__ import annotations

from wirebook.model import Segments

from .fields import condition
from .reader import Entry


def segments(key: str, entry: Entry) -> Segments:
    """Read one counting rule; `when` names a parameter of any operation here."""
    scope = entry.scope
    prefix = f"{scope.product}." if scope.product else ""
    names = dict.fromkeys(
        name
        for id, site in scope.operations.items()
        if id.startswith(prefix)
        for name in site.parameters
    )
    when = condition(entry.child("when"), names)
    return Segments(
        key=key,
        unit=entry.text("unit", "characters"),
        single=entry.integer("single") or 0,
        part=entry.integer("part") or 0,
        parameter=when.parameter if when else None,
        values=when.values if when else (),
        charset=entry.maybe("charset"),
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )
