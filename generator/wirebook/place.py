"""Where a fact stands in the spec, and where a value travels in a request."""

from __future__ import annotations

from typing import NamedTuple

from .runtime.request import Place

__all__ = ["Place", "Where"]


class Where(NamedTuple):
    """A place in a spec file.  Lines and columns count from 1.

    A tuple and no dataclass: every value of a spec has one, and they are made in
    a third of the time.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
