"""Looking things up in a provider: what a product's names stand for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.model import (
    Enumeration,
    Field,
    Model,
    Operation,
    Product,
    Provider,
    StatusTable,
)


class Names(Struct, frozen=True):
    """The tables, enums and models that a product can name, by key."""

    tables: dict[str, StatusTable]
    enums: dict[str, Enumeration]
    models: dict[str, Model]


def names(provider: Provider, product: Product) -> Names:
    """A product's own names and the shared ones.

    A key may be missing: an unknown reference has been reported before.
    """
    holders = (provider.shared, product)
    return Names(
        {table.key: table for holder in holders for table in holder.tables},
        {enum.key: enum for holder in holders for enum in holder.enums},
        {model.key: model for holder in holders for model in holder.models},
    )


def holders(provider: Provider) -> Iterator[tuple[Product, Names]]:
    """What is shared, then each product, with the names it can use."""
    for product in (provider.shared, *provider.products):
        yield product, names(provider, product)


def operations(provider: Provider) -> Iterator[tuple[Operation, Names]]:
    for product in provider.products:
        known = names(provider, product)
        for operation in product.operations:
            yield operation, known


def fields(provider: Provider) -> Iterator[tuple[Field, Names]]:
    """Every parameter and every field of a model."""
    for product, known in holders(provider):
        for model in product.models:
            for field in model.fields:
                yield field, known
        for operation in product.operations:
            for field in operation.parameters:
                yield field, known
