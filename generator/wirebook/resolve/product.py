"""Products: everything that one product file says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wirebook.model import Product

from .callbacks import callback
from .enums import enumeration
from .fields import model
from .operations import operation
from .reader import Entry
from .segments import segments
from .statuses import table

_Part = TypeVar("_Part")


def product(key: str | None, head: Entry, body: Entry) -> Product:
    """Read a product.

    key: None where the provider has one product.
    head: the mapping with its title; body: the file's root.
    """
    return Product(
        key=key,
        title=head.text("title", key or ""),
        summary=head.text("summary"),
        tables=_parts(body, "statuses", table),
        enums=_parts(body, "enums", enumeration),
        models=_parts(body, "models", model),
        operations=_parts(body, "operations", operation),
        callbacks=_parts(body, "callbacks", callback),
        segments=_parts(body, "segments", segments),
        src=head.src(),
        notes=head.notes(),
        file=body.where.file,
        where=head.where,
    )


def _parts(
    body: Entry, key: str, read: Callable[[str, Entry], _Part]
) -> tuple[_Part, ...]:
    return tuple(read(name, entry) for name, entry in body.children(key))
