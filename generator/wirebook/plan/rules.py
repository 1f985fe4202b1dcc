"""Rules over several parameters, as calls of the floor's checks."""

from __future__ import annotations

from collections.abc import Sequence

from wirebook.code import identifier, literal
from wirebook.expression import Expression, call, every, sequence, texts
from wirebook.layout import If, Statement
from wirebook.model import Condition, Field, Operation, Rule

from .conditions import Conditions
from .module import Module

_CONDITIONAL = ("required_when", "forbidden_when")
"""Kinds whose condition the check itself looks at, to name it."""


def rules(
    module: Module, operation: Operation, conditions: Conditions
) -> list[Statement]:
    """One line per rule, in the spec's order; conditional requirements first."""
    lines = required(module, conditions, operation.parameters)
    return lines + checks(module, conditions, operation.rules)


def checks(
    module: Module, conditions: Conditions, rules: Sequence[Rule]
) -> list[Statement]:
    """A line for each rule, below its condition where it has one."""
    found: list[Statement] = []
    for rule in rules:
        line = _rule(module, conditions, rule)
        if rule.when is not None and rule.kind not in _CONDITIONAL:
            line = If(conditions.test(rule.when), (line,))
        found.append(line)
    return found


def required(
    module: Module, conditions: Conditions, fields: Sequence[Field]
) -> list[Statement]:
    """The conditional requirements of fields."""
    return [
        _when(
            module,
            conditions,
            "required_when",
            field.required_when,
            {field.name: conditions.value(field.name)},
        )
        for field in fields
        if field.required_when is not None
    ]


def _rule(module: Module, conditions: Conditions, rule: Rule) -> Statement:
    check = module.floor_module("check")
    named = {name: conditions.value(name) for name in rule.parameters}
    match rule.kind:
        case "required_when" | "forbidden_when":
            assert rule.when is not None
            return _when(module, conditions, rule.kind, rule.when, named)
        case "placeholders":
            text, values = rule.parameters
            return call(
                f"{check}.placeholders",
                literal(rule.template or "{i}"),
                text=sequence((literal(text), named[text])),
                values=sequence((literal(values), named[values])),
            )
        case "order" | "max_span":
            span = [] if rule.limit is None else [literal(rule.limit)]
            return call(f"{check}.order", *span, **named)
        case "max_total_length":
            limit = literal(int(rule.limit or 0))
            return call(f"{check}.total_length", limit, **named)
        case _:
            return call(f"{check}.{identifier(rule.kind)}", **named)


def _when(
    module: Module,
    conditions: Conditions,
    kind: str,
    when: Condition,
    parameters: dict[str, Expression],
) -> Statement:
    check = module.floor_module("check")
    first, *further = when.all
    line: Statement = call(
        f"{check}.{identifier(kind)}",
        literal(first.parameter),
        conditions.text(first.parameter) or conditions.value(first.parameter),
        *([texts(first.values)] if first.values else []),
        **parameters,
    )
    if further:
        line = If(every(*(conditions.test(part) for part in further)), (line,))
    return line
