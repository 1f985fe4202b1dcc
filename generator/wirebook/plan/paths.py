"""Paths into a result: what stands there, and the code that reads it."""

from __future__ import annotations

from msgspec.structs import replace

from wirebook.code import Code, identifier, sealed
from wirebook.expression import Expression
from wirebook.model import Field, Model, Operation

from .module import Module
from .types import may_be_absent, returned

NOTHING = sealed("()")
"""What is read where no list is."""


def field_at(module: Module, model: Model, path: str) -> Field:
    """The last field of a path with dots."""
    head, _, rest = path.partition(".")
    field = next(field for field in model.fields if field.name == head)
    if not rest:
        return field
    assert field.model is not None
    return field_at(module, module.model(field.model), rest)


def result_of(module: Module, operation: Operation) -> Expression:
    """The type of a page or an answer that is there."""
    return returned(module, replace(operation.reply, optional=False))


def reading(
    module: Module,
    operation: Operation,
    variable: str,
    path: str,
    absent: Code,
    *,
    alone: bool = False,
) -> Code:
    """`lambda page: page.data.records`, `absent` where the data may be.

    alone: what is found is made a list of itself.
    """
    name, reply = identifier(variable), operation.reply
    steps = path.split(".") if path else []
    found = str(name)
    missing: list[str] = []
    for index, step in enumerate(steps):
        found += f".{identifier(step)}"
        inner = ".".join(steps[: index + 1])
        last = index + 1 == len(steps) and not alone
        if not last and may_be_absent(
            field_at(module, module.model(str(reply.returns)), inner)
        ):
            missing.append(f"{found} is None")
    if alone:
        found = f"({found},)"
    if missing:
        found = f"{absent} if {' or '.join(missing)} else {found}"
    return sealed(f"lambda {name}: {found}")
