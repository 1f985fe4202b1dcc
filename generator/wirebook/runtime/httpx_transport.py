"""The transports that clients use by default: the connection pools of httpx2.

The pools are called directly (they are httpx2's own core, of the same version),
because `httpx2.Client` logs URLs with their credentials, rewrites queries and
hides the sockets. What the pools do not promise is added here: one deadline over
the whole exchange, a cap on the body, no compression, no redirect, no proxy that
nobody asked for, no connection that holds bytes of another reply, no socket shared
with a forked process or another event loop.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
import warnings
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, TypedDict, Unpack

import httpcore2

from . import fork, wire
from .network import AsyncNetwork, Exchange, Network
from .quiet import exchanging
from .transport import (
    Kind,
    Response,
    Timeouts,
    TransportOptions,
    TransportProblem,
)
from .wire import Origin

if TYPE_CHECKING:
    from .request import Request

# Less than servers usually wait: who closes first decides about lost requests.
KEEPALIVE = 5.0


class _PoolOptions(TypedDict):
    ssl_context: ssl.SSLContext | None
    proxy: httpcore2.Proxy | None
    max_connections: int
    max_keepalive_connections: int
    keepalive_expiry: float


class _Base:
    """What both transports share."""

    def __init__(self, **options: Unpack[TransportOptions]) -> None:
        """Set up a transport; connections are opened when they are needed."""
        self._verify = options.get("verify", True)
        self._proxy = wire.proxy(options.get("proxy"))
        self._max_connections = options.get("max_connections", 100)
        self._most = self._max_connections + options.get("max_waiting", 10_000)
        # A set, because threads cannot count together without a lock.
        self._under_way: set[Exchange] = set()
        self._keepalive = options.get("keepalive", KEEPALIVE)
        if self._verify is False:
            warnings.warn(
                "verify=False: anybody on the way can read and change what is sent",
                stacklevel=3,
            )
        self._context: ssl.SSLContext | None = None
        self._origins: dict[str, Origin] = {}
        self._lock = threading.Lock()
        self._pid = os.getpid()
        self._closed = False
        # The parent's pools: neither used nor closed nor collected in a child.
        self._abandoned: list[object] = []
        fork.register(self)

    def after_fork(self) -> None:
        """Leave the parent's connections alone and start afresh."""
        self._lock = threading.Lock()
        self._under_way = set()
        self._pid = os.getpid()
        self._abandoned.append(self._leave())

    def _leave(self) -> object:
        """The pools, which are then forgotten."""
        return None

    def _start(self, request: Request) -> Origin:
        if self._pid != os.getpid():
            self.after_fork()
        self._refuse_when_closed()
        if len(self._under_way) >= self._most:
            detail = "too many exchanges wait for a connection already"
            raise TransportProblem(Kind.POOL, detail, written=False)
        text = request.url.removesuffix(request.target)
        origin = self._origins.get(text)
        if origin is None:
            origin = self._origins[text] = Origin.of(text)
        return origin

    def _exchange(
        self, request: Request, origin: Origin, timeouts: Timeouts
    ) -> Exchange:
        # A proxy gets a CONNECT first, which has no body to wait for.
        whole = bool(request.body) and self._proxy is None
        return Exchange(timeouts.total, secure=origin.secure, whole=whole)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            detail = "the client is closed: make a new one"
            raise TransportProblem(Kind.CLOSED, detail, written=False)

    def _options(self, secure: bool) -> _PoolOptions:
        return {
            "ssl_context": self._tls() if secure else None,
            "proxy": self._proxy,
            "max_connections": self._max_connections,
            "max_keepalive_connections": (
                self._max_connections if self._keepalive > 0 else 0
            ),
            "keepalive_expiry": self._keepalive,
        }

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            import httpx2

            self._context = httpx2.create_ssl_context(
                verify=self._verify, trust_env=False
            )
        return self._context


