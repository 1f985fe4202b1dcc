"""Faults of the table in README.md that no test of the floor shows by the way."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from telecoms import aisix
from telecoms._runtime import errors as shared
from tests.support.fault_server import Hang, Reset, fault_server, reply
from tests.support.notes import Notes
from tests.support.specimen import (
    NO_WAIT,
    OK,
    SECRET,
    StillClock,
    call,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.events import Warned
from wirebook.runtime.limiter import MemoryLimiter, Rate
from wirebook.runtime.status import Does, Outcome, Submitted

UNKNOWN = "an unknown charset, read as utf-8"

pytestmark = modes


def send(**facts: Any) -> Any:
    facts.setdefault("retry", NO_WAIT)
    return call(operation(Does.SUBMITS, **facts))


@contextmanager
def two_addresses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every name has two addresses; nobody listens on the first one."""
    whole = socket.getaddrinfo

    def both(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if host not in ("two.test", b"two.test"):
            return whole(host, port, *args, **options)
        kind = socket.SOCK_STREAM
        return [
            (socket.AF_INET, kind, 6, "", ("127.0.0.9", int(port))),
            (socket.AF_INET, kind, 6, "", ("127.0.0.1", int(port))),
        ]

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", both)
        yield


def test_other_addresses_are_tried(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with two_addresses(monkeypatch), fault_server([OK]) as server:
        url = server.url.replace("127.0.0.1", "two.test")
        found = perform(mode, url, send(), allow_insecure=True)
        assert server.received == 1
    assert found[0] == "7"


def test_an_address_that_swallows_everything(mode: str) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        # A full queue: the kernel drops what else wants to connect.
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        started = time.monotonic()
        error, connections = perform(
            mode, url, send(timeout=5), connect_timeout=0.2, retries=1
        )
        took = time.monotonic() - started
        for filler in fillers:
            filler.close()
    assert isinstance(error, errors.NotSent)
    assert (error.outcome, error.attempts) == (Outcome.NOT_SENT, 2)
    assert connections == 0
    assert 0.35 < took < 4.5


@pytest.mark.parametrize("codings", ["gzip", "gzip, gzip", "br", "zstd", "deflate, br"])
def test_no_coding_of_a_body_is_unpacked(mode: str, codings: str) -> None:
    bomb = reply(b"\x1f\x8b" + b"\0" * 100, 200, f"Content-Encoding: {codings}")
    with fault_server([bomb]) as server:
        error, _ = perform(mode, server.url, send())
        assert server.received == 1
    assert isinstance(error, errors.UnreadableReply)
    assert error.reason == "encoding"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("text/html; charset=latin-1", [("content_type", "text/html, read as json")]),
        ("application/json; charset=gbk", [("charset", "gbk, read as utf-8")]),
        (f"application/json; charset={SECRET}", [("charset", UNKNOWN)]),
        ("application/problem+json; charset=UTF8", []),
        ("application/json", []),
        (f"text/{SECRET}", []),
    ],
)
def test_a_header_that_contradicts_the_body_is_told(
    mode: str, header: str, told: list[tuple[str, str]]
) -> None:
    """The body is read as documented all the same."""
    notes = Notes()
    wrong = reply(b'{"status": 0, "id": "7"}', 200, f"Content-Type: {header}")
    with fault_server([wrong]) as server:
        assert perform(mode, server.url, send(), hooks=notes)[0] == "7"
    found = [(one.reason, one.detail) for one in notes.of(Warned)]
    assert found == told
    assert SECRET not in repr(notes.heard)


def test_refused_credentials_are_not_tried_again(mode: str) -> None:
    with fault_server([reply(b'{"status": -2}', 401)]) as server:
        error, _ = perform(mode, server.url, send())
        assert server.received == 1
    assert isinstance(error, errors.InvalidCredentials)
    assert (error.outcome, error.submitted) == (Outcome.REJECTED, Submitted.NO)


@pytest.mark.parametrize("jump", [-86_400, 86_400])
def test_the_deadline_does_not_follow_the_wall_clock(mode: str, jump: int) -> None:
    class Jumping(StillClock):
        jumped = timedelta(0)

        def now(self) -> datetime:
            self.jumped += timedelta(seconds=jump)
            return datetime(2026, 11, 21, tzinfo=UTC) + self.jumped

    started = time.monotonic()
    with fault_server([Hang()]) as server:
        error, _ = perform(mode, server.url, send(timeout=0.3), clock=Jumping())
    assert isinstance(error, errors.ReplyTimeout)
    assert 0.25 < time.monotonic() - started < 20


def test_a_place_that_waits_too_long_is_not_taken(mode: str) -> None:
    rate = Rate("slow", calls=1, per=60.0)
    limiter = MemoryLimiter()
    with fault_server([OK]) as server:
        once = send(rate=rate, timeout=1)
        found = perform(mode, server.url, once, once, once, limiter=limiter)
        assert server.received == 1
    assert [getattr(one, "reason", one) for one in found[:3]] == [
        "7",
        "limiter",
        "limiter",
    ]
    # The refused ones took nothing: the next place is still the second one.
    assert limiter.reserve(rate, 0) <= 60


def aisix_call(mode: str, url: str, name: str, **arguments: Any) -> Any:
    import asyncio

    options: dict[str, Any] = {
        "account": "admin@acme",
        "authkey": "CANARYKEY12345678901234567890123",
        "base_url": url,
    }
    try:
        if mode == "sync":
            with aisix.Client(**options) as client:
                return getattr(client, name)(**arguments)

        async def main() -> Any:
            async with aisix.AsyncClient(**options) as client:
                return await getattr(client, name)(**arguments)

        return asyncio.run(main())
    except shared.Error as error:
        return error


def test_secrets_travel_in_the_body_where_the_provider_takes_them_there(
    mode: str,
) -> None:
    with fault_server([Reset()]) as server:
        aisix_call(
            mode,
            server.url,
            "send_once",
            channel_group="1",
            content="canary words",
            recipients=["13512345678"],
        )
        [request] = server.requests
    line = request.partition(b"\r\n")[0]
    assert b"CANARYKEY12345678901234567890123" in request
    assert b"13512345678" in request
    for hidden in (b"CANARYKEY12345678901234567890123", b"13512345678", b"canary"):
        assert hidden not in line


def test_a_new_key_whose_reply_is_lost_is_not_made_again(mode: str) -> None:
    with fault_server([Reset()]) as server:
        error = aisix_call(mode, server.url, "update_key")
        assert server.received == 1
    assert isinstance(error, shared.OutcomeUnknown)
    assert error.submitted.value == "maybe"
    assert error.retry_safe is False
    # What tells: whether the old key still opens the account.
    assert error.recovery == "aisix.get_balance"
