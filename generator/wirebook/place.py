"""Where a fact stands in the spec, and where a value travels in a request."""

from __future__ import annotations

from msgspec import Struct

from .runtime.request import Place

__all__ = ["Place", "Where"]


class Where(Struct, frozen=True, order=True):
    """A place in a spec file.  Lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
