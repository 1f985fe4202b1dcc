"""Calls that are left, clients that are shared, forked and closed: in both clients."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import time
import warnings
from collections.abc import Coroutine
from typing import Any

import pytest

from tests.support.fault_server import (
    Echo,
    FaultServer,
    Hang,
    fault_server,
)
from tests.support.interrupts import interrupt
from tests.support.notes import Notes
from tests.support.specimen import (
    NO_WAIT,
    OK,
    AsyncClient,
    Client,
    call,
    credentials,
    modes,
    operation,
)
from wirebook.runtime import errors
from wirebook.runtime.events import Failed
from wirebook.runtime.paging import Pages
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Outcome

READ = operation(Does.READS, timeout=10, retry=NO_WAIT)
SEND = operation(Does.SUBMITS, timeout=10, retry=NO_WAIT)


def made(mode: str, server: FaultServer, **options: Any) -> Any:
    kind: Any = Client if mode == "sync" else AsyncClient
    return kind(credentials(), Server(server.url), **options)


def done(result: Any) -> Any:
    """What a call returns, whichever client it is of."""
    return asyncio.run(result) if asyncio.iscoroutine(result) else result


def gone(server: FaultServer) -> bool:
    end = time.monotonic() + 2
    while server.open and time.monotonic() < end:
        time.sleep(0.002)
    return server.open == 0


# Interrupts.


@modes
def test_an_interrupt_while_sending(mode: str) -> None:
    """The connection is closed, what is known is told, and the client goes on."""
    notes = Notes()

    with fault_server([Hang()]) as server:
        client = made(mode, server, hooks=notes)
        with pytest.raises(KeyboardInterrupt), interrupt(server):
            done(client.perform(call(SEND)))
        assert gone(server)
        assert client.connections == 0
        assert server.received == 1
        server.scripts = [[OK]]
        assert done(client.perform(call(READ))) == "7"
        done(client.close())
    assert [one.outcome for one in notes.of(Failed)] == [Outcome.UNKNOWN]


def test_a_coroutine_that_is_closed_leaves_its_connection() -> None:
    """What an event loop does to tasks that nobody waits for any more."""
    notes = Notes()

    async def main(server: FaultServer) -> None:
        async with made("async", server, hooks=notes) as client:
            sending: Coroutine[Any, Any, Any] = client.perform(call(SEND))
            task = asyncio.create_task(sending)
            while not server.received:
                await asyncio.sleep(0.002)
            sending.close()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            server.scripts = [[OK]]
            # Never on the connection whose answer is still to come.
            assert await client.perform(call(READ)) == "7"
            assert server.accepted == 2

    with fault_server([Hang()]) as server:
        asyncio.run(main(server))
        assert gone(server)
    assert [one.outcome for one in notes.of(Failed)] == [Outcome.UNKNOWN]


@modes
def test_an_iteration_that_is_left_holds_nothing(mode: str) -> None:
    """`break` out of a list of pages: the generator is closed between two pages."""
    pages: Pages[str, str] = Pages(
        lambda position: call(READ), lambda page: [page, page], first=1
    )

    async def main(client: AsyncClient) -> str:
        iteration: Any = client._core.iterate(pages)
        async for item in iteration:
            await iteration.aclose()
            await client.close()
            return str(item)
        raise AssertionError("no item")

    with fault_server([OK]) as server:
        client = made(mode, server)
        if mode == "sync":
            iteration: Any = client._core.iterate(pages)
            assert next(iteration) == "7"
            iteration.close()
            client.close()
        else:
            assert asyncio.run(main(client)) == "7"
        assert server.received == 1
        assert gone(server)


# A signal can come between the making of a socket and its first owner: then Python
# closes it when it is collected, with a warning.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@modes
def test_a_call_that_is_left_in_any_moment(mode: str) -> None:
    """Many are left at different moments; the client serves whoever comes then."""
    notes = Notes()
    # A signal that comes just before the thread waits for the socket is not noticed.
    quick = operation(Does.SUBMITS, timeout=0.2, retry=NO_WAIT)

    async def cancelled(server: FaultServer) -> None:
        async with made("async", server, hooks=notes, max_connections=3) as client:
            assert await client.perform(call(READ)) == "7"
            for number in range(30):
                task = asyncio.create_task(client.perform(call(quick)))
                await asyncio.sleep(number / 10_000)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            server.scripts = [[OK]]
            assert [await client.perform(call(READ)) for _ in range(5)] == ["7"] * 5

    def interrupted(server: FaultServer) -> None:
        previous = signal.signal(signal.SIGALRM, lambda *_: _raise())
        with made("sync", server, hooks=notes, max_connections=3) as client:
            # What is loaded with the first call is not to be left half loaded.
            assert client.perform(call(READ)) == "7"
            for number in range(30):
                signal.setitimer(signal.ITIMER_REAL, 0.0005 + number / 5000)
                try:
                    client.perform(call(quick))
                except (_Left, errors.Error):
                    pass
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)
            server.scripts = [[OK]]
            assert [client.perform(call(READ)) for _ in range(5)] == ["7"] * 5

    with fault_server([OK], [Hang()]) as server:
        if mode == "sync":
            interrupted(server)
        else:
            asyncio.run(cancelled(server))
        sends = server.received - 1 - 5
        assert sends <= 30
        assert gone(server)
    # Whatever reached the server is said to be unknown, never not sent.
    unknown = [one for one in notes.of(Failed) if one.outcome is Outcome.UNKNOWN]
    assert len(unknown) >= sends


class _Left(BaseException):
    pass


def _raise() -> None:
    raise _Left


# Sharing.


def shared(mode: str, server: FaultServer, workers: int, each: int) -> list[Any]:
    """What came back wrong, of calls that many workers make with one client."""
    wrong: list[Any] = []
    server.__class__ = Echo

    def work(client: Client, first: int) -> None:
        for number in range(first, first + each):
            found = client.perform(call(READ, to=[str(number)]))
            if found != str(number):
                wrong.append((number, found))

    async def work_async(client: AsyncClient, first: int) -> None:
        for number in range(first, first + each):
            found = await client.perform(call(READ, to=[str(number)]))
            if found != str(number):
                wrong.append((number, found))

    async def main(client: AsyncClient) -> None:
        async with client:
            starts = [10_000 + index * each for index in range(workers)]
            await asyncio.gather(*[work_async(client, first) for first in starts])

    # Longer than the run: a starved worker's connection may otherwise grow too old.
    client = made(mode, server, keepalive=300)
    if mode == "async":
        asyncio.run(main(client))
        return wrong
    with client:
        threads = [
            threading.Thread(target=work, args=(client, 10_000 + index * each))
            for index in range(workers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return wrong


@modes
@pytest.mark.parametrize(
    ("workers", "each"), [(16, 20), pytest.param(32, 1000, marks=pytest.mark.slow)]
)
def test_workers_get_their_own_replies(mode: str, workers: int, each: int) -> None:
    with fault_server([OK]) as server:
        assert shared(mode, server, workers, each) == []
        assert server.received == workers * each
        assert server.accepted <= workers


@modes
def test_one_client_in_several_event_loops_and_threads(mode: str) -> None:
    def work(client: Any, found: list[Any]) -> None:
        async def main() -> None:
            for number in range(15):
                made = call(READ, to=[str(10_000 + number)])
                answer = client.perform(made)
                found.append(await answer if mode == "async" else answer)

        asyncio.run(main())

    with fault_server([OK]) as server:
        server.__class__ = Echo
        client = made(mode, server)
        found: list[list[Any]] = [[], [], []]
        # One loop after the other, then together.
        work(client, found[0])
        threads = [threading.Thread(target=work, args=(client, f)) for f in found[1:]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [[str(10_000 + n) for n in range(15)]] * 3
        done(client.close())
        assert gone(server)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@modes
def test_forked_children_have_their_own_connections(mode: str) -> None:
    def ask(client: Any, numbers: list[str]) -> list[Any]:
        async def main() -> list[Any]:
            return [await client.perform(call(READ, to=[n])) for n in numbers]

        if mode == "async":
            return asyncio.run(main())
        return [client.perform(call(READ, to=[n])) for n in numbers]

    with fault_server([OK]) as server:
        server.__class__ = Echo
        client = made(mode, server)
        assert ask(client, ["10000"]) == ["10000"]
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
                    fine = mine == ask(client, mine)
                finally:
                    # Whatever happens: this process must not go on with the tests.
                    os._exit(0 if fine else 1)
            children.append(pid)
        mine = [f"1{n:04}" for n in range(40)]
        assert ask(client, mine) == mine
        assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0, 0]
        done(client.close())


# Closing.


@modes
def test_closed_twice_and_used_afterwards(mode: str) -> None:
    with fault_server([OK]) as server:
        client = made(mode, server)
        assert done(client.perform(call(READ))) == "7"
        done(client.close())
        done(client.close())
        with pytest.raises(errors.NotSent, match="closed: make a new one") as caught:
            done(client.perform(call(SEND)))
        assert caught.value.reason == "closed"
        assert server.received == 1
        assert gone(server)


@modes
def test_never_closed_warns(mode: str) -> None:
    with fault_server([OK]) as server:
        client = made(mode, server)
        done(client.perform(call(READ)))
        # A cycle, so that only the collector lets go of it.
        client.__dict__["itself"] = client
        del client
        with pytest.warns(ResourceWarning, match=r"unclosed .*Client"):
            gc.collect()
        assert gone(server)
