"""A request as it arrived and the answer to it, byte for byte."""

from __future__ import annotations

from msgspec import Struct


class Incoming(Struct, frozen=True):
    """One HTTP request.  `target` is the path with its query, as sent."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """The first header of a name, whatever its case."""
        lower = name.lower()
        for key, value in self.headers:
            if key.lower() == lower:
                return value
        return None


class Outgoing(Struct, frozen=True):
    """One HTTP answer, and what a scenario does to it on the way."""

    http: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    latency: float = 0.0
    """Seconds to wait before the first byte."""
    trouble: str = ""
    """`reset` (no answer at all) or `truncate` (half of the body)."""
