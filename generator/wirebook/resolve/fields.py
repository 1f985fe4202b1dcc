"""Fields: parameters of requests and fields of models."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from wirebook.document import ListNode, MapNode, ScalarNode
from wirebook.model import (
    EncodeWhen,
    Entries,
    Field,
    FieldType,
    ListStyle,
    Model,
    Place,
    Split,
)
from wirebook.naming import camel_case

from .conditions import condition, conditions, rules
from .reader import Entry

PERSONAL = frozenset({FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL})
"""Types whose values are personal data unless the spec says otherwise."""

FORMATS = {
    FieldType.DATETIME: "iso8601",
    FieldType.DATE: "yyyy-MM-dd",
    FieldType.TIME: "HH:mm:ss",
}
"""How a moment is written where the spec names no format."""

_AS_THEY_ARE: Mapping[str, Callable[[Entry, str], object]] = {
    **dict.fromkeys(
        (
            *("default", "server_default", "minimum", "maximum", "pattern", "charset"),
            *("nested", "zone", "max_offset", "encode", "unit", "renamed_from"),
            "deprecated",
        ),
        Entry.maybe,
    ),
    **dict.fromkeys(
        ("min_length", "max_length", "max_length_numeric", "offset_step"),
        Entry.integer,
    ),
    **dict.fromkeys(
        ("optional", "nullable", "secret", "item_status", "item_message"), Entry.flag
    ),
    "summary": Entry.text,
    "formats": Entry.texts,
    "ahead": Entry.number,
}
"""Keys that the model has by the same name, and how each is read."""


def model(key: str, entry: Entry) -> Model:
    """Read a model: its fields have no place."""
    fields = entry.child("fields")
    names = tuple(fields.node.entries) if fields else ()
    return Model(
        key=key,
        class_name=entry.text("class", camel_case(key)),
        fields=tuple(
            field(name, child, None, names) for name, child in entry.children("fields")
        ),
        rules=tuple(rules(entry, names)),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        renamed_from=entry.maybe("renamed_from"),
        where=entry.where,
    )


def field(
    name: str, entry: Entry, place: Place | None, siblings: Collection[str]
) -> Field:
    """Read one field.

    place: where it travels unless it says otherwise; None in a model.
    siblings: what conditions may speak about.
    """
    scope = entry.scope
    kind = entry.choice("type", FieldType) or FieldType.STRING
    where = entry.choice("in", Place) or place
    split = entry.child("split")
    default_format = None if split else FORMATS.get(kind)
    return Field(
        name=name,
        wire=entry.text("wire", name),
        wire_aliases=entry.texts("aliases"),
        type=kind,
        place=where,
        list=_list_style(entry, kind, where),
        entries=_entries(entry),
        enum=_reference(entry, "enum", scope.enums),
        table=_reference(entry, "table", scope.tables),
        model=_reference(entry, "model", scope.models),
        format=entry.maybe("format") or default_format,
        split=tuple(
            Split(wire=wire, format=format) for wire, format in entry.pairs("split")
        ),
        spelling=_spelling(entry),
        spelling_numbers=_in_numbers(entry),
        encode_when=_encode_when(entry, siblings),
        required_when=conditions(entry, "required_when", siblings),
        pii=entry.flag("pii", kind in PERSONAL),
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
        **entry.given(_AS_THEY_ARE),
    )


def _reference(entry: Entry, kind: str, known: Collection[str]) -> str | None:
    name = entry.maybe(kind)
    if name is not None:
        entry.scope.check(kind, name, known, entry.place(kind))
    return name


def _list_style(entry: Entry, kind: FieldType, place: Place | None) -> ListStyle | None:
    node = entry.get("list")
    if node is None:
        return None
    if not isinstance(node, MapNode):
        return ListStyle(style=_usual(place)) if entry.flag("list") else None
    style = Entry(node, entry.scope, entry.node.keys.get("list"))
    forms = ("join", "columns", "repeat", "indexed", "json")
    given = next((form for form in forms if style.has(form)), None)
    names = {
        "join": "joined",
        "columns": "columns",
        "repeat": "repeated",
        "indexed": "indexed",
        "json": "json",
        None: _usual(place),
    }
    first = style.integer("first")
    return ListStyle(
        style=names[given],
        separator=style.maybe(given) if given in ("join", "columns") else None,
        cells=style.maybe("cells"),
        min_items=style.integer("min"),
        max_items=style.integer("max"),
        first=1 if first is None else first,
        item=style.maybe("item"),
        unique=style.flag("unique"),
    )


def _entries(entry: Entry) -> Entries | None:
    child = entry.child("entries")
    if child is None:
        return None
    return Entries(
        key=child.needed("key"), value=child.needed("value"), fixed=child.pairs("fixed")
    )


def _usual(place: Place | None) -> str:
    return "json" if place in (None, Place.JSON) else "repeated"


def _spelling(entry: Entry) -> tuple[str, str] | None:
    words = entry.texts("spelling")
    if not words:
        return None
    if not isinstance(entry.get("spelling"), ListNode) or len(words) != 2:
        entry.wrong("spelling", "two texts, of false and of true")
        return None
    return words[0], words[1]


def _in_numbers(entry: Entry) -> bool:
    words = entry.get("spelling")
    return isinstance(words, ListNode) and all(
        isinstance(word, ScalarNode) and type(word.value) is int for word in words.items
    )


def _encode_when(entry: Entry, siblings: Collection[str]) -> EncodeWhen | None:
    child = entry.child("encode_when")
    when = condition(child, siblings)
    if child is None or when is None:
        return None
    return EncodeWhen(encode=child.needed("encode"), when=when)
