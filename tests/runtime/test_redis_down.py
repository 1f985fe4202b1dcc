"""A store that does not answer: the rate is kept without it, or nothing is sent."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

import pytest

from tests.support.fault_server import Hang, fault_server
from tests.support.redis_server import RATE, Both, free_port, needs_redis, redis_server
from tests.support.specimen import NO_WAIT, OK, call, modes, operation, perform
from wirebook.runtime import errors
from wirebook.runtime.limiter import Rate
from wirebook.runtime.redis_limiter import AsyncRedisLimiter, RedisLimiter
from wirebook.runtime.status import Does


def dead() -> str:
    return f"redis://:CANARYpassword@127.0.0.1:{free_port()}/0"


@modes
def test_down_the_rate_is_kept_locally(mode: str) -> None:
    limiter = Both(mode, dead())
    waits = [limiter.reserve(RATE, 0.0) for _ in range(4)]
    limiter.end()
    assert [wait == 0.0 for wait in waits] == [True, True, True, False]


@modes
def test_down_and_closed_means_not_sent(
    mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    kind: Any = RedisLimiter if mode == "sync" else AsyncRedisLimiter
    limiter = kind(dead(), when_down="closed")
    send = operation(Does.SUBMITS, rate=RATE, timeout=2, retry=NO_WAIT)
    with fault_server([OK]) as server, caplog.at_level(logging.DEBUG):
        one, two, _ = perform(mode, server.url, *[call(send)] * 2, limiter=limiter)
        assert server.accepted == 0
    for error in (one, two):
        assert isinstance(error, errors.NotSent)
        assert (error.reason, error.retry_safe) == ("limiter", True)
    notices = [r for r in caplog.records if r.name == "wirebook"]
    assert len(notices) == 1
    seen = f"{caplog.text} {limiter!r} {one!r} {vars(one)!r}"
    assert "CANARYpassword" not in seen


@modes
@pytest.mark.parametrize("answers", [False, True], ids=["mute", "hangs"])
def test_a_store_that_hangs_costs_a_bounded_wait_once(mode: str, answers: bool) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        fault_server([Hang()]) as hangs,
    ):
        port = silent.getsockname()[1]
        url = (
            hangs.url.replace("http", "redis")
            if answers
            else f"redis://127.0.0.1:{port}"
        )
        limiter = Both(mode, url, patience=0.1, rest=60.0)
        started = time.monotonic()
        first = limiter.reserve(RATE, 0.0)
        took = time.monotonic() - started
        started = time.monotonic()
        rest = [limiter.reserve(RATE, 0.0) for _ in range(50)]
        rested = time.monotonic() - started
        limiter.end()
    assert first == 0.0
    assert rest[:2] == [0.0, 0.0]
    assert took < 1.0
    assert rested < 0.1


@needs_redis
@modes
def test_it_is_used_again_when_it_is_back(
    mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    rate = Rate("back", calls=1, per=60.0, burst=1)
    port = free_port()
    with redis_server(port, "CANARYpassword") as server:
        limiter = Both(mode, server.url, rest=0.0)
        assert limiter.reserve(rate, 0.0) == 0.0
        server.stop()
        # Its own allowance: the local one is still whole.
        assert limiter.reserve(rate, 0.0) == 0.0
        assert limiter.reserve(rate, 0.0) > 0.0
    with redis_server(port, "CANARYpassword"):
        # A new store knows nothing; that is the answer that comes.
        assert limiter.reserve(rate, 0.0) == 0.0
        limiter.end()
    texts = [r.getMessage() for r in caplog.records if r.name == "wirebook"]
    assert [text.split("(")[0] for text in texts] == [
        "the limiter's store does not answer ",
        "the limiter's store answers again",
    ]
