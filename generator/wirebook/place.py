"""Where a fact stands in the spec, and where a value travels in a request."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


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


class Place(StrEnum):
    """The part of an HTTP request that carries a value."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    FORM = "form"
    JSON = "json"
    XML = "xml"
    MULTIPART = "multipart"
    BODY = "body"
    """The whole body is this one value (raw text or bytes)."""
