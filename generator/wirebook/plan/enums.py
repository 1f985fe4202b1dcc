"""enums.py: the closed lists of values, as members with the provider's words."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import Expression, mapping
from wirebook.layout import Assign, statement
from wirebook.model import Enumeration, EnumValue, Product, Provider
from wirebook.naming import constant
from wirebook.prose import Prose, flat, sections, sentences

from .delivery import of_enum, states
from .function import Function
from .module import Module
from .renamed import members
from .statuses import Member
from .words import note_texts


class Enum(Struct, frozen=True):
    """One enum with its members."""

    class_name: Code
    base: Code
    docstring: Code
    members: tuple[Member, ...]
    properties: tuple[Function, ...]
    tables: tuple[Code, ...]
    """Constants beside the class: other spellings, delivery states."""


class Enums(Struct, frozen=True):
    """What enums.py contains."""

    docstring: Code
    imports: Code
    enums: tuple[Enum, ...]


def enums(provider: Provider, product: Product) -> Enums:
    module = Module(provider, product, "enums")
    entries = tuple(_enum(module, enum) for enum in product.enums)
    title = product.title or provider.title
    words = Prose(0).summary(f"The values that {title} defines.").text()
    return Enums(docstring(words), module.imports.code(), entries)


def spellings(enum: Enumeration) -> str | None:
    """The constant with further codes of members, if replies have any."""
    if not any(value.aliases for value in enum.values):
        return None
    return f"{constant(enum.key)}_SPELLINGS"


def _enum(module: Module, enum: Enumeration) -> Enum:
    base = module.imports.name("enum", "IntEnum" if enum.kind == "int" else "StrEnum")
    heading = sentences(enum.summary) or f"Values of {enum.key.replace('_', ' ')}."
    words = Prose(1).summary(f"{heading} {sections(enum.src)}")
    words.bullets(note_texts(module.provider, enum.notes))
    return Enum(
        identifier(enum.class_name),
        base,
        docstring(words.text(), 1),
        tuple(_member(enum, value) for value in enum.values),
        tuple(of_enum(module, enum)),
        tuple(_tables(module, enum)),
    )


def aliased(enum: Enumeration, value: str) -> EnumValue:
    """The entry of a wire value; aliases are spellings too."""
    for entry in enum.values:
        if value == entry.value or value in entry.aliases:
            return entry
    raise KeyError(value)


def typed(enum: Enumeration, value: str) -> Code:
    return literal(int(value) if enum.kind == "int" else value)


def _member(enum: Enumeration, value: EnumValue) -> Member:
    text = flat(value.text) or value.name.replace("_", " ").capitalize()
    if value.reserved:
        text = sentences(text, "Reserved")
    return Member(
        statement(Assign(identifier(value.name), typed(enum, value.value)), 1),
        docstring(Prose(1).summary(text).text(), 1),
    )


def _tables(module: Module, enum: Enumeration) -> list[Code]:
    tables: list[Code] = []
    name = spellings(enum)
    if name is not None:
        entries: list[tuple[Expression, Expression]] = [
            (literal(alias), identifier(f"{enum.class_name}.{value.name}"))
            for value in enum.values
            for alias in value.aliases
        ]
        final = module.imports.name("typing", "Final")
        tables.append(statement(Assign(identifier(name), mapping(entries), final), 0))
    tables += states(module, enum)
    former = members(module, enum)
    return tables if former is None else [*tables, former]
