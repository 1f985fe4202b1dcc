"""Former names: what `renamed_from` leaves behind in a client."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal, sealed
from wirebook.expression import call, mapping
from wirebook.layout import Assign, statement
from wirebook.model import Enumeration, Model, Operation, Product, Provider, StatusTable
from wirebook.naming import camel_case

from .artefact import Artefact
from .imports import Imports
from .module import Module


class Alias(Struct, frozen=True):
    """A module that is another one by now."""

    docstring: Code
    imports: Code
    warning: Code
    replaced: Code


def provider_alias(provider: Provider, package: str) -> Artefact | None:
    """`telecoms/old.py`: importing it gives the provider's module, with a warning."""
    old = provider.renamed_from
    if old is None:
        return None
    imports = Imports()
    imports.annotations = False
    imports.name("sys", "modules")
    imports.name("._runtime", "renamed")
    imports.name(".", provider.id)
    warning = call("renamed.warn", literal(old), literal(provider.id))
    target = sealed("modules[__name__]")
    context = Alias(
        docstring([f"Former name of `{provider.id}`."]),
        imports.code(),
        statement(warning, 0),
        statement(Assign(target, identifier(provider.id)), 0),
    )
    template = "package/renamed.py.jinja"
    return Artefact(f"{package}/{old}.py", template, provider.where.file, context)


def decorated(module: Module, operation: Operation, signature: Code) -> Code:
    """The signature of a method, with the former names of its parameters."""
    former = {
        field.renamed_from: literal(field.name)
        for field in operation.parameters
        if field.renamed_from is not None
    }
    if not former:
        return signature
    module.floor_module("renamed")
    decorator = statement(call("renamed.parameters", **former), 1)
    return sealed(f"@{decorator}\n    {signature}")


def warning(module: Module, operation: Operation) -> Code:
    """The first statement of a method under its former name."""
    module.floor_module("renamed")
    old, new = literal(operation.renamed_from or ""), literal(operation.name)
    return statement(call("renamed.warn", old, new), 2)


def members(module: Module, owner: Enumeration | StatusTable) -> Code | None:
    """What lets members of an enum be found by their former names."""
    rows = owner.values if isinstance(owner, Enumeration) else owner.statuses
    former = {row.renamed_from: literal(row.name) for row in rows if row.renamed_from}
    if not former:
        return None
    module.floor_module("renamed")
    made = call("renamed.members", identifier(owner.class_name), **former)
    return statement(made, 0)


def classes(
    imports: Imports, floor: str, products: Iterable[Product], names: Code
) -> Code:
    """`__all__`, and below it what finds classes by their former names."""
    parts: list[Enumeration | Model | StatusTable] = []
    for product in products:
        parts += [*product.tables, *product.enums, *product.models]
    former = [
        (literal(camel_case(part.renamed_from)), literal(part.class_name))
        for part in parts
        if part.renamed_from and camel_case(part.renamed_from) != part.class_name
    ]
    if not former:
        return names
    imports.name(floor, "renamed")
    finder = call("renamed.names", identifier("__name__"), mapping(former))
    return sealed(
        f"{names}\n\n{statement(Assign(identifier('__getattr__'), finder), 0)}"
    )
