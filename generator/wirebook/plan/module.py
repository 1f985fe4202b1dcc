"""One Python module of the output while it is planned: where it stands, and how
it names what stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from wirebook.code import Code, identifier
from wirebook.model import (
    Enumeration,
    Model,
    Product,
    Provider,
    StatusTable,
)
from wirebook.naming import constant

from .imports import Imports

Keyed = TypeVar("Keyed", Enumeration, Model, StatusTable)


class Module:
    """The module `name` of a provider (product None) or of one of its products."""

    def __init__(self, provider: Provider, product: Product | None, name: str) -> None:
        self.provider = provider
        self.product = product if product is not None and product.key else None
        self.name = name
        self.imports = Imports()

    def floor(self, module: str, name: str) -> Code:
        """`name` of a module of the floor."""
        return self.imports.name(f"{self._up(1)}_runtime.{module}", name)

    def floor_module(self, name: str) -> Code:
        """A module of the floor, whose functions are called by its name."""
        return self.imports.name(f"{self._up(1)}_runtime", name)

    def sibling(self, name: str) -> Code:
        """A module beside this one."""
        return self.imports.name(".", name)

    def own(self, name: str) -> Code:
        """A module of the provider, wherever this one stands."""
        return self.imports.name(self._up(0), name)

    def error(self, name: str) -> Code:
        self.own("errors")
        return identifier(f"errors.{name}")

    # What the specs define

    def table(self, key: str) -> StatusTable:
        return self._find(key, [(p, p.tables) for p in self._products()])[0]

    def enum(self, key: str) -> Enumeration:
        return self._find(key, [(p, p.enums) for p in self._products()])[0]

    def model(self, key: str) -> Model:
        return self._find(key, [(p, p.models) for p in self._products()])[0]

    def table_constant(self, key: str) -> Code:
        table, home = self._find(key, [(p, p.tables) for p in self._products()])
        return self._at("statuses", home, constant(table.key))

    def table_class(self, key: str) -> Code:
        table, home = self._find(key, [(p, p.tables) for p in self._products()])
        return self._at("statuses", home, table.class_name)

    def enum_class(self, key: str) -> Code:
        enum, home = self._find(key, [(p, p.enums) for p in self._products()])
        return self._at("enums", home, enum.class_name)

    def model_class(self, key: str) -> Code:
        model, home = self._find(key, [(p, p.models) for p in self._products()])
        return self._at("models", home, model.class_name)

    def model_function(self, verb: str, key: str) -> Code:
        """`read_submission`, `write_person`."""
        model, home = self._find(key, [(p, p.models) for p in self._products()])
        return self._at("models", home, f"{verb}_{model.key}")

    def _up(self, extra: int) -> str:
        return "." * (1 + extra + (self.product is not None))

    def _products(self) -> list[Product]:
        """Where keys are looked up: in the own product first."""
        if self.product is not None:
            return [self.product, self.provider.shared]
        return [p for p in self.provider.products if p.key is None] + [
            self.provider.shared
        ]

    def _find(
        self, key: str, places: Sequence[tuple[Product, Sequence[Keyed]]]
    ) -> tuple[Keyed, Product]:
        for product, entries in places:
            for entry in entries:
                if entry.key == key:
                    return entry, product
        raise KeyError(key)

    def _at(self, module: str, home: Product, name: str) -> Code:
        shared = self.product is not None and home.key is None
        if self.name == module and not shared:
            return identifier(name)
        if shared:
            alias = f"shared_{module}"
            self.imports.renamed(self._up(0), module, alias)
            return identifier(f"{alias}.{name}")
        self.sibling(module)
        return identifier(f"{module}.{name}")
