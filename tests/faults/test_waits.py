"""Repetitions, waits, clocks and rates: the same in both clients."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from tests.support.fault_server import (
    FaultServer,
    Hang,
    fault_server,
    refused_url,
    reply,
)
from tests.support.notes import Notes
from tests.support.specimen import (
    HTTP,
    NO_WAIT,
    OK,
    AsyncClient,
    Client,
    Fixed,
    RateLimitedError,
    StillClock,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.events import Failed, Retrying
from wirebook.runtime.limiter import MemoryLimiter, Rate
from wirebook.runtime.retry import Budget, RetryPolicy
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Outcome, Submitted

TOO_FAST = reply(b'{"status": -1}')
CLOCK = b'{"status": -4}'

pytestmark = modes


class Standing(StillClock):
    """A wall clock that stands."""

    wall = datetime(2026, 11, 21, 10, 0, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.wall


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("2", [2.0]),
        ("1.5", [1.5]),
        ("Sat, 21 Nov 2026 10:00:03 GMT", [3.0]),
        ("-5", [0.5]),
        ("inf", [0.5]),
        ("nan", [0.5]),
        ("soon", [0.5]),
        ("315360000", None),
        ("Wed, 21 Nov 2036 10:00:00 GMT", None),
    ],
)
def test_waits_that_the_server_asks_for(
    mode: str, header: str, waits: list[float] | None
) -> None:
    """429 proves by this provider's table that nothing happened."""
    clock = Standing()
    send = call(operation(Does.SUBMITS, http_table=HTTP, retry=NO_WAIT, timeout=20))
    busy = reply(b"<html>", 429, f"Retry-After: {header}")
    with fault_server([busy], [OK]) as server:
        found, _ = perform(mode, server.url, send, clock=clock)
        received = server.received
    if waits is None:
        assert (type(found), received, clock.slept) == (RateLimitedError, 1, [])
    else:
        assert (found, received) == ("7", 2)
        assert clock.slept == waits


@pytest.mark.parametrize("http", [500, 503])
def test_a_submission_is_not_repeated_because_a_server_asks(
    mode: str, http: int
) -> None:
    send = call(operation(Does.SUBMITS, retry=NO_WAIT, timeout=20))
    with fault_server([reply(b"", http, "Retry-After: 0")]) as server:
        found, _ = perform(mode, server.url, send)
        assert server.received == 1
    assert found.submitted is Submitted.MAYBE


def test_too_fast_is_heeded_and_bounded(mode: str) -> None:
    clock = StillClock()
    rate = Rate("specimen", 100, 1.0, burst=100)
    limiter = MemoryLimiter(clock.monotonic)
    retry = RetryPolicy(attempts=3, delay=1.0, max_delay=4.0)
    send = call(operation(Does.SUBMITS, retry=retry, rate=rate, timeout=60))
    with fault_server([TOO_FAST]) as server:
        found, _ = perform(
            mode,
            server.url,
            send,
            clock=clock,
            random=Fixed(0.5),
            limiter=limiter,
        )
        assert server.received == 3
    assert isinstance(found, errors.RateLimited)
    # A second at least and jitter; the limiter is told and holds everybody back.
    assert sum(clock.slept) == pytest.approx(1.5 + 2.0, abs=0.2)


def test_jitter_is_drawn_from_nothing_to_the_whole_wait(mode: str) -> None:
    send = call(operation(Does.SUBMITS, timeout=60, retry=RetryPolicy(4, 1.0, 3.0)))
    for part, waits in ((0.0, []), (0.5, [0.5, 1.0, 1.5]), (0.999, None)):
        clock = StillClock()
        found, _ = perform(mode, refused_url(), send, clock=clock, random=Fixed(part))
        assert found.attempts == 4
        if waits is None:
            assert all(a < b for a, b in zip(clock.slept, (1, 2, 3), strict=True))
        else:
            assert clock.slept == waits


def test_a_common_budget_stops_a_storm(mode: str) -> None:
    notes = Notes()
    budget = Budget(70)
    send = call(operation(Does.SUBMITS, timeout=60, retry=NO_WAIT))
    found = perform(mode, refused_url(), *[send] * 10, budget=budget, hooks=notes)
    assert sum(one.attempts for one in found[:-1]) == 10 + 5
    assert [one.budget for one in notes.of(Retrying)] == [56, 42, 28, 14, 0]


def test_a_skewed_clock_is_learnt_once(mode: str) -> None:
    ahead = Standing.wall + timedelta(hours=2)
    date = f"Date: {format_datetime(ahead, usegmt=True)}"
    send = call(operation(Does.SUBMITS, timeout=20, retry=NO_WAIT))
    with fault_server([reply(CLOCK, 200, date)], [OK], [OK]) as server:
        found = perform(mode, server.url, send, send, clock=Standing())
        stamps = [int(one.split(b"time=")[1].split(b"&")[0]) for one in server.requests]
    assert found[:2] == ["7", "7"]
    assert [stamp - stamps[0] for stamp in stamps] == [0, 7200, 7200]
    with fault_server([reply(CLOCK, 200, date)]) as server:
        error, _ = perform(mode, server.url, send, clock=Standing())
        assert server.received == 2
    assert isinstance(error, errors.ClockSkew)


@pytest.mark.parametrize("days", [0, 3, -400])
def test_a_date_that_teaches_nothing(mode: str, days: int) -> None:
    date = format_datetime(Standing.wall + timedelta(days=days), usegmt=True)
    send = call(operation(Does.SUBMITS, timeout=20, retry=NO_WAIT))
    with fault_server([reply(CLOCK, 200, f"Date: {date}")]) as server:
        error, _ = perform(mode, server.url, send, clock=Standing())
        assert server.received == 1
    assert isinstance(error, errors.ClockSkew)


