"""The request as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum


class Place(StrEnum):
    """The part of a request that carries a value."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    FORM = "form"
    JSON = "json"
    XML = "xml"
    MULTIPART = "multipart"
    BODY = "body"
    """The whole body is this one value."""


class Request:
    """What goes over the wire, byte for byte.

    `safe_url` and repr show neither path parameters nor any value of the query.
    """

    __slots__ = ("method", "url", "target", "headers", "body", "_safe_url")

    def __init__(
        self,
        method: str,
        url: str,
        target: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        safe_url: Callable[[], str],
    ) -> None:
        self.method = method
        self.url = url
        self.target = target
        self.headers = list(headers)
        self.body = body
        self._safe_url = safe_url

    @property
    def safe_url(self) -> str:
        return self._safe_url()

    def header(self, name: str) -> str | None:
        return find_header(self.headers, name)

    def __repr__(self) -> str:
        return f"Request({self.method} {self.safe_url}, {len(self.body)} bytes)"


def find_header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The first header of a name, whatever its case."""
    lower = name.lower()
    for key, value in headers:
        if key.lower() == lower:
            return value
    return None
