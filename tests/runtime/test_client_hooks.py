"""What hooks hear, and that they change nothing."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.support.fault_server import FaultServer, Hang, Reset, fault_server, reply
from tests.support.notes import Notes
from tests.support.specimen import (
    CANARIES,
    NO_WAIT,
    OK,
    AsyncClient,
    RateLimitedError,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime.events import Attempt, Failed, Hooks, Replied, Retrying, Succeeded
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Outcome

TOO_FAST = reply(b'{"status": -1}')


class Counting(Hooks):
    """How many requests a server had received before each attempt."""

    def __init__(self, server: FaultServer) -> None:
        self.server = server
        self.received: list[int] = []

    def on_attempt(self, event: Attempt) -> None:
        self.received.append(self.server.received)


@modes
def test_the_story_of_a_call(mode: str) -> None:
    read = call(operation(Does.READS, retry=NO_WAIT))
    with fault_server([Reset()], [OK]) as server:
        hooks, counting = Notes(), Counting(server)
        perform(mode, server.url, read, hooks=[hooks, counting])
        kinds = [type(event) for event in hooks.heard]
        assert kinds == [Attempt, Retrying, Attempt, Replied, Succeeded]
        # Before the first byte.
        assert counting.received == [0, 1]
        first, retry, second, replied, _ = hooks.heard
        assert first.url == f"{server.url}/do"
        assert (first.method, first.operation, first.does) == (
            "POST",
            "specimen.reads",
            Does.READS,
        )
        assert (first.number, second.number) == (1, 2)
        assert first.call == second.call != ""
        assert first.at.tzinfo is not None
        assert retry.attempt == first
        assert retry.error.reason == "reset"
        assert (replied.http_status, replied.size) == (200, 24)
        assert replied.seconds > 0
    assert not any(canary in repr(hooks.heard) for canary in CANARIES)


@modes
def test_the_end_of_a_call_that_fails(mode: str) -> None:
    send = call(operation(Does.SUBMITS))
    with fault_server([TOO_FAST]) as server:
        hooks = Notes()
        error = perform(mode, server.url, send, retries=0, hooks=[hooks])[0]
    failed = hooks.heard[-1]
    assert isinstance(error, RateLimitedError)
    assert isinstance(failed, Failed)
    assert failed.error is error
    assert failed.outcome is Outcome.REJECTED
    assert failed.attempt == hooks.heard[0]


@modes
@pytest.mark.parametrize("moment", ["attempt", "reply", "retry", "failure"])
def test_a_failing_hook_is_one_warning(
    mode: str, moment: str, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Hooks, event: object) -> None:
        raise RuntimeError("CANARY of the hook")

    hooks = type("Broken", (Hooks,), {f"on_{moment}": broken})()
    read = call(operation(Does.READS, retry=NO_WAIT))
    send = call(operation(Does.SUBMITS))
    caplog.set_level(logging.DEBUG, "wirebook")
    with fault_server([Reset()], [OK], [Reset()], [Reset()], [OK]) as server:
        outcomes = perform(mode, server.url, read, send, send, read, hooks=hooks)
    assert outcomes[0] == "7"
    assert (outcomes[1].reason, outcomes[2].reason) == ("reset", "reset")
    assert outcomes[3] == "7"
    warnings = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert "Broken raised RuntimeError" in warnings[0].message
    assert "CANARY" not in caplog.text


@modes
def test_nothing_of_the_request_is_logged(
    mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with fault_server([OK], [Reset()]) as server:
        get = call(operation(Does.READS), "GET")
        perform(mode, server.url, get, call(operation(Does.SUBMITS)))
    assert not any(canary in caplog.text for canary in CANARIES)
    assert "CANARYsecret" not in caplog.text


def test_a_cancelled_call_says_what_is_known() -> None:
    async def main(server: FaultServer, hooks: Notes) -> int:
        async with AsyncClient(
            credentials(), Server(server.url), hooks=hooks
        ) as client:
            task = asyncio.create_task(client.perform(call(operation(Does.SUBMITS))))
            while not server.received:
                await asyncio.sleep(0.005)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return client.connections

    hooks = Notes()
    with fault_server([Hang()]) as server:
        assert asyncio.run(main(server, hooks)) == 0
        assert server.received == 1
    failed = hooks.heard[-1]
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, asyncio.CancelledError)
    assert failed.outcome is Outcome.UNKNOWN


def test_a_call_cancelled_while_it_waits_was_not_sent() -> None:
    async def main(server: FaultServer, hooks: Notes) -> None:
        async with AsyncClient(
            credentials(), Server(server.url), hooks=hooks
        ) as client:
            task = asyncio.create_task(client.perform(call(operation(Does.SUBMITS))))
            while not hooks.of(Retrying):
                await asyncio.sleep(0.005)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    hooks = Notes()
    with fault_server([TOO_FAST]) as server:
        asyncio.run(main(server, hooks))
        assert server.received == 1
    assert hooks.heard[-1].outcome is Outcome.NOT_SENT
