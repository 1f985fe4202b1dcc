"""Rules over several parameters, as calls of the floor's checks."""

from __future__ import annotations

from collections.abc import Sequence

from wirebook.code import Code, identifier, literal
from wirebook.expression import call, sequence, texts
from wirebook.layout import Statement
from wirebook.model import Condition, Field, Operation, Rule

from .conditions import Conditions
from .module import Module


def rules(
    module: Module, operation: Operation, conditions: Conditions
) -> list[Statement]:
    """One line per rule, in the spec's order; conditional requirements first."""
    lines = required(module, conditions, operation.parameters)
    return lines + [_rule(module, conditions, rule) for rule in operation.rules]


def required(
    module: Module, conditions: Conditions, fields: Sequence[Field], owner: str = ""
) -> list[Statement]:
    """The conditional requirements of fields."""
    return [
        _when(
            module,
            conditions,
            "required_when",
            field.required_when,
            {field.name: identifier(owner + field.name)},
        )
        for field in fields
        if field.required_when is not None
    ]


def _rule(module: Module, conditions: Conditions, rule: Rule) -> Statement:
    check = module.floor_module("check")
    named = {name: identifier(name) for name in rule.parameters}
    match rule.kind:
        case "required_when" | "forbidden_when":
            assert rule.when is not None
            return _when(module, conditions, rule.kind, rule.when, named)
        case "placeholders":
            text, values = rule.parameters
            return call(
                f"{check}.placeholders",
                literal(rule.template or "{i}"),
                text=sequence((literal(text), identifier(text))),
                values=sequence((literal(values), identifier(values))),
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
    parameters: dict[str, Code],
) -> Statement:
    check = module.floor_module("check")
    return call(
        f"{check}.{identifier(kind)}",
        literal(when.parameter),
        conditions.variable(when.parameter),
        *([texts(when.values)] if when.values else []),
        **parameters,
    )
