"""The sockets below the pool, watched.

httpcore2 reads the timeout of an exchange once and hands the same number to every
read and write, so a peer that drips one byte at a time is never late. A `Limit` is
that number and knows the deadline as well; the streams here ask it before each
operation. They also see the one fact that decides about retries: whether a byte of
the request was written.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any, cast

import httpcore2

KEPT = 256
"""How many of the first bytes of a reply are kept for a report."""

PIECE = 16_384
"""Writes are cut so that the deadline is looked at while a slow peer reads."""


class Exchange:
    """What is known about one exchange while it runs."""

    __slots__ = ("end", "head", "received", "secure", "whole", "written")

    def __init__(
        self, seconds: float, *, secure: bool = False, whole: bool = False
    ) -> None:
        self.end = time.monotonic() + seconds
        self.secure = secure
        self.written = False
        self.received = b""
        # The pool writes head and body apart; `whole` lets them leave as one, which
        # saves a packet, and with some servers the wait for its acknowledgement.
        self.whole = whole
        self.head = b""

    def joined(self, data: bytes) -> bytes:
        """The data to write now: nothing while the head waits for its body."""
        if self.whole:
            self.whole, self.head = False, data
            return b""
        data, self.head = self.head + data, b""
        return data


class Limit(float):
    """Seconds that one operation may take, never beyond the exchange's deadline."""

    exchange: Exchange

    def __new__(cls, seconds: float, exchange: Exchange) -> Limit:
        limit = super().__new__(cls, seconds)
        limit.exchange = exchange
        return limit


def _left(timeout: float | None, late: type[Exception]) -> float | None:
    if not isinstance(timeout, Limit):
        return timeout
    left = min(float(timeout), timeout.exchange.end - time.monotonic())
    if left <= 0:
        raise late("deadline")
    return left


class _Watch:
    """The part of a stream that sync and async share.

    A request for an https URL counts as written only once TLS stands: what goes
    out before is the proxy's CONNECT.
    """

    __slots__ = ("closed", "secure")

    def __init__(self, secure: bool) -> None:
        self.secure = secure
        self.closed = False

    def writing(self, timeout: float | None) -> None:
        if isinstance(timeout, Limit) and (self.secure or not timeout.exchange.secure):
            timeout.exchange.written = True

    def read(self, timeout: float | None, data: bytes) -> bytes:
        if isinstance(timeout, Limit) and timeout.exchange.written:
            exchange = timeout.exchange
            if len(exchange.received) < KEPT:
                exchange.received += data[: KEPT - len(exchange.received)]
        return data


class Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, secure: bool = False) -> None:
        self._inner = inner
        self._watch = _Watch(secure)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout, httpcore2.ReadTimeout)
        return self._watch.read(timeout, self._inner.read(max_bytes, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if isinstance(timeout, Limit):
            buffer = timeout.exchange.joined(buffer)
        for start in range(0, len(buffer), PIECE):
            left = _left(timeout, httpcore2.WriteTimeout)
            self._watch.writing(timeout)
            self._inner.write(buffer[start : start + PIECE], left)

    def close(self) -> None:
        self._watch.closed = True
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = _left(timeout, httpcore2.ConnectTimeout)
        return Stream(self._inner.start_tls(ssl_context, server_hostname, left), True)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self._watch.closed:
            return True
        return self._inner.get_extra_info(info)


class Network(httpcore2.NetworkBackend):
    """Connects; every address of a host is tried within its own connect timeout."""

    def __init__(self) -> None:
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(error) from None
        failure: Exception = httpcore2.ConnectError("the name has no address")
        for address in dict.fromkeys(str(entry[4][0]) for entry in found):
            try:
                return Stream(
                    self._inner.connect_tcp(
                        address,
                        port,
                        timeout=_left(timeout, httpcore2.ConnectTimeout),
                        local_address=local_address,
                        socket_options=socket_options or (),
                    )
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


class AsyncStream(httpcore2.AsyncNetworkStream):
    def __init__(
        self, inner: httpcore2.AsyncNetworkStream, secure: bool = False
    ) -> None:
        self._inner = inner
        self._watch = _Watch(secure)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout, httpcore2.ReadTimeout)
        return self._watch.read(timeout, await self._inner.read(max_bytes, left))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if isinstance(timeout, Limit):
            buffer = timeout.exchange.joined(buffer)
        for start in range(0, len(buffer), PIECE):
            left = _left(timeout, httpcore2.WriteTimeout)
            self._watch.writing(timeout)
            await self._inner.write(buffer[start : start + PIECE], left)

    async def aclose(self) -> None:
        self._watch.closed = True
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        left = _left(timeout, httpcore2.ConnectTimeout)
        inner = await self._inner.start_tls(ssl_context, server_hostname, left)
        return AsyncStream(inner, True)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self._watch.closed:
            return True
        return self._inner.get_extra_info(info)


class AsyncNetwork(httpcore2.AsyncNetworkBackend):
    """Connects; a host's addresses race each other within one connect timeout."""

    def __init__(self) -> None:
        # The name may stand for a class that only says that anyio is missing.
        backend: Any = httpcore2.AnyIOBackend()
        self._inner = cast("httpcore2.AsyncNetworkBackend", backend)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        try:
            inner = await self._inner.connect_tcp(
                host,
                port,
                timeout=_left(timeout, httpcore2.ConnectTimeout),
                local_address=local_address,
                socket_options=socket_options,
            )
        except UnicodeError as error:
            raise httpcore2.ConnectError(error) from None
        return AsyncStream(inner)
