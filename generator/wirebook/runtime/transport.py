"""The port between a client and whatever carries its bytes.

A transport performs exactly one exchange: it writes one request and reads one
reply. It never repeats, never follows a redirect and never interprets the body;
all of that is decided above it. Anything with these methods will do, in tests as
well as in production:

    class Recorded:
        def send(self, request, *, timeouts, max_bytes):
            return Response(200, (("Content-Type", "application/json"),), b"{}")

        def close(self): ...
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypedDict

if TYPE_CHECKING:
    import ssl

    from .request import Request


class Timeouts(NamedTuple):
    """How long one exchange may take, in seconds from its start.

    `total` covers everything, the wait for a free connection included; `connect`
    bounds the attempt to reach one address.
    """

    total: float
    connect: float


class Response(NamedTuple):
    """What came back: HTTP status, headers as sent, the body as sent."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def __repr__(self) -> str:
        return f"Response({self.status}, {len(self.body)} bytes)"

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None


class Kind(StrEnum):
    """What went wrong on the way."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    PROXY = "proxy"
    POOL = "pool"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    REDIRECT = "redirect"
    CLOSED = "closed"
    FAILED = "failed"


class TransportProblem(Exception):
    """No reply that could be handed on.

    `written` is the fact that everything above depends on: False only when not a
    single byte of the request has left. `detail` holds no URL, header or body;
    `received` holds the first raw bytes that came back, which may.
    """

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        written: bool,
        http_status: int | None = None,
        received: bytes = b"",
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.written = written
        self.http_status = http_status
        self.received = received


class TransportOptions(TypedDict, total=False):
    """How connections are made.

    verify: False accepts any certificate (and warns); an SSLContext brings your own
        authorities or a client certificate.
    proxy: `http://user:password@host:port`; also https and socks5.
    max_connections: Exchanges at one time, 100; further ones wait.
    max_waiting: How many may wait for a connection, 10,000; further ones are refused.
    keepalive: Seconds that an idle connection is kept for the next exchange, 5; with
        0 every exchange has a fresh one.
    """

    verify: bool | ssl.SSLContext
    proxy: str | None
    max_connections: int
    max_waiting: int
    keepalive: float


class Transport(Protocol):
    """Carries one exchange. Used by several threads at once."""

    def send(self, request: Request, *, timeouts: Timeouts, max_bytes: int) -> Response:
        """Exchange `request` for a reply of at most `max_bytes`.

        Raises:
            TransportProblem: anything else than a whole reply.
        """
        ...

    def close(self) -> None:
        """Let go of all connections. Closing twice is no error."""
        ...


class AsyncTransport(Protocol):
    """Carries one exchange. Used by several tasks at once."""

    async def send(
        self, request: Request, *, timeouts: Timeouts, max_bytes: int
    ) -> Response:
        """Exchange `request` for a reply of at most `max_bytes`.

        Raises:
            TransportProblem: anything else than a whole reply.
        """
        ...

    async def close(self) -> None:
        """Let go of all connections. Closing twice is no error."""
        ...
