"""An entry: what the files that speak of all providers say about one of them."""

from __future__ import annotations

from msgspec import Struct


class Row(Struct, frozen=True):
    """A line of the index of the reference: a provider, or one of its products."""

    title: str
    """Empty for all products together."""
    page: str
    of_product: bool
    numbers: tuple[int, ...]


class Entry(Struct, frozen=True):
    """What the index and the package itself say about a provider."""

    id: str
    title: str
    file: str
    """Its provider.yaml, as problems name it."""
    operations: int
    rows: tuple[Row, ...]
    """Empty where no reference is made."""
