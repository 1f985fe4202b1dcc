"""The rate of a fleet, kept together in a real Redis."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.fault_server import fault_server
from tests.support.redis_server import (
    RATE,
    Both,
    RedisServer,
    free_port,
    needs_redis,
    redis_server,
)
from tests.support.specimen import (
    MODES,
    NO_WAIT,
    OK,
    AsyncClient,
    Client,
    StillClock,
    call,
    credentials,
    modes,
    operation,
)
from wirebook.runtime import errors
from wirebook.runtime.limiter import MemoryLimiter, Rate
from wirebook.runtime.redis_limiter import AsyncRedisLimiter, RedisLimiter
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(params=MODES)
def both(request: pytest.FixtureRequest, redis: RedisServer) -> Iterator[Both]:
    made = Both(request.param, redis.url, prefix=f"{request.node.name}:", patience=5)
    yield made
    made.end()


@needs_redis
def test_it_counts_as_the_limiter_in_memory_does(both: Both) -> None:
    memory = MemoryLimiter()
    for _ in range(5):
        ours, theirs = both.reserve(RATE, 60), memory.reserve(RATE, 60)
        assert ours == pytest.approx(theirs, abs=0.2)
    assert ours == pytest.approx(1.0, abs=0.2)


@needs_redis
def test_no_place_is_taken_when_the_wait_is_too_long(both: Both) -> None:
    for _ in range(3):
        assert both.reserve(RATE, 0.0) == 0.0
    waits = [both.reserve(RATE, 0.1) for _ in range(3)]
    assert all(0.3 < wait <= 0.5 for wait in waits)


@needs_redis
def test_a_place_comes_back_and_a_pause_is_kept(both: Both) -> None:
    for _ in range(3):
        both.reserve(RATE, 0.0)
    both.release(RATE)
    assert both.reserve(RATE, 0.0) == 0.0
    both.pause(RATE, 30.0)
    assert both.reserve(RATE, 0.0) == pytest.approx(30.0, abs=0.5)


@needs_redis
def test_more_is_never_given_back_than_was_taken(both: Both) -> None:
    for _ in range(20):
        both.release(RATE)
    waits = [both.reserve(RATE, 0.0) for _ in range(4)]
    assert [wait == 0.0 for wait in waits] == [True, True, True, False]


@needs_redis
def test_one_reservation_is_one_round_trip(both: Both, redis: RedisServer) -> None:
    import redis as library

    both.reserve(RATE, 60)
    with library.Redis.from_url(redis.url) as client:
        client.config_resetstat()
        for _ in range(10):
            both.reserve(RATE, 60)
        commands = client.info("commandstats")
    seen = {name: stat["calls"] for name, stat in commands.items()}
    # What the script itself calls is counted as well; only EVALSHA travelled.
    assert seen["cmdstat_evalsha"] == 10
    inside = {"cmdstat_time", "cmdstat_get", "cmdstat_set"}
    outside = set(seen) - inside - {"cmdstat_evalsha", "cmdstat_info"}
    assert {name for name in outside if not name.startswith("cmdstat_config")} <= {
        "cmdstat_client|setinfo",
        "cmdstat_hello",
    }


@needs_redis
def test_keys_go_when_the_allowance_is_whole(both: Both, redis: RedisServer) -> None:
    import redis as library

    both.reserve(RATE, 60)
    with library.Redis.from_url(redis.url) as client:
        assert 0 < client.pttl(f"{both.limiter._prefix}fleet") <= 502


@needs_redis
def test_threads_processes_and_tasks_share_one_allowance(redis: RedisServer) -> None:
    """8 threads here and one other process: together no more than the burst."""
    rate = Rate("shared", calls=1, per=60.0, burst=40)
    program = (
        "import sys\n"
        "from wirebook.runtime.limiter import Rate\n"
        "from wirebook.runtime.redis_limiter import RedisLimiter\n"
        f"limiter = RedisLimiter({redis.url!r}, patience=5, prefix='many:')\n"
        f"rate = Rate('shared', calls=1, per=60.0, burst=40)\n"
        "print(sum(limiter.reserve(rate, 0) == 0 for _ in range(25)))\n"
        "limiter.close()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    limiter = RedisLimiter(redis.url, patience=5, prefix="many:")
    taken: list[bool] = []

    def work() -> None:
        for _ in range(10):
            taken.append(limiter.reserve(rate, 0) == 0)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    output, _ = other.communicate(timeout=30)
    limiter.close()
    assert sum(taken) + int(output) == 40


@needs_redis
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_has_its_own_connection(redis: RedisServer) -> None:
    limiter = RedisLimiter(redis.url, patience=5, prefix="fork:")
    rate = Rate("fork", calls=1, per=60.0, burst=10)
    limiter.reserve(rate, 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        fine = False
        try:
            fine = [limiter.reserve(rate, 0) == 0 for _ in range(4)] == [True] * 4
        finally:
            os._exit(0 if fine else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert [limiter.reserve(rate, 0) == 0 for _ in range(6)] == [True] * 5 + [False]
    limiter.close()


@needs_redis
def test_an_async_limiter_serves_several_event_loops(redis: RedisServer) -> None:
    limiter = AsyncRedisLimiter(redis.url, patience=5, prefix="loops:")
    rate = Rate("loops", calls=1, per=60.0, burst=2)

    async def once() -> float:
        try:
            return await limiter.reserve(rate, 0)
        finally:
            await limiter.close()

    assert [asyncio.run(once()) == 0 for _ in range(3)] == [True, True, False]


@needs_redis
@modes
def test_a_client_keeps_the_rate(mode: str, redis: RedisServer) -> None:
    rate = Rate("client", calls=1, per=60.0, burst=2)
    send = operation(Does.SUBMITS, rate=rate, timeout=2, retry=NO_WAIT)
    options: dict[str, Any] = {"patience": 5, "prefix": f"client-{mode}:"}

    def work(server: Server) -> None:
        with (
            contextlib.closing(RedisLimiter(redis.url, **options)) as limiter,
            Client(credentials(), server, limiter=limiter) as client,
        ):
            for _ in range(3):
                client.perform(call(send))

    async def work_async(server: Server) -> None:
        async with (
            contextlib.AsyncExitStack() as stack,
            AsyncClient(
                credentials(),
                server,
                limiter=(limiter := AsyncRedisLimiter(redis.url, **options)),
            ) as client,
        ):
            stack.push_async_callback(limiter.close)
            for _ in range(3):
                await client.perform(call(send))

    with fault_server([OK]) as provider:
        server = Server(provider.url)
        with pytest.raises(errors.NotSent) as caught:
            work(server) if mode == "sync" else asyncio.run(work_async(server))
        assert provider.received == 2
    assert caught.value.reason == "limiter"


@needs_redis
def test_a_task_that_is_cancelled_gives_its_place_back(redis: RedisServer) -> None:
    """In the middle of the round trip, and while it waits for its turn."""
    rate = Rate("left", calls=1, per=60.0, burst=3)
    limiter = AsyncRedisLimiter(redis.url, patience=5, prefix="left:")

    async def main() -> list[bool]:
        for steps in range(40):
            task = asyncio.create_task(limiter.reserve(rate, 0))
            for _ in range(steps // 2):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if not task.cancelled():
                await limiter.release(rate)
        free = [await limiter.reserve(rate, 0) == 0 for _ in range(4)]
        await limiter.close()
        return free

    assert asyncio.run(main()) == [True, True, True, False]


@needs_redis
@modes
def test_a_call_that_is_left_while_it_waits_gives_its_place_back(
    mode: str, redis: RedisServer
) -> None:
    class Left(StillClock):
        def sleep(self, seconds: float) -> None:
            raise KeyboardInterrupt

        async def sleep_async(self, seconds: float) -> None:
            raise asyncio.CancelledError

    rate = Rate("waiting", calls=1, per=60.0, burst=1)
    send = operation(Does.SUBMITS, rate=rate, timeout=600, retry=NO_WAIT)
    server = Server(f"http://127.0.0.1:{free_port()}")
    options: dict[str, Any] = {"patience": 5, "prefix": f"waiting-{mode}:"}

    def work() -> float:
        with (
            contextlib.closing(RedisLimiter(redis.url, **options)) as limiter,
            Client(credentials(), server, limiter=limiter, clock=Left()) as client,
        ):
            assert limiter.reserve(rate, 0) == 0
            with pytest.raises(KeyboardInterrupt):
                client.perform(call(send))
            return limiter.reserve(rate, 600)

    async def work_async() -> float:
        limiter = AsyncRedisLimiter(redis.url, **options)
        async with AsyncClient(
            credentials(), server, limiter=limiter, clock=Left()
        ) as client:
            assert await limiter.reserve(rate, 0) == 0
            with pytest.raises(asyncio.CancelledError):
                await client.perform(call(send))
            found = await limiter.reserve(rate, 600)
            await limiter.close()
            return found

    # Sixty seconds are the next place; had it not come back, it would be the second.
    assert 50 < (work() if mode == "sync" else asyncio.run(work_async())) <= 60


@pytest.mark.parametrize(
    "options", [{"when_down": "maybe"}, {"patience": 0}, {"patience": 1e9}]
)
def test_options_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        RedisLimiter("redis://127.0.0.1", **options)


def test_the_library_is_loaded_on_first_use_only() -> None:
    program = (
        "import sys\n"
        "from wirebook.runtime.redis_limiter import RedisLimiter\n"
        "RedisLimiter('redis://127.0.0.1')\n"
        "assert 'redis' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