def test_every_attempt_is_signed_afresh(mode: str) -> None:
    class Ticking(Standing):
        def now(self) -> datetime:
            self.wall += timedelta(seconds=10)
            return self.wall

    read = call(operation(Does.READS, timeout=20, retry=NO_WAIT))
    with fault_server([reply(b"", 503)], [reply(b"", 503)], [OK]) as server:
        assert perform(mode, server.url, read, clock=Ticking())[0] == "7"
        stamps = {one.split(b"time=")[1].split(b"&")[0] for one in server.requests}
    assert len(stamps) == 3


# Places in the queue of a rate.

SLOW = Rate("slow", calls=1, per=60.0)


class Counting(MemoryLimiter):
    """Knows how many places are taken, and can be asked as a remote one is."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    def reserve(self, rate: Rate, within: float) -> float:
        wait = super().reserve(rate, within)
        self.taken += wait <= within
        return wait

    def release(self, rate: Rate) -> None:
        super().release(rate)
        self.taken -= 1


class Broken(StillClock):
    """Whoever waits is interrupted."""

    def sleep(self, seconds: float) -> None:
        raise KeyboardInterrupt

    async def sleep_async(self, seconds: float) -> None:
        raise KeyboardInterrupt


def interrupted(mode: str, limiter: Counting, **options: Any) -> None:
    """A second call that waits for its place, interrupted or cancelled there."""
    send = call(operation(Does.SUBMITS, rate=SLOW, timeout=600, retry=NO_WAIT))

    async def cancelled(server: FaultServer) -> None:
        async with AsyncClient(
            credentials(), Server(server.url), limiter=limiter, **options
        ) as client:
            await client.perform(send)
            waiting = asyncio.create_task(client.perform(send))
            while limiter.taken < 2:
                await asyncio.sleep(0.002)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    with fault_server([OK]) as server:
        if mode == "async":
            asyncio.run(cancelled(server))
        else:
            with Client(
                credentials(),
                Server(server.url),
                limiter=limiter,
                clock=Broken(),
                **options,
            ) as client:
                client.perform(send)
                with pytest.raises(KeyboardInterrupt):
                    client.perform(send)
        assert server.received == 1


def test_a_place_that_is_waited_for_comes_back(mode: str) -> None:
    limiter = Counting()
    notes = Notes()
    interrupted(mode, limiter, hooks=notes)
    assert limiter.taken == 1
    assert [one.outcome for one in notes.of(Failed)] == [Outcome.NOT_SENT]
    # The next place is the one that was given back.
    assert 55 < limiter.reserve(SLOW, 600) <= 60


def test_a_place_comes_back_when_the_call_is_refused_before_it_is_sent(
    mode: str,
) -> None:
    limiter = Counting()

    def unfit(*_: object) -> None:
        raise errors.InvalidArgument("no")

    send = call(operation(Does.SUBMITS, rate=SLOW, authenticate=unfit))
    error, _ = perform(mode, refused_url(), send, limiter=limiter)
    assert isinstance(error, errors.InvalidArgument)
    assert limiter.taken == 0


def test_a_limiter_that_takes_nothing_back_changes_nothing(mode: str) -> None:
    class Stubborn(Counting):
        def release(self, rate: Rate) -> None:
            raise ConnectionError("redis://user:password@host")

    def unfit(*_: object) -> None:
        raise errors.InvalidArgument("no")

    send = call(operation(Does.SUBMITS, rate=SLOW, authenticate=unfit))
    error, _ = perform(mode, refused_url(), send, limiter=Stubborn())
    assert isinstance(error, errors.InvalidArgument)


def test_the_queue_for_a_connection_is_bounded(mode: str) -> None:
    """One has the connection, one may wait, the third is told at once."""
    options: dict[str, Any] = {"max_connections": 1, "max_waiting": 1}
    # The first one holds the connection for longer than the others can wait.
    sends = [
        call(operation(Does.SUBMITS, timeout=seconds, retry=NO_WAIT))
        for seconds in (1.0, 0.4, 0.4)
    ]

    def threads(server: Server) -> list[Any]:
        found: list[Any] = []

        def work(client: Client, send: Any) -> None:
            try:
                client.perform(send)
            except errors.Error as error:
                found.append((error.reason, time.monotonic()))

        with Client(credentials(), server, retries=0, **options) as client:
            workers = [
                threading.Thread(target=work, args=(client, one)) for one in sends
            ]
            for worker in workers:
                worker.start()
                time.sleep(0.1)
            for worker in workers:
                worker.join()
        return found

    async def tasks(server: Server) -> list[Any]:
        async def work(client: AsyncClient, send: Any) -> tuple[str, float]:
            with pytest.raises(errors.Error) as caught:
                await client.perform(send)
            return caught.value.reason, time.monotonic()

        async with AsyncClient(credentials(), server, retries=0, **options) as client:
            return await asyncio.gather(*[work(client, one) for one in sends])

    with fault_server([Hang()]) as server:
        there = Server(server.url)
        found = threads(there) if mode == "sync" else asyncio.run(tasks(there))
        assert server.received == 1
    told = sorted(found, key=lambda one: one[1])
    assert [reason for reason, _ in told].count("pool") == 2
    assert told[0][0] == "pool"
    assert told[1][1] - told[0][1] > 0.15
