"""An ASGI application that receives what a provider pushes.

It needs no framework and fits into all of them: mount it in Starlette or FastAPI, or
hand it to a server as it is.  The last segment of the path names the callback
(`/hooks/delivery_report`); an application with one handler takes every path.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote, unquote

from .errors import InvalidArgument, InvalidCallback
from .push import Callback
from .pushed import Keys
from .transport import Response

T = TypeVar("T")

Handler: TypeAlias = Callable[[T], object]
"""What takes a push: an `async` function, or a plain one that runs in a thread."""

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

LARGEST_BODY = 1_048_576
LARGEST_QUERY = 65_536


class Route(Generic[T]):
    """A callback, the name that its path ends in, and who takes it."""

    __slots__ = ("name", "callback", "handler")

    def __init__(
        self, name: str, callback: Callback[T], handler: Handler[T] | None
    ) -> None:
        self.name = name
        self.callback = callback
        self.handler = handler


class Receiver:
    """Reads pushes, hands them to handlers and answers as the provider documents.

    max_bytes: the largest body that is read.
    keys: what pushes prove their origin with.
    origin: scheme and host of the URLs that the provider calls, where a proxy hides
        them.

    A push that cannot be read is answered with 400, another method with 405, a body
    beyond `max_bytes` with 413, a proof that does not fit with 403, and a name without
    a handler with 404; each says why
    and repeats nothing of the push.  What a handler raises goes to the server, which
    answers 500, so that a provider that repeats its pushes sends this one again.

    Raises:
        InvalidArgument: there is no handler at all.
    """

    def __init__(
        self,
        *routes: Route[Any],
        max_bytes: int = LARGEST_BODY,
        keys: Keys | None = None,
        origin: str | None = None,
    ) -> None:
        self._routes = {
            route.name: route for route in routes if route.handler is not None
        }
        if not self._routes:
            names = ", ".join(f"on_{route.name}" for route in routes)
            raise InvalidArgument(f"no handler: give at least one of {names}")
        self._max_bytes = max_bytes
        self._keys = keys or {}
        self._origin = origin
        for route in self._routes.values():
            if route.callback.proof is not None:
                # A missing key is known before the first push comes.
                route.callback.proof.keys(self._keys)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            answer = await self._answer(scope, receive)
            if answer is not None:
                await _respond(send, answer)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1003})

    async def _answer(self, scope: Message, receive: Receive) -> Response | None:
        route = self._route(scope["path"])
        if route is None or route.handler is None:
            return _refusal(404, "no handler takes such a push")
        callback = route.callback
        if scope["method"] != callback.method:
            words = f"{callback.method} expected"
            return _refusal(405, words, ("Allow", callback.method))
        query = scope.get("query_string", b"")
        if len(query) > LARGEST_QUERY:
            return _refusal(414, "the query is too long")
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._max_bytes:
            return _refusal(413, "the body is too large")
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._max_bytes:
                return _refusal(413, "the body is too large")
        try:
            value = callback.parse(
                method=scope["method"],
                query=query,
                headers=headers,
                body=bytes(body),
                url=self._url(scope, headers),
                keys=self._keys,
            )
        except InvalidCallback as error:
            status = 403 if error.reason == "signature" else 400
            return _refusal(status, error.message)
        await _handed_over(route.handler, value)
        return callback.answer

    def _url(self, scope: Message, headers: dict[str, str]) -> str:
        """The URL that was called, without its query."""
        origin = self._origin
        if origin is None:
            origin = f"{scope.get('scheme', 'http')}://{headers.get('host', '')}"
        raw = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
        return origin.rstrip("/") + raw.decode("latin-1").partition("?")[0]

    def _route(self, path: str) -> Route[Any] | None:
        name = unquote(path.rstrip("/").rpartition("/")[2])
        if name not in self._routes and len(self._routes) == 1:
            return next(iter(self._routes.values()))
        return self._routes.get(name)


async def _handed_over(handler: Handler[Any], value: Any) -> None:
    if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(
        type(handler).__call__
    ):
        waiting = handler(value)
    else:
        waiting = await asyncio.to_thread(handler, value)
    if inspect.isawaitable(waiting):
        await waiting


def _refusal(status: int, words: str, *headers: tuple[str, str]) -> Response:
    plain = ("Content-Type", "text/plain; charset=utf-8")
    return Response(status, (plain, *headers), words.encode("utf-8"))


async def _respond(send: Send, answer: Response) -> None:
    length = ("Content-Length", str(len(answer.body)))
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in (*answer.headers, length)
    ]
    await send(
        {"type": "http.response.start", "status": answer.status, "headers": headers}
    )
    await send({"type": "http.response.body", "body": answer.body})


async def _live(receive: Receive, send: Send) -> None:
    """There is nothing to start or to end; servers want to hear that."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
