"""Operations: one call of the provider's API."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from .field import Field, Rule
from .place import Place, Where
from .reply import Alternate, Reply
from .status import Effect

Constant: TypeAlias = str | int | bool
"""A value that a spec writes down."""


class Variant(Struct, frozen=True, kw_only=True):
    """Another wire form of the same operation, `client.send(…, variant="get")`."""

    key: str
    method: str
    path: str
    place: Place
    max_items: tuple[tuple[str, int], ...] = ()
    """Parameter name -> another largest count of items in this form."""
    overrides: tuple[Field, ...] = ()
    """Parameters as they travel in this form, where it names or splits them in
    another way."""
    src: tuple[str, ...] = ()


class StatusUse(Struct, frozen=True, kw_only=True):
    """Which tables judge the replies of an operation."""

    table: str | None = None
    only: tuple[str, ...] = ()
    """Codes documented for this operation; empty means the whole table."""
    texts: tuple[tuple[str, str], ...] = ()
    """Other wordings that the provider uses here."""
    effects: tuple[tuple[str, Effect], ...] = ()
    """What codes prove here, where that differs from their table."""
    http: str | None = None
    """A table keyed by HTTP status."""
    items: str | None = None
    """The table of the per-item status."""
    src: tuple[str, ...] = ()


class Retry(Struct, frozen=True, kw_only=True):
    """Bounds of automatic repetition."""

    attempts: int = 3
    delay: float = 0.5
    max_delay: float = 20.0


class Rate(Struct, frozen=True, kw_only=True):
    """`calls` in `per` seconds, with bursts of `burst`."""

    calls: int
    per: float = 1.0
    burst: int = 1
    src: tuple[str, ...] = ()


class Pages(Struct, frozen=True, kw_only=True):
    """A list that comes in pages.

    style: `number` (page parameter counts up), `offset` (index advances by the
    items seen), `token` (the next request carries what the reply named) or `link`
    (the next request has the query of the URL that the reply named).
    """

    style: str
    parameter: str = ""
    """Empty for style link."""
    size_parameter: str | None = None
    items: str
    total: str | None = None
    """Reply field with the number of all items."""
    pages: str | None = None
    """Reply field with the number of pages."""
    token: str | None = None
    link: str | None = None
    first: int = 1


class Polling(Struct, frozen=True, kw_only=True):
    """How a submitting operation's messages are asked for later."""

    operation: str
    id_field: str
    """Field of the submitting result that identifies a message."""
    id_parameter: str | None = None
    """Parameter of the report operation; None where it takes none."""
    item_id: str
    """Field of a report item with the same identifier."""
    item_state: str
    """Field of a report item whose enum carries `state`."""
    interval: float = 5.0
    safe: bool = True


class Operation(Struct, frozen=True, kw_only=True):
    """One call of a product, with every default written out."""

    name: str
    product: str | None
    does: str
    """`reads`, `submits` or `changes`."""
    repeatable: bool
    """Whether a lost answer may be asked for again."""
    method: str
    path: str
    place: Place
    """Where parameters travel unless they say otherwise."""
    auth: str | None
    fixed: tuple[tuple[Place | None, str, Constant], ...] = ()
    """Constant fields: place (None: with the parameters), wire name, value.  In JSON
    numbers and booleans keep their type."""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str | None = None
    encoding: str = "form"
    """Percent-encoding: `form` (space is +), `rfc3986` (space is %20), or
    `php` (as form, ~ is escaped)."""
    charset: str = "utf-8"
    json_style: str = "compact"
    xml_root: str | None = None
    xml_namespace: str | None = None
    array_root: bool = False
    """JSON: the body is a list that holds the one object."""
    parameters: tuple[Field, ...] = ()
    variants: tuple[Variant, ...] = ()
    """Empty, or the main form first."""
    rules: tuple[Rule, ...] = ()
    statuses: StatusUse = StatusUse()
    reply: Reply
    alternates: tuple[Alternate, ...] = ()
    retry: Retry | None = None
    rate: Rate | None = None
    timeout: float | None = None
    pages: Pages | None = None
    polling: Polling | None = None
    reconcile: str | None = None
    """The operation that tells what became of an unknown outcome."""
    skew_safe: bool = True
    summary: str = ""
    description: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    deprecated: str | None = None
    where: Where

    @property
    def id(self) -> str:
        """`product.name`, or `name` where the provider has one product."""
        return f"{self.product}.{self.name}" if self.product else self.name
