"""The rules over several parameters, judged by the clients' own functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wirebook.model import Condition, Operation, Rule
from wirebook.runtime import rules
from wirebook.runtime.errors import InvalidArgument

from .fault import Fault


def broken(
    operation: Operation, arguments: Mapping[str, Any], wires: Mapping[str, str]
) -> Iterator[Fault]:
    """The rules of an operation that its arguments break.

    wires: what conditions compare with, by parameter.
    """
    fields = {field.name: field for field in operation.parameters}
    for rule in operation.rules:
        try:
            _check(rule, arguments, wires)
        except InvalidArgument as problem:
            field = fields.get(problem.parameter or "")
            yield Fault("rule", str(problem), field)


def _check(rule: Rule, arguments: Mapping[str, Any], wires: Mapping[str, str]) -> None:
    given = {name: arguments.get(name) for name in rule.parameters}
    further = rule.when.all if rule.when is not None else ()
    if rule.kind in ("required_when", "forbidden_when"):
        # The check looks at the first condition itself, to name it.
        further = further[1:]
    if not all(_holds(part, arguments, wires) for part in further):
        return
    match rule.kind:
        case "same_count":
            rules.same_count(**given)
        case "exactly_one":
            rules.exactly_one(**given)
        case "at_least_one":
            rules.at_least_one(**given)
        case "at_most_one":
            rules.at_most_one(**given)
        case "all_or_none":
            rules.all_or_none(**given)
        case "required_when" if rule.when is not None:
            wire = _condition(rule.when.parameter, arguments, wires)
            rules.required_when(rule.when.parameter, wire, rule.when.values, **given)
        case "forbidden_when" if rule.when is not None:
            wire = _condition(rule.when.parameter, arguments, wires)
            rules.forbidden_when(rule.when.parameter, wire, rule.when.values, **given)
        case "placeholders" if rule.template is not None:
            texts, values = rule.parameters[0], rule.parameters[1]
            rules.placeholders(
                rule.template,
                text=(texts, arguments.get(texts) or ""),
                values=(values, arguments.get(values)),
            )
        case "order" | "max_span":
            rules.order(rule.limit, **given)
        case "max_total_length":
            rules.total_length(int(rule.limit or 0), **given)
        case _:
            pass


def _holds(
    when: Condition, arguments: Mapping[str, Any], wires: Mapping[str, str]
) -> bool:
    wire = _condition(when.parameter, arguments, wires)
    return wire is not None and (not when.values or wire in when.values)


def _condition(
    parameter: str, arguments: Mapping[str, Any], wires: Mapping[str, str]
) -> str | None:
    if parameter in wires:
        return wires[parameter]
    return "" if arguments.get(parameter) is not None else None
