"""Segments: how many messages a text is billed as."""

from __future__ import annotations

from wirebook.model import Segments

from .conditions import condition
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
    stated = entry.child("stated")
    model = None
    if stated is not None:
        model = stated.needed("model")
        scope.check("model", model, scope.models, stated.place("model"))
        for length in ("single", "part"):
            name = stated.needed(length)
            scope.field(scope.models, model, name, stated.place(length))
    when = condition(entry.child("when"), names)
    return Segments(
        key=key,
        unit=entry.text("unit", "characters"),
        single=entry.integer("single") or 0,
        part=entry.integer("part") or 0,
        parameter=when.parameter if when else None,
        values=when.values if when else (),
        charset=entry.maybe("charset"),
        model=model,
        single_field=stated.maybe("single") if stated else None,
        part_field=stated.maybe("part") if stated else None,
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )
