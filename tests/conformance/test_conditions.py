"""Requirements that hang on another parameter: for each one in the specs, the
generated operation refuses to do without it, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from telecoms import InvalidArgument
from wirebook.load import load
from wirebook.model import Condition, Field, FieldType, Operation, Provider
from wirebook.trial.package import Trial

ROOT = Path(__file__).parents[2]
SAMPLES: dict[FieldType, object] = {
    FieldType.INTEGER: 5,
    FieldType.BOOLEAN: True,
    FieldType.BYTES: b"sound",
    FieldType.DATETIME: datetime(2030, 1, 1, tzinfo=UTC),
}


@cache
def providers() -> tuple[Provider, ...]:
    return load(ROOT / "specs", ROOT).providers


def requirements(operation: Operation) -> Iterator[tuple[str, Condition]]:
    """Each parameter that is required only while something holds."""
    for field in operation.parameters:
        if field.required_when is not None:
            yield field.name, field.required_when
    for rule in operation.rules:
        if rule.kind == "required_when" and rule.when is not None:
            for name in rule.parameters:
                yield name, rule.when


CASES = [
    pytest.param(provider, operation, name, when, id=f"{operation.id}-{name}")
    for provider in providers()
    for operation in provider.operations
    for name, when in requirements(operation)
]


@pytest.mark.parametrize(("provider", "operation", "name", "when"), CASES)
def test_required(
    provider: Provider, operation: Operation, name: str, when: Condition
) -> None:
    call = getattr(operations(provider, operation), operation.name)
    arguments = sample(provider, operation)
    for one in when.all:
        arguments[one.parameter] = value(provider, operation, one)
    filled(provider, operation, arguments)
    together = companions(operation, name)
    for other in together:
        arguments[other] = fitting(provider, operation, other)
    call(**arguments)

    for other in together:
        arguments.pop(other, None)
    with pytest.raises(InvalidArgument, match=name):
        call(**arguments)


@pytest.mark.parametrize("name", ["create_task", "update_task", "resend_task"])
def test_an_sms_after_a_call_needs_an_occasion(name: str) -> None:
    onbuka = next(one for one in providers() if one.id == "onbuka")
    operation = onbuka.operation(f"voice.{name}")
    call = getattr(operations(onbuka, operation), name)
    arguments = sample(onbuka, operation)
    for push in ("feedback_push", "success_push", "failed_push", "ring_push"):
        arguments.pop(push, None)
    arguments |= {"hang_up_sms": True, "sms_app_id": "a", "sms_content": "hello"}
    with pytest.raises(InvalidArgument, match="ring_push"):
        call(**arguments)
    call(**arguments, ring_push=True)


def operations(provider: Provider, operation: Operation) -> Any:
    return Trial(provider, "telecoms").part(operation.product, "operations")


def sample(provider: Provider, operation: Operation) -> dict[str, Any]:
    """The arguments of the operation's first vector."""
    vector = next(v for v in provider.vectors if v.operation == operation.id)
    return Trial(provider, "telecoms").typed(operation, vector.arguments)


def field(operation: Operation, name: str) -> Field:
    return next(one for one in operation.parameters if one.name == name)


def value(provider: Provider, operation: Operation, when: Condition) -> Any:
    """The argument for which a condition holds."""
    one = field(operation, when.parameter)
    if one.type is FieldType.BOOLEAN:
        return when.values[0] in ("1", "true")
    return member(provider, operation, when.parameter, when.values[0])


def holds(
    provider: Provider, operation: Operation, when: Condition, given: dict[str, Any]
) -> bool:
    return given.get(when.parameter) == value(provider, operation, when)


def filled(provider: Provider, operation: Operation, arguments: dict[str, Any]) -> None:
    """Add what the arguments make necessary; that may make more necessary."""
    for rule in operation.rules:
        if rule.kind == "at_least_one":
            arguments.setdefault(rule.parameters[0], True)
    for name, when in requirements(operation):
        if all(holds(provider, operation, one, arguments) for one in when.all):
            arguments.setdefault(name, fitting(provider, operation, name))


def companions(operation: Operation, name: str) -> list[str]:
    """The parameter, and those that are given with it or not at all."""
    for rule in operation.rules:
        if rule.kind == "all_or_none" and name in rule.parameters:
            return list(rule.parameters)
    return [name]


def fitting(provider: Provider, operation: Operation, name: str) -> Any:
    """Something that fits the parameter."""
    one = field(operation, name)
    if one.enum is not None:
        enums = [e for p in provider.products for e in p.enums if e.key == one.enum]
        return member(provider, operation, name, enums[0].values[0].name)
    if one.list is not None:
        return [SAMPLES.get(one.type, "1000026")]
    if one.pattern == "[0-9]":
        return "5"
    return SAMPLES.get(one.type, "sample.mp3")


def member(provider: Provider, operation: Operation, name: str, text: str) -> Any:
    return Trial(provider, "telecoms").typed(operation, {name: text})[name]
