"""The provider: the root of the model."""

from __future__ import annotations

from msgspec import Struct

from .auth import Scheme
from .callback import Callback
from .field import Model
from .operation import Operation, Rate, Retry
from .place import Where
from .segment import Segments
from .status import Enumeration, StatusTable
from .vector import Vector


class Source(Struct, frozen=True, kw_only=True):
    """A document that facts were taken from."""

    key: str
    title: str
    version: str = ""
    date: str = ""
    url: str = ""
    file: str = ""
    sha256: str = ""
    where: Where


class Note(Struct, frozen=True, kw_only=True):
    """A judgement about the documents, printed in the docs.

    kind: contradiction, assumption, omission, variant or fact.
    """

    key: str
    kind: str
    text: str
    src: tuple[str, ...] = ()
    where: Where


class Server(Struct, frozen=True, kw_only=True):
    """A base URL, with a path prefix per product where they differ."""

    key: str
    url: str
    insecure: bool = False
    """The provider documents plain HTTP."""
    prefixes: tuple[tuple[str, str], ...] = ()
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where


class Setting(Struct, frozen=True, kw_only=True):
    """A constructor argument that is no credential: `{name}` in URLs and paths."""

    name: str
    default: str | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    env: str | None = None
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where


class Credential(Struct, frozen=True, kw_only=True):
    """A constructor argument that authenticates."""

    name: str
    secret: bool
    optional: bool = False
    env: str | None = None
    pattern: str | None = None
    example: str | None = None
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    where: Where


class Product(Struct, frozen=True, kw_only=True):
    """One product of a provider; `key` is None where there is only one."""

    key: str | None
    title: str
    summary: str
    tables: tuple[StatusTable, ...]
    enums: tuple[Enumeration, ...]
    models: tuple[Model, ...]
    operations: tuple[Operation, ...]
    callbacks: tuple[Callback, ...] = ()
    segments: tuple[Segments, ...] = ()
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    file: str
    where: Where


class Provider(Struct, frozen=True, kw_only=True):
    """Everything that the specs of one folder say.

    `shared` holds the tables, enums and models of provider.yaml that several
    products use; for a provider of one product everything is in that product
    (key None) and `shared` is empty.
    """

    id: str
    class_prefix: str
    title: str
    summary: str
    version: str
    stability: str
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    servers: tuple[Server, ...]
    settings: tuple[Setting, ...]
    credentials: tuple[Credential, ...]
    schemes: tuple[Scheme, ...]
    shared: Product
    products: tuple[Product, ...]
    vectors: tuple[Vector, ...]
    retry: Retry
    rate: Rate | None
    timeout: float
    missing: tuple[str, ...] = ()
    """Facts that no document gives; printed in the docs."""
    renamed_from: str | None = None
    files: tuple[str, ...]
    where: Where

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(op for product in self.products for op in product.operations)

    def operation(self, id: str) -> Operation:
        """The operation of an id; KeyError where there is none."""
        for operation in self.operations:
            if operation.id == id:
                return operation
        raise KeyError(id)

    def scheme(self, key: str | None) -> Scheme | None:
        """The scheme that an operation or a callback names as its `auth`."""
        return next((scheme for scheme in self.schemes if scheme.key == key), None)
