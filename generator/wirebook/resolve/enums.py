"""Enumerations: closed lists of values."""

from __future__ import annotations

from wirebook.model import Enumeration, EnumValue
from wirebook.naming import camel_case

from .reader import Entry
from .statuses import code_of, codes_of


def enumeration(key: str, entry: Entry) -> Enumeration:
    """Read one enumeration; integer values get their canonical spelling."""
    kind = entry.text("type", "string")
    return Enumeration(
        key=key,
        class_name=entry.text("class", camel_case(key)),
        kind=kind,
        values=tuple(
            _value(kind, value, row) for value, row in entry.children("values")
        ),
        unlisted_state=entry.maybe("unlisted_state"),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        renamed_from=entry.maybe("renamed_from"),
        where=entry.where,
    )


def _value(kind: str, value: str, entry: Entry) -> EnumValue:
    return EnumValue(
        value=code_of(kind, value, entry),
        name=entry.needed("name", value),
        text=entry.text("text"),
        aliases=codes_of(kind, entry, "aliases"),
        state=entry.maybe("state"),
        reserved=entry.flag("reserved"),
        src=entry.src(),
        notes=entry.notes(),
        renamed_from=entry.maybe("renamed_from"),
        where=entry.where,
    )
