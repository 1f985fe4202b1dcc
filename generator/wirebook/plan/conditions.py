"""Conditions on parameters: `only while type is 2 or 6`.

Conditions speak of wire texts, so parameters that one looks at get their wire
text first, in a variable of its own (`type_text`); a str is its own wire text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirebook.code import Code, identifier, literal
from wirebook.expression import (
    Expression,
    call,
    either,
    equals,
    every,
    is_given,
    texts,
    union,
)
from wirebook.layout import Assign, If, Statement
from wirebook.model import Alternate, Condition, Field, FieldType, Rule

from .arguments import may_be_none
from .module import Module
from .types import NONE, STR


class Conditions:
    """The wire texts that the conditions over some fields look at.

    owner: what stands before a field's name, `record.` inside of models.
    """

    def __init__(
        self,
        module: Module,
        fields: Sequence[Field],
        rules: Sequence[Rule] = (),
        alternates: Sequence[Alternate] = (),
        owner: str = "",
    ) -> None:
        self._module = module
        self._owner = owner
        self._lists = {field.name for field in fields if owner and _may_be_empty(field)}
        watched = set(_watched(fields, rules, alternates))
        self._texts = {
            field.name: field
            for field in fields
            if field.name in watched and _has_text(field)
        }

    def statements(self) -> list[Statement]:
        """The variables, in the order of the parameters."""
        found: list[Statement] = []
        for field in self._texts.values():
            name = identifier(f"{field.name}_text")
            variable = self._owner + field.name
            assign = Assign(name, wire_text(self._module, field, variable))
            if may_be_none(field):
                found.append(Assign(name, NONE, union(STR, NONE)))
                found.append(If(is_given(variable), (assign,)))
            else:
                found.append(assign)
        return found

    def text(self, name: str) -> Code | None:
        """The variable with a parameter's wire text, if it has one of its own."""
        return identifier(f"{name}_text") if name in self._texts else None

    def variable(self, name: str) -> Code:
        """What holds the wire text of a watched parameter."""
        return self.text(name) or identifier(self._owner + name)

    def given(self, name: str) -> Expression:
        """Whether a value is there to be sent."""
        variable = self._owner + name
        return identifier(variable) if name in self._lists else is_given(variable)

    def value(self, name: str) -> Expression:
        """The value, None where there is none to be sent."""
        variable = identifier(self._owner + name)
        return either(variable, NONE) if name in self._lists else variable

    def test(self, condition: Condition) -> Expression:
        """The condition as an expression."""
        return every(*(self._one(part) for part in condition.all))

    def _one(self, condition: Condition) -> Expression:
        if not condition.values:
            return self.given(condition.parameter)
        return equals(self.variable(condition.parameter), condition.values)


def wire_text(module: Module, field: Field, variable: str) -> Expression:
    """The text that a query or form would hold."""
    check = module.floor_module("check")
    name, value = literal(field.name), identifier(variable)
    match field.type:
        case FieldType.ENUM if field.enum is not None:
            return call(f"{check}.enum", name, value, module.enum_class(field.enum))
        case FieldType.BOOLEAN:
            convert = module.floor_module("convert")
            checked = call(f"{check}.boolean", name, value)
            spelling = texts(field.spelling) if field.spelling else None
            return call(f"{convert}.boolean_text", checked, spelling=spelling)
        case _:
            return call("str", call(f"{check}.integer", name, value))


def _has_text(field: Field) -> bool:
    return field.list is None and field.type in (
        FieldType.ENUM,
        FieldType.BOOLEAN,
        FieldType.INTEGER,
    )


def _may_be_empty(field: Field) -> bool:
    """Whether an empty list says that nothing is to be sent: replies are read into
    one where they have no list."""
    if field.list is None or field.list.min_items == 0:
        return False
    return may_be_none(field) or field.nullable


def _watched(
    fields: Sequence[Field], rules: Sequence[Rule], alternates: Sequence[Alternate]
) -> Iterator[str]:
    """Parameters whose wire texts matter to another one."""
    for field in fields:
        if field.required_when is not None:
            yield from _with_values(field.required_when)
        if field.encode_when is not None and field.encode_when.when.values:
            yield field.encode_when.when.parameter
    for rule in rules:
        if rule.when is not None:
            yield from _with_values(rule.when)
    for alternate in alternates:
        if alternate.parameter is not None:
            yield alternate.parameter.parameter


def _with_values(condition: Condition) -> Iterator[str]:
    """Parameters whose very value a condition asks for."""
    return (part.parameter for part in condition.all if part.values)
