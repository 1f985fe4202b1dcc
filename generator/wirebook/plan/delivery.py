"""Delivery states: the provider's own values in the words that all providers share."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.code import Code, docstring, identifier
from wirebook.expression import Expression, call, mapping, subscript
from wirebook.layout import (
    Assign,
    Parameter,
    Return,
    Statement,
    signature,
    statement,
    statements,
)
from wirebook.model import Enumeration, Field, Model
from wirebook.naming import constant
from wirebook.prose import Prose

from .function import Function
from .module import Module

NAME = "delivery_state"
WORDS = "What became of it, in the words that all providers share."


def tells_state(enum: Enumeration) -> bool:
    """Whether the values say what became of a message."""
    return any(value.state for value in enum.values)


def states_name(enum: Enumeration) -> str:
    """The constant with the state of each member."""
    return f"{constant(enum.key)}_DELIVERY"


def of_enum(module: Module, enum: Enumeration) -> Iterator[Function]:
    """`member.delivery_state`, if the spec says it."""
    if tells_state(enum):
        found = subscript(states_name(enum), identifier("self"))
        yield _property(module, [Return(found)])


def states(module: Module, enum: Enumeration) -> Iterator[Code]:
    """The constant that `of_enum` looks into."""
    if tells_state(enum):
        final = module.imports.name("typing", "Final")
        entries: list[tuple[Expression, Expression]] = [
            (
                identifier(f"{enum.class_name}.{value.name}"),
                _state(module, value.state or "unknown"),
            )
            for value in enum.values
        ]
        name = identifier(states_name(enum))
        yield statement(Assign(name, mapping(entries), final), 0)


def of_model(module: Module, model: Model) -> Iterator[Function]:
    """`record.delivery_state`, where fields say it; several say it together."""
    found = [_reading(module, field) for field in state_fields(module, model)]
    if len(found) == 1:
        yield _property(module, [Return(found[0])])
    elif found:
        together = call(f"{module.floor_module('delivery')}.combined", *found)
        yield _property(module, [Return(together)])


def state_fields(module: Module, model: Model) -> list[Field]:
    """The fields that say what became of a message."""
    return [
        field
        for field in model.fields
        if field.enum is not None
        and field.list is None
        and tells_state(module.enum(field.enum))
    ]


def _reading(module: Module, field: Field) -> Expression:
    assert field.enum is not None
    arguments: list[Expression] = [identifier(f"self.{field.name}")]
    unlisted = module.enum(field.enum).unlisted_state
    if unlisted is not None:
        arguments.append(_state(module, unlisted))
    return call(f"{module.floor_module('delivery')}.state_of", *arguments)


def _property(module: Module, body: list[Statement]) -> Function:
    kind = identifier(f"{module.floor_module('delivery')}.DeliveryState")
    return Function(
        signature(NAME, [Parameter("self")], kind, 1),
        (docstring(Prose(2).summary(WORDS).text(), 2), *statements(body, 2)),
    )


def _state(module: Module, state: str) -> Code:
    name = f"{module.floor_module('delivery')}.DeliveryState.{state.upper()}"
    return identifier(name)
