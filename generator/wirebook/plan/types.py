"""The Python types of parameters and of model fields."""

from __future__ import annotations

from wirebook.code import identifier, literal
from wirebook.expression import ELLIPSIS, Expression, subscript, union
from wirebook.model import Field, FieldType, Reply

from .module import Module

TEXTS = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL})
"""What is a str in Python."""

NONE = literal(None)
STR = identifier("str")


def argument(module: Module, field: Field, also_read: bool = False) -> Expression:
    """The type that a caller may pass; None, for what may be left out, comes on top.

    also_read: codes that no page lists, which survive as texts, have to fit too.
    """
    one = _argument(module, field)
    if also_read and field.type in (FieldType.ENUM, FieldType.STATUS):
        one = _value(module, field)
    if field.list is not None and field.type is not FieldType.ROWS:
        one = subscript(module.imports.name("collections.abc", "Sequence"), one)
    return one


def attribute(module: Module, field: Field) -> Expression:
    """The type of a model's attribute."""
    one = _value(module, field)
    if field.list is not None:
        return subscript("tuple", one, ELLIPSIS)
    return union(one, NONE) if may_be_absent(field) else one


def element(module: Module, field: Field) -> Expression:
    """The type of one item of a model's attribute."""
    return _value(module, field)


def may_be_absent(field: Field) -> bool:
    return field.optional or field.nullable


def returned(module: Module, reply: Reply) -> Expression:
    """What a call with this reply returns."""
    if reply.returns is None:
        return NONE
    if reply.returns_model:
        one: Expression = module.model_class(reply.returns)
    else:
        one = scalar(module, FieldType(reply.returns))
    if reply.list and item_status(module, reply) is not None:
        return subscript(module.floor("results", "Results"), one)
    if reply.list:
        return subscript("list", one)
    return union(one, NONE) if reply.optional else one


def item_status(module: Module, reply: Reply) -> Field | None:
    """The field of the result's model that judges its item."""
    if not reply.returns_model or reply.returns is None:
        return None
    for field in module.model(reply.returns).fields:
        if field.item_status:
            return field
    return None


def scalar(module: Module, kind: FieldType) -> Expression:
    """The type of a value that needs nothing but its kind."""
    match kind:
        case FieldType.INTEGER:
            return identifier("int")
        case FieldType.DECIMAL:
            return module.imports.name("decimal", "Decimal")
        case FieldType.BOOLEAN:
            return identifier("bool")
        case FieldType.DATETIME:
            return module.imports.name("datetime", "datetime")
        case FieldType.DATE:
            # By their module: fields are called `date` and `time` all too often.
            module.imports.module("datetime", "dt")
            return identifier("dt.date")
        case FieldType.TIME:
            module.imports.module("datetime", "dt")
            return identifier("dt.time")
        case FieldType.BYTES:
            return module.floor("record", "Download")
        case FieldType.JSON:
            return module.floor("decode", "Tree")
        case FieldType.MAP:
            mapping = module.imports.name("collections.abc", "Mapping")
            return subscript(mapping, STR, STR)
        case FieldType.ROWS:
            return subscript("tuple", subscript("tuple", STR, ELLIPSIS))
        case FieldType.FILE:
            return module.floor("record", "File")
        case _:
            return STR


def _value(module: Module, field: Field) -> Expression:
    if field.type is FieldType.ENUM and field.enum is not None:
        # Values that the page does not list survive as they came.
        return union(module.enum_class(field.enum), STR)
    if field.type is FieldType.STATUS and field.table is not None:
        return union(module.table_class(field.table), STR)
    if field.type is FieldType.OBJECT and field.model is not None:
        return module.model_class(field.model)
    if field.type is FieldType.BYTES:
        return identifier("bytes")
    if field.secret and field.type in TEXTS:
        return module.floor("secret", "Secret")
    return scalar(module, field.type)


def _argument(module: Module, field: Field) -> Expression:
    match field.type:
        case FieldType.ENUM if field.enum is not None:
            return module.enum_class(field.enum)
        case FieldType.STATUS if field.table is not None:
            return module.table_class(field.table)
        case FieldType.OBJECT if field.model is not None:
            return module.model_class(field.model)
        case FieldType.BYTES:
            return identifier("bytes")
        case FieldType.ROWS:
            sequence = module.imports.name("collections.abc", "Sequence")
            return subscript(sequence, subscript(sequence, STR))
        case _ if field.secret and field.type in TEXTS:
            return union(STR, module.floor("secret", "Secret"))
        case _:
            return scalar(module, field.type)
