"""What the parts of a reference page share: links, notes, sources, types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from wirebook.expression import flat
from wirebook.markdown import (
    Markdown,
    anchor,
    bullets,
    code,
    joined,
    link,
    sealed,
    stacked,
    strong,
    text,
)
from wirebook.markdown import sentence as full
from wirebook.model import (
    Enumeration,
    Field,
    FieldType,
    Model,
    Note,
    Product,
    Provider,
    Reply,
    StatusTable,
)

from . import types
from .module import Module

Keyed = TypeVar("Keyed", StatusTable, Enumeration, Model)

NOTHING = text("")
_MODULE = re.compile(r"\b(?:shared_)?(?:enums|models|statuses|_?runtime)\.")


class Page:
    """One page: it knows where its links lead, and which notes it speaks of.

    A page of a product holds what the product defines; what its siblings share
    stands on the provider's page.
    """

    def __init__(self, provider: Provider, product: Product, home: str = "") -> None:
        self.provider = provider
        self.product = product
        self.home = home
        """The provider's page, from here; empty when this is it."""
        self._notes: dict[str, Note] = {}
        self._known = {note.key: note for note in provider.notes}

    # Notes and sources

    def notes(self, keys: Iterable[str]) -> Markdown:
        """Links to notes, which the page then explains."""
        links: list[Markdown] = []
        for key in keys:
            if key in self._known:
                self._notes[key] = self._known[key]
                label = text(key.replace("_", " "))
                links.append(link(label, f"#{note_anchor(key)}"))
        return joined(links, ", ")

    def noted(self, words: Markdown, keys: Iterable[str]) -> Markdown:
        """Words, and in brackets the notes on them."""
        notes = self.notes(keys)
        return joined([words, sealed(f"({notes})") if notes else NOTHING])

    @property
    def mentioned(self) -> tuple[Note, ...]:
        """The notes that this page speaks of."""
        return tuple(self._notes.values())

    # What the specs define

    def table_link(self, key: str) -> Markdown:
        found = self._find(key, self.product.tables, self.provider.shared.tables)
        return self._link("status", found)

    def enum_link(self, key: str) -> Markdown:
        found = self._find(key, self.product.enums, self.provider.shared.enums)
        return self._link("enum", found)

    def model_link(self, key: str) -> Markdown:
        found = self._find(key, self.product.models, self.provider.shared.models)
        return self._link("model", found)

    def table(self, key: str) -> StatusTable:
        return self._find(key, self.product.tables, self.provider.shared.tables)[0]

    def model(self, key: str) -> Model:
        return self._find(key, self.product.models, self.provider.shared.models)[0]

    def operation_link(self, name: str) -> Markdown:
        """`name` as operations name each other: in their own product first."""
        names = {operation.name for operation in self.product.operations}
        if name in names:
            return link(code(name), f"#operation-{name}")
        product, _, bare = name.partition(".")
        if product == self.product.key and bare in names:
            return link(code(bare), f"#operation-{bare}")
        if any(name == operation.id for operation in self.provider.operations):
            return link(code(name), f"{product}.md#operation-{bare}")
        return code(name)

    def type_of(self, field: Field, *, argument: bool) -> Markdown:
        """The Python type, linked to what this documentation says of it."""
        absent = (field.optional or field.nullable) and not argument
        target = NOTHING
        if field.type is FieldType.ENUM and field.enum:
            target = self.enum_link(field.enum)
        elif field.type is FieldType.STATUS and field.table:
            target = self.table_link(field.table)
        elif field.type is FieldType.OBJECT and field.model:
            target = self.model_link(field.model)
        if target and field.list is not None:
            return joined([text("list of"), target])
        if target:
            return joined([target, text("or"), code("None")]) if absent else target
        module = Module(self.provider, self.product, "docs")
        shape = types.argument if argument else types.attribute
        written = _MODULE.sub("", flat(shape(module, field)))
        parts = [written] if "[" in written else written.split(" | ")
        return joined(map(code, parts), " or ")

    def returned(self, reply: Reply) -> Markdown:
        """What a call gives, in words."""
        if reply.returns is None:
            return code("None")
        if reply.returns_model:
            one = self.model_link(reply.returns)
        else:
            module = Module(self.provider, self.product, "docs")
            shape = types.scalar(module, FieldType(reply.returns))
            one = code(_MODULE.sub("", flat(shape)))
        if reply.list:
            return joined([text("a list of"), one])
        return joined([one, text("or"), code("None")]) if reply.optional else one

    def _link(self, kind: str, found: tuple[Keyed, bool]) -> Markdown:
        entry, here = found
        place = "" if here else self.home
        return link(code(entry.class_name), f"{place}#{kind}-{entry.key}")

    def _find(
        self, key: str, own: Sequence[Keyed], shared: Sequence[Keyed]
    ) -> tuple[Keyed, bool]:
        for entries, here in ((own, True), (shared, not self.home)):
            for entry in entries:
                if entry.key == key:
                    return entry, here
        raise KeyError(key)


def note_anchor(key: str) -> str:
    return f"note-{key}"


class NoteGroup(Struct, frozen=True):
    """The notes of one kind."""

    title: Markdown
    notes: Markdown


def note_groups(notes: Iterable[Note]) -> tuple[NoteGroup, ...]:
    """Notes with their anchors, the contradictions first."""
    found = list(notes)
    return tuple(
        NoteGroup(
            text(title), bullets(_note(note) for note in found if note.kind == kind)
        )
        for kind, title in _KINDS.items()
        if any(note.kind == kind for note in found)
    )


_KINDS = {
    "contradiction": "Contradictions",
    "assumption": "Assumptions",
    "omission": "Not said",
    "variant": "Variants",
    "fact": "Facts",
}


def _note(note: Note) -> Markdown:
    title = strong(note.key.replace("_", " "))
    words = sourced(full(note.text), note.src)
    return joined([sealed(anchor(note_anchor(note.key)) + title + ":"), words])


def source(src: Iterable[str]) -> Markdown:
    """Where a fact comes from, for a cell."""
    return stacked(text(one) for one in src)


def sourced(words: Markdown, src: Iterable[str]) -> Markdown:
    """Words, and in brackets where they come from."""
    sources = joined((text(one) for one in src), "; ")
    return joined([words, sealed(f"({sources})") if sources else NOTHING])


def seconds(value: float) -> str:
    """`30 s`, `0.5 s`, `30 min`."""
    if value >= 120 and value % 60 == 0:
        return f"{value / 60:g} min"
    return f"{value:g} s"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
