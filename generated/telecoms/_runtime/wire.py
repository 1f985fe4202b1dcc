"""The pure half of the default transports: what goes to the pool, what comes back.

Nothing here performs I/O: requests become httpcore2's, heads of replies are held
against the rules, and exceptions become facts.
"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlsplit

import httpcore2

from . import servers
from .network import Exchange, Limit
from .transport import Kind, Response, Timeouts, TransportProblem

if TYPE_CHECKING:
    from .request import Request

Headers = tuple[tuple[str, str], ...]

USER_AGENT = f"{__name__.partition('.')[0]} (wirebook)".encode("ascii")


class Origin(NamedTuple):
    """Where a request goes: the part of its URL that holds no secret."""

    secure: bool
    scheme: bytes
    host: bytes
    port: int | None
    header: bytes

    @classmethod
    def of(cls, text: str) -> Origin:
        parts = urlsplit(text)
        return cls(
            parts.scheme == "https",
            parts.scheme.encode("ascii"),
            (parts.hostname or "").encode("idna"),
            parts.port,
            parts.netloc.rpartition("@")[2].encode("idna"),
        )


def outgoing(
    request: Request, origin: Origin, exchange: Exchange, timeouts: Timeouts
) -> httpcore2.Request:
    """The request as the pool takes it, with the headers that every request has."""
    headers = [
        (name.encode("ascii"), value.encode("latin-1"))
        for name, value in request.headers
    ]
    given = {name.lower() for name, _ in headers}
    if b"host" not in given:
        headers.insert(0, (b"Host", origin.header))
    if b"accept" not in given:
        headers.append((b"Accept", b"*/*"))
    if b"accept-encoding" not in given:
        headers.append((b"Accept-Encoding", b"identity"))
    if b"user-agent" not in given:
        headers.append((b"User-Agent", USER_AGENT))
    body = request.body
    if body or request.method in ("POST", "PUT", "PATCH"):
        headers.append((b"Content-Length", b"%d" % len(body)))
    limit = Limit(timeouts.total, exchange)
    made = httpcore2.Request(
        request.method.encode("ascii"),
        httpcore2.URL(
            scheme=origin.scheme,
            host=origin.host,
            port=origin.port,
            target=request.target.encode("ascii"),
        ),
        content=body,
        extensions={
            "timeout": {
                "pool": limit,
                "connect": Limit(timeouts.connect, exchange),
                "read": limit,
                "write": limit,
            }
        },
    )
    # Not through its constructor, which looks at each of them again.
    made.headers = headers
    return made


def incoming(
    response: httpcore2.Response, exchange: Exchange, max_bytes: int
) -> Headers:
    """The headers of a reply whose body is worth reading.

    Raises:
        TransportProblem: a redirect, a compressed body, a body that announces to
            be larger than `max_bytes`, a status that HTTP does not have.
    """
    status = response.status
    headers = tuple(
        [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.headers
        ]
    )
    head = Response(status, headers)
    if 300 <= status < 400:
        host = _host(head.header("location"))
        detail = f"HTTP {status} to {host}, which is not followed"
        raise refused(Kind.REDIRECT, detail, status, exchange)
    if not 200 <= status < 600:
        raise refused(Kind.PROTOCOL, "no HTTP status", status, exchange)
    coding = (head.header("content-encoding") or "identity").strip().lower()
    if coding != "identity":
        detail = "a compressed body, though none was asked for"
        raise refused(Kind.ENCODING, detail, status, exchange)
    length = head.header("content-length") or ""
    if length.isdecimal() and int(length) > max_bytes:
        raise too_large(max_bytes, status, exchange)
    return headers


def refused(
    kind: Kind, detail: str, status: int, exchange: Exchange
) -> TransportProblem:
    """A reply that came and is not taken."""
    return TransportProblem(
        kind, detail, written=True, http_status=status, received=exchange.received
    )


def too_large(max_bytes: int, status: int, exchange: Exchange) -> TransportProblem:
    detail = f"the body is larger than {max_bytes} bytes"
    return refused(Kind.TOO_LARGE, detail, status, exchange)


def spent(response: httpcore2.Response, headers: Headers) -> bool:
    """Whether the connection may hold bytes that would pass for the next reply.

    The pool would hand them to the next exchange. They stand in h11's buffer, which
    has no public way in; should the private one ever change, no connection is used
    twice, which is slow and safe.
    """
    names = {name.lower() for name, _ in headers}
    if "content-length" in names and "transfer-encoding" in names:
        return True
    inner = getattr(response.stream, "_stream", None)
    state = getattr(getattr(inner, "_connection", None), "_h11_state", None)
    return state is None or bool(state.trailing_data[0])


def stream(response: httpcore2.Response) -> Any:
    """The socket below a reply; `Stream` or `AsyncStream`."""
    return cast("Any", response).extensions["network_stream"]


def problem(error: Exception, exchange: Exchange) -> TransportProblem:
    """The facts of an exception, without its text: that may quote the request."""
    cause = error.args[0] if error.args else None
    kind, detail = _explain(error, cause, exchange.received)
    return TransportProblem(
        kind,
        detail,
        written=exchange.written and kind is not Kind.PROXY,
        received=exchange.received,
    )


def proxy(url: str | None) -> httpcore2.Proxy | None:
    """A proxy as the pool takes it."""
    if url is None:
        return None
    found = servers.proxy(url)
    auth = found.auth and (found.auth[0].encode(), found.auth[1].encode())
    return httpcore2.Proxy(found.url, auth=auth)


def _explain(error: Exception, cause: object, received: bytes) -> tuple[Kind, str]:
    if received and not received.startswith(b"HTTP/"[: len(received)]):
        return Kind.PROTOCOL, "what came is no HTTP reply"
    match error:
        case httpcore2.PoolTimeout():
            return Kind.POOL, "no connection became free in time"
        case httpcore2.ConnectTimeout():
            return Kind.CONNECT, "connecting took too long"
        case httpcore2.ConnectError() if isinstance(cause, ssl.SSLError):
            words = getattr(cause, "verify_message", None) or cause.reason
            return Kind.TLS, str(words or "the handshake failed")
        case httpcore2.ConnectError() if isinstance(
            cause, (socket.gaierror, UnicodeError)
        ):
            return Kind.DNS, "the host name has no address"
        case httpcore2.ConnectError():
            return Kind.CONNECT, _words(cause, "no connection")
        case httpcore2.ProxyError():
            return Kind.PROXY, f"the proxy refused ({str(error)[:3]})"
        case httpcore2.TimeoutException():
            return Kind.TIMEOUT, "the time was up"
        case httpcore2.NetworkError():
            return Kind.RESET, _words(cause, "the connection broke")
        case httpcore2.RemoteProtocolError() if not received:
            return Kind.RESET, "the connection was closed without a reply"
        case httpcore2.RemoteProtocolError():
            return Kind.PROTOCOL, "the reply broke off or breaks the rules of HTTP"
        case _:
            return Kind.FAILED, type(error).__name__


def _words(cause: object, otherwise: str) -> str:
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return otherwise


def _host(location: str | None) -> str:
    try:
        return urlsplit(location or "").hostname or "the same host"
    except ValueError:
        return "an unreadable place"
