"""The simulator on a port: ASGI for the gateways, a thread for those who want one."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from .control import HOME, routes
from .exchange import Incoming, Outgoing
from .journal import Journal
from .push import Pusher
from .simulator import Simulator

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST = 32 * 1024 * 1024
"""Octets of a request."""
TICK = 0.05
"""Seconds between two looks at what is due."""

_transports: dict[tuple[str, int], asyncio.Transport] = {}


class Connection(H11Protocol):
    """Remembers its transport, so that a scenario can reset it."""

    # The library narrows the transport likewise: it serves nothing but sockets.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client is not None:
            _transports[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            _transports.pop(self.client, None)
        super().connection_lost(exc)


class App:
    """The ASGI application: pages and control below `HOME`, providers elsewhere."""

    def __init__(self, simulator: Simulator, journal: Journal | None = None) -> None:
        self.simulator = simulator
        self._journal = journal
        self._pusher = Pusher(simulator)
        self._pages = Starlette(routes=routes(simulator), lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if scope["type"] != "http" or path == "/" or path.startswith(HOME):
            await self._pages(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            outgoing = Outgoing(413, (("Content-Type", "text/plain"),), b"Too large")
        else:
            outgoing = self.simulator.handle(_incoming(scope, body))
        await _answer(scope, send, outgoing)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncGenerator[None]:
        work = asyncio.create_task(self._work())
        try:
            yield
        finally:
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            await self._pusher.close()
            if self._journal is not None:
                self._journal.write(self.simulator.state)
                self._journal.close()

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self.simulator.tick()
            self._pusher.push()
            if self._journal is not None:
                self._journal.write(self.simulator.state)


def _incoming(scope: Scope, body: bytes) -> Incoming:
    target = cast("bytes", scope["raw_path"])
    if scope["query_string"]:
        target += b"?" + scope["query_string"]
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in scope["headers"]
    )
    return Incoming(scope["method"], target.decode("latin-1"), headers, body)


async def _body(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(scope: Scope, send: Send, outgoing: Outgoing) -> None:
    if outgoing.latency:
        await asyncio.sleep(outgoing.latency)
    transport = _transports.get(tuple(scope["client"])) if scope.get("client") else None
    if outgoing.trouble == "reset" and transport is not None:
        _reset(transport)
        return
    length = str(len(outgoing.body))
    headers = [
        (name.lower().encode(), value.encode("latin-1"))
        for name, value in (*outgoing.headers, ("Content-Length", length))
    ]
    await send(
        {"type": "http.response.start", "status": outgoing.http, "headers": headers}
    )
    if outgoing.trouble == "truncate" and transport is not None:
        half = outgoing.body[: len(outgoing.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        transport.close()
        return
    await send({"type": "http.response.body", "body": outgoing.body})


def _reset(transport: asyncio.Transport) -> None:
    raw = transport.get_extra_info("socket")
    if raw is not None:
        # Without lingering, closing sends a reset and not a polite end.
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def config(app: App) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Connection,
        log_level="critical",
        access_log=False,
        lifespan="on",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.  Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, accepted connections send at once (TCP_NODELAY).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(512)
    return listener


class Running:
    """The simulator on a port of its own, in a thread of its own."""

    def __init__(self, simulator: Simulator, host: str = "127.0.0.1", port: int = 0):
        self.simulator = simulator
        self._socket = bind(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        self._server = uvicorn.Server(config(App(simulator)))
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), daemon=True
        )

    def __enter__(self) -> Running:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering and wait for the thread."""
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()
