"""What went over the wire: a transport that keeps it, or keeps it back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from .package import Trial


class _Sent(Protocol):
    """What is needed of a request of the floor."""

    method: str
    url: str
    target: str
    body: bytes


@dataclass(slots=True)
class Exchange:
    """One request, byte for byte, and its reply where one came."""

    operation: str
    method: str
    url: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    http: int | None = None
    reply_headers: tuple[tuple[str, str], ...] = ()
    reply: bytes = b""
    seconds: float = 0.0
    problem: str = ""
    """Why no reply came."""


Answer = Callable[[str], Any]
"""The response to a request of the operation `provider.operation`."""


class Recorder:
    """A transport around the client's own, or in place of it.

    dry: nothing is sent.  answer: what is answered instead of sending.
    """

    def __init__(
        self, trial: Trial, dry: bool = False, answer: Answer | None = None
    ) -> None:
        self.exchanges: list[Exchange] = []
        self.operation = ""
        self._dry = dry
        self._answer = answer
        self._wire: Any = trial.floor("wire")
        self._events: Any = trial.floor("events")
        self._problems: Any = trial.floor("transport")
        self._own: Any = trial.floor("httpx_transport").HttpxTransport()

    def hooks(self) -> Any:
        """Hooks of the client that tell which operation each request belongs to."""

        def on_attempt(_: object, event: Any) -> None:
            self.operation = event.operation

        floor: Any = self._events.Hooks
        return type("Naming", (floor,), {"on_attempt": on_attempt})()

    def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Any:
        exchange = self._exchange(request, timeouts)
        self.exchanges.append(exchange)
        kinds = self._problems.Kind
        if self._dry:
            raise self._problems.TransportProblem(
                kinds.CLOSED, "nothing is sent", written=False
            )
        if self._answer is not None:
            return self._answer(self.operation)
        start = time.monotonic()
        try:
            response = self._own.send(request, timeouts=timeouts, max_bytes=max_bytes)
        except self._problems.TransportProblem as problem:
            exchange.problem = str(problem)
            exchange.http = problem.http_status
            exchange.reply = problem.received
            raise
        finally:
            exchange.seconds = time.monotonic() - start
        exchange.http = response.status
        exchange.reply_headers = tuple(response.headers)
        exchange.reply = response.body
        return response

    def close(self) -> None:
        self._own.close()

    def asynchronous(self) -> AsyncRecorder:
        """The same for an asynchronous client; only with `answer`."""
        return AsyncRecorder(self)

    def _exchange(self, request: _Sent, timeouts: Any) -> Exchange:
        """As the pool takes it: with the headers that the transport adds."""
        origin = self._wire.Origin.of(request.url)
        pooled = self._wire.outgoing(request, origin, None, timeouts)
        headers: Iterable[tuple[bytes, bytes]] = pooled.headers
        return Exchange(
            operation=self.operation,
            method=request.method,
            url=request.url,
            target=request.target,
            headers=[(n.decode("ascii"), v.decode("latin-1")) for n, v in headers],
            body=request.body,
        )


class AsyncRecorder:
    """A recorder that answers at once, for an asynchronous client."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    async def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Any:
        return self._recorder.send(request, timeouts=timeouts, max_bytes=max_bytes)

    async def close(self) -> None:
        self._recorder.close()
