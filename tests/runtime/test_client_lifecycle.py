"""Clients are closed, shared, forked, carried into other event loops, interrupted."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
import warnings
from typing import Any

import pytest

from tests.support.fault_server import (
    Echo,
    FaultServer,
    Hang,
    fault_server,
)
from tests.support.specimen import (
    NO_WAIT,
    OK,
    AsyncClient,
    Client,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.call import Call
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does
from wirebook.runtime.transport import Response

READ = operation(Does.READS, timeout=5, retry=NO_WAIT)
SEND = operation(Does.SUBMITS, timeout=5, retry=NO_WAIT)


def client(server: FaultServer | str, **options: Any) -> Client:
    url = server if isinstance(server, str) else server.url
    return Client(credentials(), Server(url), **options)


def async_client(server: FaultServer, **options: Any) -> AsyncClient:
    return AsyncClient(credentials(), Server(server.url), **options)


def echo(server: FaultServer) -> FaultServer:
    server.__class__ = Echo
    return server


# Closing.


def test_a_client_that_was_never_used_needs_no_closing() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client("http://127.0.0.1:9")
        gc.collect()
    assert caught == []


def test_a_given_transport_stays_the_callers() -> None:
    class Recorded:
        closed = False

        def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Response:
            return Response(200, (), b'{"status": 0, "id": "7"}')

        def close(self) -> None:
            self.closed = True

    mine = Recorded()
    with client("http://127.0.0.1:9", transport=mine) as one:
        assert one.perform(call(READ)) == "7"
    assert not mine.closed
    with pytest.raises(errors.NotSent):
        one.perform(call(READ))


# Sharing.


def test_tasks_get_their_own_replies() -> None:
    async def main(server: FaultServer) -> list[Any]:
        async with async_client(server, max_connections=5) as one:
            calls = [call(READ, to=[str(10_000 + n)]) for n in range(100)]
            return await asyncio.gather(*[one.perform(each) for each in calls])

    with fault_server([OK]) as server:
        found = asyncio.run(main(echo(server)))
        assert found == [str(10_000 + n) for n in range(100)]
        assert server.accepted <= 5


@modes
def test_no_free_connection_in_time_means_not_sent(mode: str) -> None:
    # The first one holds the only connection for longer than the others can wait.
    timeouts = (0.5, 0.1, 0.1)
    calls = [
        call(operation(Does.SUBMITS, timeout=seconds, retry=NO_WAIT))
        for seconds in timeouts
    ]

    def in_threads(server: FaultServer) -> list[Any]:
        outcomes: list[Any] = []

        def work(one: Client, each: Call[Any]) -> None:
            try:
                outcomes.append(one.perform(each))
            except errors.Error as error:
                outcomes.append(error)

        with client(server, max_connections=1) as one:
            workers = [
                threading.Thread(target=work, args=(one, each)) for each in calls
            ]
            for worker in workers:
                worker.start()
                time.sleep(0.02)
            for worker in workers:
                worker.join()
        return outcomes

    async def in_tasks(server: FaultServer) -> list[Any]:
        async with async_client(server, max_connections=1) as one:
            return await asyncio.gather(
                *[one.perform(each) for each in calls], return_exceptions=True
            )

    with fault_server([Hang()]) as server:
        outcomes = (
            in_threads(server) if mode == "sync" else asyncio.run(in_tasks(server))
        )
        assert server.received == 1
    found = sorted((type(error).__name__, error.reason) for error in outcomes)
    assert found == [
        ("NotSent", "pool"),
        ("NotSent", "pool"),
        ("ReplyTimeout", "timeout"),
    ]


def test_one_client_in_two_event_loops() -> None:
    with fault_server([OK]) as server:
        one = async_client(server)

        async def main() -> Any:
            return await one.perform(call(READ))

        assert asyncio.run(main()) == "7"
        # The first loop took its connections with it.
        end = time.monotonic() + 10
        while server.open and time.monotonic() < end:
            time.sleep(0.005)
        assert server.open == 0
        assert asyncio.run(main()) == "7"
        assert server.accepted == 2
        asyncio.run(one.close())


def test_cancelled_calls_leave_the_pool_whole() -> None:
    async def main(server: FaultServer) -> Any:
        async with async_client(server, max_connections=3) as one:
            tasks = [asyncio.create_task(one.perform(call(SEND))) for _ in range(30)]
            await asyncio.sleep(0.03)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            sent = server.received
            server.scripts = [[OK]]
            found = [await one.perform(call(READ)) for _ in range(5)]
            return sent, found

    with fault_server([Hang()]) as server:
        sent, found = asyncio.run(main(server))
    assert found == ["7"] * 5
    # Nothing of what waited for a connection goes on in the background.
    assert sent <= 3


# Other processes, other signals.


def test_the_http_library_is_loaded_when_something_is_sent() -> None:
    program = (
        "import sys, wirebook.runtime.client, tests.support.specimen as s\n"
        "client = s.Client(s.credentials(), s.Server('http://127.0.0.1:9'))\n"
        "assert not {'httpx2', 'httpcore2', 'h11', 'anyio'} & set(sys.modules)\n"
        "try: client.perform(s.call(s.READ))\n"
        "except Exception: pass\n"
        "assert 'httpcore2' in sys.modules\n"
        "client.close()\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


@modes
def test_a_client_is_reusable_after_any_failure(mode: str) -> None:
    quick = operation(Does.SUBMITS, timeout=0.5, retry=NO_WAIT)
    with fault_server([Hang()], [b"garbage\r\n\r\n"], [OK]) as server:
        outcomes = perform(mode, server.url, call(quick), call(SEND), call(SEND))
    assert [type(one).__name__ for one in outcomes[:2]] == [
        "ReplyTimeout",
        "UnreadableReply",
    ]
    assert outcomes[2] == "7"
