"""The options that all clients share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.fault_server import fault_server, reply
from tests.support.specimen import (
    OK,
    SECRET,
    AsyncClient,
    Client,
    StillClock,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.limiter import MemoryLimiter, Rate, Unlimited
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize(
    "url", ["http://api.example.com", "http://10.0.0.7", "http://localhost.example"]
)
def test_plain_http_is_refused(kind: Any, url: str) -> None:
    with pytest.raises(errors.InvalidArgument, match="allow_insecure") as caught:
        kind(credentials(), Server(url))
    assert caught.value.parameter == "base_url"
    # A documented server does not vouch for another one.
    documented = Server("http://api.example.org", insecure=True)
    with pytest.raises(errors.InvalidArgument):
        kind(credentials(), documented, base_url=url)
    kind(credentials(), documented)
    kind(credentials(), Server(url), allow_insecure=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "http://localhost:1",
        "http://a.localhost",
    ],
)
def test_this_machine_and_tls_are_fine(url: str) -> None:
    Client(credentials(), Server(url))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com",
        "example.com",
        "https://",
        "https://user:password@example.com",
        "https://example.com/?x=1",
        "https://example.com/#x",
        "https://exa mple.com",
        "https://example.com\r\nX: y",
        "https://example.com:99999999",
    ],
)
def test_a_base_url_is_host_and_path_only(url: str) -> None:
    with pytest.raises(errors.InvalidArgument):
        Client(credentials(), Server("https://example.com"), base_url=url)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": float("nan")},
        {"timeout": float("inf")},
        {"timeout": True},
        {"connect_timeout": 0},
        {"retries": -1},
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any]) -> None:
    [name] = options
    with pytest.raises(errors.InvalidArgument) as caught:
        Client(credentials(), Server("https://example.com"), **options)
    assert caught.value.parameter == name


@modes
def test_settings_and_visible_credentials_fill_urls(mode: str) -> None:
    read = call(operation(Does.READS, product="sms"), path="/v1/{account}/{kind}")
    with fault_server([OK]) as server:
        filled = Server(server.url + "/{region}", prefixes={"sms": "/sms"})
        client = Client(credentials(), filled, settings={"region": "e u", "kind": "x"})
        with client:
            assert client.perform(read) == "7"
        assert server.requests[0].startswith(b"POST /e%20u/sms/v1/acme/x HTTP/1.1")


def test_a_setting_cannot_change_the_host() -> None:
    server = Server("https://{region}.example.com")
    Client(credentials(), server, settings={"region": "eu-1"})
    for region in ("evil.com/", "evil.com#", "a@b", "a:80", "a b", ""):
        with pytest.raises(errors.InvalidArgument):
            Client(credentials(), server, settings={"region": region})


@modes
def test_the_callers_timeout_wins(mode: str) -> None:
    patient = call(operation(Does.SUBMITS, timeout=60))
    with fault_server([b""]) as server:
        error = perform(mode, server.url, patient, timeout=0.05)[0]
    assert isinstance(error, errors.ReplyTimeout)
    assert isinstance(error, TimeoutError)


def test_nothing_shows_the_credentials() -> None:
    client = Client(credentials(), Server("https://example.com"))
    for thing in (
        client,
        client._core,
        client._core.account,
        call(operation(Does.READS)),
    ):
        assert SECRET not in repr(thing)
    assert repr(client).endswith("Client https://example.com>")


# Rates.


@modes
def test_rates_are_kept_by_default(mode: str) -> None:
    rate = Rate("specimen", calls=1, per=10, burst=2)
    read = call(operation(Does.READS, rate=rate, timeout=60))
    clock = StillClock()
    limiter = MemoryLimiter(clock.monotonic)
    with fault_server([OK]) as server:
        perform(mode, server.url, *[read] * 4, clock=clock, limiter=limiter)
        assert clock.slept == pytest.approx([10, 10], abs=0.5)
        free = StillClock()
        perform(mode, server.url, *[read] * 4, clock=free, limiter=Unlimited())
        assert free.slept == []


def test_an_asynchronous_limiter() -> None:
    heard: list[str] = []

    class Remote:
        async def reserve(self, rate: Rate, within: float) -> float:
            heard.append(rate.name)
            return 0.0

        async def release(self, rate: Rate) -> None:
            heard.append("release")

        async def pause(self, rate: Rate, seconds: float) -> None:
            heard.append("pause")

    rate = Rate("specimen", calls=1)
    read = call(operation(Does.READS, rate=rate))
    with fault_server([reply(b'{"status": -1}')], [OK]) as server:
        clock = StillClock()
        outcome = perform("async", server.url, read, limiter=Remote(), clock=clock)[0]
    assert outcome == "7"
    assert heard == ["specimen", "pause", "specimen"]


def test_the_algorithm() -> None:
    now = 100.0
    limiter = MemoryLimiter(lambda: now)
    rate = Rate("a", calls=2, per=1.0, burst=3)
    assert [limiter.reserve(rate, 9) for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    # Too far away: no place is taken.
    assert limiter.reserve(rate, 1.0) == 1.5
    assert limiter.reserve(rate, 1.0) == 1.5
    limiter.release(rate)
    assert limiter.reserve(rate, 1.0) == 1.0
    assert limiter.reserve(Rate("b", calls=1), 0) == 0
    now = 110.0
    assert limiter.reserve(rate, 0) == 0
    limiter.pause(rate, 4)
    assert limiter.reserve(rate, 0) == 4.0
    now = 114.0
    assert limiter.reserve(rate, 0) == 0
