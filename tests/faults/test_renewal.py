"""Credentials that a provider refuses are asked for anew: once, where that is safe."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest

from telecoms import onbuka
from tests.support.fault_server import FaultServer, Reset, fault_server, reply
from tests.support.specimen import (
    NO_WAIT,
    OK,
    SECRET,
    AsyncClient,
    Client,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does

REFUSED = reply(f'{{"status": -2, "message": "{SECRET}"}}'.encode())
SEND = call(operation(Does.SUBMITS, timeout=5, retry=NO_WAIT))

pytestmark = modes


def asked(mode: str, answer: Any, heard: list[Any]) -> Callable[[], Any]:
    """A function that has new credentials; asynchronous for the asynchronous client."""

    def ask() -> Any:
        heard.append(answer)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def ask_later() -> Any:
        await asyncio.sleep(0)
        return ask()

    return ask if mode == "sync" else ask_later


def test_refused_credentials_are_asked_for_once(mode: str) -> None:
    heard: list[Any] = []
    ask = asked(mode, {"key": "NEWkey"}, heard)
    with fault_server([REFUSED], [OK], [OK]) as server:
        found = perform(mode, server.url, SEND, SEND, new_credentials=ask)
        bodies = [one.partition(b"\r\n\r\n")[2] for one in server.requests]
    assert found[:2] == ["7", "7"]
    assert len(heard) == 1
    assert [b"NEWkey" in body for body in bodies] == [False, True, True]


def test_it_never_loops(mode: str) -> None:
    heard: list[Any] = []
    ask = asked(mode, {"key": "NEWkey"}, heard)
    with fault_server([REFUSED]) as server:
        error, _ = perform(mode, server.url, SEND, new_credentials=ask)
        assert server.received == 2
    assert isinstance(error, errors.InvalidCredentials)
    assert (len(heard), error.attempts) == (1, 2)
    # Both the old and the new one are struck out of what the provider repeats.
    assert SECRET not in str(error)
    assert SECRET not in repr(vars(error))


@pytest.mark.parametrize(
    "answer",
    [None, {}, {"key": SECRET}, {"nokey": "x"}, {"key": ""}, RuntimeError(SECRET)],
    ids=["none", "empty", "the same", "unknown", "unfit", "raised"],
)
def test_no_new_credentials_mean_the_refusal(
    mode: str, answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Any] = []
    with fault_server([REFUSED]) as server, caplog.at_level(logging.DEBUG):
        ask = asked(mode, answer, heard)
        error, _ = perform(mode, server.url, SEND, new_credentials=ask)
        assert server.received == 1
    assert isinstance(error, errors.InvalidCredentials)
    assert len(heard) == 1
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "script",
    [[Reset()], [reply(b'{"status": -3}')], [reply(b"", 401)], [reply(b"<html>")]],
    ids=["lost", "undecided", "an unreadable 401", "a page"],
)
def test_only_a_refusal_that_proves_that_nothing_was_submitted(
    mode: str, script: Any
) -> None:
    heard: list[Any] = []
    with fault_server(script) as server:
        ask = asked(mode, {"key": "NEWkey"}, heard)
        error, _ = perform(mode, server.url, SEND, new_credentials=ask)
        assert server.received == 1
    assert isinstance(error, errors.OutcomeUnknown)
    assert heard == []


def test_callers_that_are_refused_together_ask_once(mode: str) -> None:
    heard: list[Any] = []
    ask: Any = asked(mode, {"key": "NEWkey"}, heard)

    class Strict(FaultServer):
        def next_script(self, request: bytes) -> Any:
            with self.lock:
                self.requests.append(request)
            return [OK if b"NEWkey" in request else REFUSED]

    def together(server: Server) -> list[Any]:
        found: list[Any] = []
        with Client(credentials(), server, new_credentials=ask) as client:
            workers = [
                threading.Thread(target=lambda: found.append(client.perform(SEND)))
                for _ in range(8)
            ]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        return found

    async def gathered(server: Server) -> list[Any]:
        async with AsyncClient(credentials(), server, new_credentials=ask) as client:
            return await asyncio.gather(*[client.perform(SEND) for _ in range(8)])

    with fault_server([OK]) as server:
        server.__class__ = Strict
        there = Server(server.url)
        found = together(there) if mode == "sync" else asyncio.run(gathered(there))
    assert found == ["7"] * 8
    assert len(heard) == 1


def test_a_generated_client_signs_with_the_new_secret(mode: str) -> None:
    refused = reply(b'{"status": "-1", "reason": "Authentication error"}')
    fine = reply(
        b'{"status": "0", "reason": "", "balance": "1.5", "gift": "0", "credit": "0"}'
    )
    heard: list[Any] = []
    options: dict[str, Any] = {
        "api_key": "k1234567",
        "api_secret": "oldSecret",
        "new_credentials": asked(mode, {"api_secret": "newSecret"}, heard),
    }

    async def main(url: str) -> Any:
        async with onbuka.AsyncClient(base_url=url, **options) as client:
            return await client.sms.get_balance()

    with fault_server([refused], [fine]) as server:
        if mode == "sync":
            with onbuka.Client(base_url=server.url, **options) as client:
                balance = client.sms.get_balance()
        else:
            balance = asyncio.run(main(server.url))
        signs = [one.split(b"Sign: ")[1].split(b"\r\n")[0] for one in server.requests]
    assert str(balance.balance) == "1.5"
    assert len(set(signs)) == 2
    assert len(heard) == 1
