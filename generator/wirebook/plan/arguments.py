"""The arguments of an operation: what the signature says about each parameter."""

from __future__ import annotations

from collections.abc import Iterable

from wirebook.code import Code, identifier, literal
from wirebook.expression import Expression, call, subscript, union
from wirebook.layout import Parameter
from wirebook.model import Enumeration, Field, FieldType, Operation

from .enums import aliased
from .module import Module
from .types import NONE, TEXTS, argument, may_be_absent

MARKER = Parameter("*")


def parameters(module: Module, operation: Operation) -> list[Parameter]:
    """Keyword-only, in the spec's order; the wire form comes last."""
    found = [argument_parameter(module, field) for field in operation.parameters]
    if operation.variants:
        keys = [variant.key for variant in operation.variants]
        found.append(choice(module, "variant", keys, keys[0]))
    return [MARKER, *found] if found else []


def passed(operation: Operation) -> list[str]:
    """The names that a client hands on to the operation's function."""
    names = [field.name for field in operation.parameters]
    return [*names, "variant"] if operation.variants else names


def choice(
    module: Module, name: str, values: Iterable[str], default: str | None
) -> Parameter:
    """One of a few texts."""
    choices = [literal(value) for value in values]
    annotation = subscript(module.imports.name("typing", "Literal"), *choices)
    return Parameter(name, annotation, None if default is None else literal(default))


def may_be_none(field: Field) -> bool:
    """Whether a caller may leave the parameter out, with nothing in its place."""
    if field.default is not None:
        return not has_default(field)
    return field.optional or field.required_when is not None


def has_default(field: Field) -> bool:
    """Whether the default can stand in the signature as a Python value."""
    return (
        field.default is not None
        and field.list is None
        and (
            field.type in TEXTS
            or field.type
            in (FieldType.INTEGER, FieldType.DECIMAL, FieldType.BOOLEAN, FieldType.ENUM)
        )
    )


def default_value(module: Module, field: Field) -> Expression:
    """The default as a Python value, where `has_default`."""
    text = field.default or ""
    match field.type:
        case FieldType.INTEGER:
            return literal(int(text))
        case FieldType.DECIMAL:
            return call(module.imports.name("decimal", "Decimal"), literal(text))
        case FieldType.BOOLEAN:
            return literal(truth(field, text))
        case FieldType.ENUM if field.enum is not None:
            return member(module, field.enum, text)
        case _:
            return literal(text)


def truth(field: Field, text: str) -> bool:
    """What a wire text says about a boolean."""
    return text == (field.spelling[1] if field.spelling else "true")


def member(module: Module, key: str, value: str) -> Code:
    """`enums.MessageType.FLASH` for a wire value."""
    enum: Enumeration = module.enum(key)
    return identifier(f"{module.enum_class(key)}.{aliased(enum, value).name}")


def argument_parameter(
    module: Module, field: Field, *, also_read: bool = False
) -> Parameter:
    """Name, type and default of one parameter.

    also_read: of a record that replies hold too, so what they may say has to fit.
    """
    annotation = argument(module, field, also_read)
    if has_default(field):
        if also_read and field.list is None and may_be_absent(field):
            annotation = union(annotation, NONE)
        return Parameter(field.name, annotation, default_value(module, field))
    if may_be_none(field):
        return Parameter(field.name, union(annotation, NONE), NONE)
    if field.nullable:
        return Parameter(field.name, union(annotation, NONE))
    return Parameter(field.name, annotation)
