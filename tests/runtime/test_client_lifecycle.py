"""Clients are closed, shared, forked, carried into other event loops, interrupted."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from typing import Any

import pytest

from tests.support.fault_server import (
    FaultServer,
    Hang,
    Script,
    fault_server,
    reply,
)
from tests.support.specimen import (
    NO_WAIT,
    AsyncClient,
    Client,
    call,
    credentials,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.call import Call
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Submitted
from wirebook.runtime.transport import Response

MODES = ("sync", "async")
OK = reply(b'{"status": 0, "id": "7"}')
READ = operation(Does.READS, timeout=5, retry=NO_WAIT)
SEND = operation(Does.SUBMITS, timeout=5, retry=NO_WAIT)


class Echo(FaultServer):
    """Answers each request with what it sent as `to`."""

    def next_script(self, request: bytes) -> Script:
        with self.lock:
            self.requests.append(request)
        number = request.split(b"to=")[1].split(b"&")[0]
        return [reply(b'{"status": 0, "id": "%s"}' % number)]


def client(server: FaultServer | str, **options: Any) -> Client:
    url = server if isinstance(server, str) else server.url
    return Client(credentials(), Server(url), **options)


def async_client(server: FaultServer, **options: Any) -> AsyncClient:
    return AsyncClient(credentials(), Server(server.url), **options)


def echo(server: FaultServer) -> FaultServer:
    server.__class__ = Echo
    return server


# Closing.


def test_a_closed_client_says_so() -> None:
    with fault_server([OK]) as server:
        with client(server) as one:
            one.perform(call(READ))
        one.close()
        with pytest.raises(errors.NotSent, match="closed: make a new one") as caught:
            one.perform(call(SEND))
        assert caught.value.submitted is Submitted.NO
        assert server.received == 1


def test_a_closed_async_client_says_so() -> None:
    async def main(server: FaultServer) -> None:
        async with async_client(server) as one:
            await one.perform(call(READ))
        await one.close()
        with pytest.raises(errors.NotSent, match="closed: make a new one"):
            await one.perform(call(SEND))

    with fault_server([OK]) as server:
        asyncio.run(main(server))


def test_a_client_that_was_never_used_needs_no_closing() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client("http://127.0.0.1:9")
        gc.collect()
    assert caught == []


def test_an_unclosed_client_warns() -> None:
    with fault_server([OK]) as server:
        one = client(server)
        # A cycle, so that only the collector lets go of it.
        one.__dict__["itself"] = one
        one.perform(call(READ))
        del one
        with pytest.warns(ResourceWarning, match=r"unclosed .*Client"):
            gc.collect()


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


@pytest.mark.parametrize(
    ("threads", "each"), [(16, 25), pytest.param(32, 1000, marks=pytest.mark.slow)]
)
def test_threads_get_their_own_replies(threads: int, each: int) -> None:
    wrong: list[Any] = []

    def work(one: Client, first: int) -> None:
        for number in range(first, first + each):
            found = one.perform(call(READ, to=[str(number)]))
            if found != str(number):
                wrong.append((number, found))

    # Longer than the run: a starved thread's connection may otherwise grow too old.
    with fault_server([OK]) as server, client(echo(server), keepalive=300) as one:
        workers = [
            threading.Thread(target=work, args=(one, 10_000 + index * each))
            for index in range(threads)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert wrong == []
        assert server.received == threads * each
        assert server.accepted <= threads


def test_tasks_get_their_own_replies() -> None:
    async def main(server: FaultServer) -> list[Any]:
        async with async_client(server, max_connections=5) as one:
            calls = [call(READ, to=[str(10_000 + n)]) for n in range(100)]
            return await asyncio.gather(*[one.perform(each) for each in calls])

    with fault_server([OK]) as server:
        found = asyncio.run(main(echo(server)))
        assert found == [str(10_000 + n) for n in range(100)]
        assert server.accepted <= 5


@pytest.mark.parametrize("mode", MODES)
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


def test_one_client_in_two_event_loops_at_once() -> None:
    def work(one: AsyncClient, found: list[Any]) -> None:
        async def main() -> None:
            for number in range(20):
                found.append(await one.perform(call(READ, to=[str(10_000 + number)])))

        asyncio.run(main())

    with fault_server([OK]) as server:
        one = async_client(echo(server))
        found: list[list[Any]] = [[], [], []]
        workers = [threading.Thread(target=work, args=(one, each)) for each in found]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert found == [[str(10_000 + n) for n in range(20)]] * 3
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_has_its_own_connections() -> None:
    with fault_server([OK]) as server, client(echo(server)) as one:
        one.perform(call(READ, to=["10000"]))
        children: list[int] = []
        for index in range(3):
            # Forking beside the server's threads is what is tested here.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                pid = os.fork()
            if pid == 0:
                fine = False
                try:
                    mine = [f"{index + 2}{n:04}" for n in range(40)]
                    fine = mine == [one.perform(call(READ, to=[n])) for n in mine]
                finally:
                    # Whatever happens: this process must not go on with the tests.
                    os._exit(0 if fine else 1)
            children.append(pid)
        mine = [one.perform(call(READ, to=[f"1{n:04}"])) for n in range(40)]
        codes = [os.waitpid(pid, 0)[1] for pid in children]
        assert mine == [f"1{n:04}" for n in range(40)]
        assert codes == [0, 0, 0]
        # One for the parent, still the same, and one for each child.
        assert server.accepted == 4


def test_an_interrupt_closes_the_connection() -> None:
    with fault_server([Hang()]) as server, client(server) as one:
        main = threading.get_ident()
        interrupted = threading.Event()

        def interrupt() -> None:
            while not server.received:
                time.sleep(0.005)
            # A signal that comes just before the thread begins to wait for the
            # socket is only noticed by the next one.
            while not interrupted.wait(0.5):
                signal.pthread_kill(main, signal.SIGINT)

        killer = threading.Thread(target=interrupt)
        killer.start()
        try:
            with pytest.raises(KeyboardInterrupt):
                one.perform(call(SEND))
        finally:
            interrupted.set()
            killer.join()
        assert one.connections == 0
        assert server.received == 1
        server.scripts = [[OK]]
        assert one.perform(call(READ)) == "7"


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


@pytest.mark.parametrize("mode", MODES)
def test_a_client_is_reusable_after_any_failure(mode: str) -> None:
    quick = operation(Does.SUBMITS, timeout=0.5, retry=NO_WAIT)
    with fault_server([Hang()], [b"garbage\r\n\r\n"], [OK]) as server:
        outcomes = perform(mode, server.url, call(quick), call(SEND), call(SEND))
    assert [type(one).__name__ for one in outcomes[:2]] == [
        "ReplyTimeout",
        "UnreadableReply",
    ]
    assert outcomes[2] == "7"