class HttpxTransport(_Base):
    """The default transport of `Client`. Threads may share it."""

    def __init__(self, **options: Unpack[TransportOptions]) -> None:
        super().__init__(**options)
        self._pools: dict[bool, httpcore2.ConnectionPool] = {}

    def send(self, request: Request, *, timeouts: Timeouts, max_bytes: int) -> Response:
        origin = self._start(request)
        pool = self._pool(origin.secure)
        exchange = self._exchange(request, origin, timeouts)
        self._under_way.add(exchange)
        exchanging.set(True)
        try:
            response = pool.handle_request(
                wire.outgoing(request, origin, exchange, timeouts)
            )
            try:
                headers = wire.incoming(response, exchange, max_bytes)
                body = bytearray()
                for chunk in response.iter_stream():
                    body += chunk
                    if len(body) > max_bytes:
                        raise wire.too_large(max_bytes, response.status, exchange)
                if wire.spent(response, headers):
                    wire.stream(response).close()
            finally:
                response.close()
        except TransportProblem:
            raise
        except Exception as error:
            raise wire.problem(error, exchange) from None
        finally:
            exchanging.set(False)
            self._under_way.discard(exchange)
        return Response(response.status, headers, bytes(body))

    def close(self) -> None:
        """Close all connections. A second time is no error; sending then is one."""
        with self._lock:
            self._closed = True
            pools = self._leave()
        for pool in pools.values():
            pool.close()

    @property
    def connections(self) -> int:
        """Open connections, idle ones included."""
        return sum(len(pool.connections) for pool in self._pools.values())

    def _leave(self) -> dict[bool, httpcore2.ConnectionPool]:
        pools, self._pools = self._pools, {}
        return pools

    def _pool(self, secure: bool) -> httpcore2.ConnectionPool:
        pool = self._pools.get(secure)
        if pool is None:
            with self._lock:
                self._refuse_when_closed()
                pool = self._pools.get(secure)
                if pool is None:
                    pool = self._pools[secure] = httpcore2.ConnectionPool(
                        network_backend=Network(), **self._options(secure)
                    )
        return pool


class _LoopPools:
    """The pools of one event loop, closed when the loop shuts down."""

    def __init__(self) -> None:
        self.pools: dict[bool, httpcore2.AsyncConnectionPool] = {}
        self.keeper = self._keep()

    async def _keep(self) -> AsyncGenerator[None, None]:
        # An event loop finishes its open generators before it ends
        # (`shutdown_asyncgens`): the last moment at which its sockets can be closed.
        try:
            yield
        finally:
            for pool in self.pools.values():
                await pool.aclose()


class AsyncHttpxTransport(_Base):
    """The default transport of `AsyncClient`: connections belong to an event loop."""

    def __init__(self, **options: Unpack[TransportOptions]) -> None:
        super().__init__(**options)
        self._loops: dict[asyncio.AbstractEventLoop, _LoopPools] = {}

    async def send(
        self, request: Request, *, timeouts: Timeouts, max_bytes: int
    ) -> Response:
        origin = self._start(request)
        pool = await self._pool(origin.secure)
        exchange = self._exchange(request, origin, timeouts)
        self._under_way.add(exchange)
        exchanging.set(True)
        try:
            response = await pool.handle_async_request(
                wire.outgoing(request, origin, exchange, timeouts)
            )
            try:
                headers = wire.incoming(response, exchange, max_bytes)
                body = bytearray()
                async with aclosing(response.aiter_stream()) as chunks:
                    async for chunk in chunks:
                        body += chunk
                        if len(body) > max_bytes:
                            raise wire.too_large(max_bytes, response.status, exchange)
                if wire.spent(response, headers):
                    await wire.stream(response).aclose()
            finally:
                await response.aclose()
        except TransportProblem:
            raise
        except Exception as error:
            raise wire.problem(error, exchange) from None
        finally:
            exchanging.set(False)
            self._under_way.discard(exchange)
        return Response(response.status, headers, bytes(body))

    async def close(self) -> None:
        """Close all connections. A second time is no error; sending then is one."""
        self._closed = True
        here = asyncio.get_running_loop()
        for loop, pools in self._leave().items():
            if loop is here:
                await pools.keeper.aclose()
            elif loop.is_running():
                asyncio.run_coroutine_threadsafe(pools.keeper.aclose(), loop)

    @property
    def connections(self) -> int:
        """Open connections of all event loops, idle ones included."""
        return sum(
            len(pool.connections)
            for loop in self._loops.values()
            for pool in loop.pools.values()
        )

    def _leave(self) -> dict[asyncio.AbstractEventLoop, _LoopPools]:
        loops, self._loops = self._loops, {}
        return loops

    async def _pool(self, secure: bool) -> httpcore2.AsyncConnectionPool:
        loop = asyncio.get_running_loop()
        pools = self._loops.get(loop)
        if pools is None:
            with self._lock:
                for ended in [known for known in self._loops if known.is_closed()]:
                    del self._loops[ended]
                pools = self._loops[loop] = _LoopPools()
            await anext(pools.keeper)
        pool = pools.pools.get(secure)
        if pool is None:
            pool = pools.pools[secure] = httpcore2.AsyncConnectionPool(
                network_backend=AsyncNetwork(), **self._options(secure)
            )
        return pool
