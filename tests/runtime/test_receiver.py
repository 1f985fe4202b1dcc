"""The application that receives pushes: by real requests, alone and mounted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.routing import Route as StarletteRoute

from tests.support.asgi_server import Server, serving
from wirebook.runtime import decode
from wirebook.runtime.errors import InvalidArgument
from wirebook.runtime.push import Callback
from wirebook.runtime.receiver import Receiver, Route
from wirebook.runtime.transport import Response
from wirebook.runtime.tree import Tree

taken: list[tuple[str, str, bool]] = []
"""Kind, value, and whether it came in the loop's own thread."""


def state(tree: Tree) -> str:
    return decode.text(tree, "state")


def take(kind: str, value: str) -> None:
    taken.append((kind, value, threading.current_thread().name == LOOP))


async def take_async(value: str) -> None:
    take("async", value)


class Taker:
    async def __call__(self, value: str) -> None:
        take("object", value)


def fail(value: str) -> None:
    raise RuntimeError("the handler is broken")


REPORT = Callback("acme.report", state, answer=Response(202, body=b"OK"))
LOOP = "loop"


def route(name: str, handler: Any) -> Route[str]:
    return Route(name, REPORT, handler)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    many = Receiver(
        route("plain", partial(take, "plain")),
        route("async", take_async),
        route("object", Taker()),
        route("broken", fail),
        route("idle", None),
        max_bytes=1000,
    )
    one = Receiver(route("only", partial(take, "only")))
    application = Starlette(
        routes=[Mount("/many", many), StarletteRoute("/one", one, methods=["POST"])]
    )

    async def named(scope: Any, receive: Any, send: Any) -> None:
        threading.current_thread().name = LOOP
        await application(scope, receive, send)

    with serving(named) as found:
        yield found


@pytest.fixture(autouse=True)
def forget() -> None:
    taken.clear()


@pytest.mark.parametrize(
    ("name", "in_loop"), [("plain", False), ("async", True), ("object", True)]
)
def test_handlers(server: Server, name: str, in_loop: bool) -> None:
    answer = server.request("POST", f"/many/{name}", b'{"state": "x"}')

    assert (answer.status, answer.body) == (202, b"OK")
    assert taken == [(name, "x", in_loop)]


@pytest.mark.parametrize("target", ["/many/plain/", "/many/deeper/plain", "/one"])
def test_the_last_segment_counts(server: Server, target: str) -> None:
    assert server.request("POST", target, b'{"state": "x"}').status == 202
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "words"),
    [
        ("POST", "/many/plain", b"secret", 400, b"no JSON"),
        ("POST", "/many/plain", b'{"secret": 1}', 400, b"state: missing"),
        ("GET", "/many/plain", b"", 405, b"POST expected"),
        ("POST", "/many/plain", b"x" * 1001, 413, b"too large"),
        ("POST", "/many/plain?" + "x" * 65_537, b"", 414, b"too long"),
        ("POST", "/many/idle", b'{"state": "x"}', 404, b"no handler"),
        ("POST", "/many/nonesuch", b'{"state": "x"}', 404, b"no handler"),
        ("POST", "/many/", b'{"state": "x"}', 404, b"no handler"),
    ],
)
def test_refusals(
    server: Server, method: str, target: str, body: bytes, status: int, words: bytes
) -> None:
    answer = server.request(method, target, body)

    assert answer.status == status
    assert words in answer.body
    assert b"secret" not in answer.body
    assert taken == []
    if status == 405:
        assert answer.headers["allow"] == "POST"


def test_a_body_without_a_length_is_capped(server: Server) -> None:
    chunked = {"Transfer-Encoding": "chunked"}
    body = b"3e8\r\n" + b"x" * 1000 + b"\r\n1\r\nx\r\n0\r\n\r\n"
    assert server.request("POST", "/many/plain", body, chunked).status == 413


def test_a_failing_handler_is_the_servers_to_answer(server: Server) -> None:
    assert server.request("POST", "/many/broken", b'{"state": "x"}').status == 500


def test_standing_alone() -> None:
    """Without a framework: the server's own life cycle is answered too."""
    with serving(Receiver(route("only", partial(take, "only")))) as alone:
        assert alone.request("POST", "/", b'{"state": "x"}').status == 202
    assert [kind for kind, _, _ in taken] == ["only"]


def test_no_handler_at_all() -> None:
    with pytest.raises(InvalidArgument, match="on_report"):
        Receiver(route("report", None))
