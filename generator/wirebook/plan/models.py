"""models.py: records, how a reply becomes one, and how one becomes a request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from wirebook.code import Code, docstring, identifier
from wirebook.expression import Expression, call, listing, sequence, subscript, texts
from wirebook.layout import (
    Assign,
    Declare,
    Parameter,
    Return,
    Statement,
    class_line,
    signature,
    statement,
    statements,
)
from wirebook.model import (
    Field,
    FieldType,
    Model,
    Operation,
    Place,
    Product,
    Provider,
)
from wirebook.prose import Prose, sections, sentences

from .arguments import argument_parameter, has_default
from .conditions import Conditions
from .decoding import decoder
from .delivery import of_model
from .documentation import limits
from .function import Function
from .module import Module
from .parameters import Target, field_lines, in_charset
from .rules import checks, required
from .types import NONE, attribute, may_be_absent
from .words import note_texts

PERSONAL = frozenset({FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL})
"""What must not show in a repr."""


class Use(NamedTuple):
    """Where a record travels in a request, and in which charset."""

    place: Place
    charset: str


class Attribute(Struct, frozen=True):
    """One field of a record."""

    declaration: Code
    docstring: Code


class Record(Struct, frozen=True):
    """One class of records, and the functions for it."""

    class_line: Code
    docstring: Code
    attributes: tuple[Attribute, ...]
    properties: tuple[Function, ...]
    functions: tuple[Function, ...]


class Models(Struct, frozen=True):
    """What models.py contains."""

    docstring: Code
    imports: Code
    models: tuple[Record, ...]


def models(provider: Provider, product: Product) -> Models:
    module = Module(provider, product, "models")
    read, written = directions(provider, product)
    entries = tuple(
        _record(module, model, model.key in read, written.get(model.key, set()))
        for model in product.models
    )
    title = product.title or provider.title
    words = Prose(0).summary(f"What {title} answers with, and is asked with.").text()
    return Models(docstring(words), module.imports.code(), entries)


def directions(
    provider: Provider, product: Product
) -> tuple[set[str], dict[str, set[Use]]]:
    """Which of a product's models replies hold, and which travel how in requests."""
    users = [product] if product.key else [provider.shared, *provider.products]
    operations = [op for one in users for op in one.operations]
    read = {callback.model for one in users for callback in one.callbacks}
    known = {model.key: model for one in users for model in one.models}
    written: dict[str, set[Use]] = {}
    for operation in operations:
        read |= set(_returned(operation))
        for field in operation.parameters:
            for key in _closed(known, {field.model} if field.model else set()):
                use = Use(_place(field, operation), operation.charset)
                written.setdefault(key, set()).add(use)
    read = _closed(known, read)
    # What nothing uses yet is there to be read.
    return read | {key for key in known if key not in written}, written


def _place(field: Field, operation: Operation) -> Place:
    """Where a record travels; inside of a JSON text it keeps the types of JSON."""
    listed = field.list is not None and field.list.style == "json"
    if listed or field.encode == "json":
        return Place.JSON
    return field.place or operation.place


def _returned(operation: Operation) -> Iterator[str]:
    for reply in (operation.reply, *(one.reply for one in operation.alternates)):
        if reply.returns_model and reply.returns is not None:
            yield reply.returns


def _closed(known: dict[str, Model], keys: set[str]) -> set[str]:
    """The models and those inside of them."""
    found: set[str] = set()
    waiting = [key for key in keys if key in known]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            parts = (field.model for field in known[key].fields)
            waiting += [part for part in parts if part is not None and part in known]
    return found


def _record(module: Module, model: Model, read: bool, uses: set[Use]) -> Record:
    base = module.floor("record", "Record")
    hidden = [f.name for f in model.fields if f.secret or f.pii or f.type in PERSONAL]
    words = Prose(1).summary(
        f"{sentences(model.summary) or model.class_name + '.'} {sections(model.src)}"
    )
    words.bullets(note_texts(module.provider, model.notes))
    functions: list[Function] = []
    if read:
        functions.append(_reader(module, model))
    if uses:
        functions.append(_writer(module, model, read, uses))
    return Record(
        class_line(model.class_name, base, hidden=texts(hidden) if hidden else None),
        docstring(words.text(), 1),
        tuple(_attribute(module, field, read, bool(uses)) for field in model.fields),
        tuple(of_model(module, model)) if read else (),
        tuple(functions),
    )


def _attribute(module: Module, field: Field, read: bool, written: bool) -> Attribute:
    name = identifier(field.name)
    if written:
        parameter = argument_parameter(module, field, also_read=read)
        assert parameter.annotation is not None
        node = Declare(name, parameter.annotation, parameter.default)
    else:
        default: Expression | None = None
        if field.list is not None:
            default = sequence(()) if field.optional else None
        elif may_be_absent(field):
            default = NONE
        node = Declare(name, attribute(module, field), default)
    text = sentences(
        field.summary or field.name.replace("_", " ").capitalize(),
        *limits(field, read=not written),
    )
    return Attribute(statement(node, 1), docstring(Prose(1).summary(text).text(), 1))


def _reader(module: Module, model: Model) -> Function:
    tree = module.floor("decode", "Tree")
    values: dict[str, Expression | None] = {
        field.name: decoder(module, field) for field in model.fields
    }
    kind = identifier(model.class_name)
    made = call(module.floor("record", "made"), kind, **values)
    return Function(
        signature(
            f"read_{model.key}",
            [Parameter("tree", tree)],
            identifier(model.class_name),
            0,
        ),
        statements([Return(made)], 1),
    )


def _as_read(field: Field) -> Field:
    """What a reply has left out is left out when it is sent back."""
    if has_default(field) and may_be_absent(field):
        return replace(field, default=None)
    return field


def _writer(module: Module, model: Model, read: bool, uses: set[Use]) -> Function:
    """The record as the value of a field of a request."""
    fields = [_as_read(field) for field in model.fields] if read else model.fields
    places = {use.place for use in uses}
    charset, *others = {use.charset for use in uses}
    if not others:
        fields = [in_charset(field, charset) for field in fields]
    value = module.floor("encode", "Value")
    body = module.floor_module("body")
    place = Place.JSON if Place.JSON in places else sorted(places)[0]
    conditions = Conditions(module, fields, model.rules, owner="record.")
    target = Target(module, conditions, place, record=True)
    pairs = subscript("list", subscript("tuple", identifier("str"), value))
    lines: list[Statement] = [
        Assign(identifier("fields"), listing(()), pairs),
        *conditions.statements(),
    ]
    for field in fields:
        lines += field_lines(target, field)
    lines += required(module, conditions, fields)
    lines += checks(module, conditions, model.rules)
    lines.append(Return(call(f"{body}.tree", identifier("fields"))))
    return Function(
        signature(
            f"write_{model.key}",
            [Parameter("record", identifier(model.class_name))],
            value,
            0,
        ),
        statements(lines, 1),
    )
