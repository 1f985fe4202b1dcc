"""Waiting for deliveries, over real connections with both clients; time is hurried."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from telecoms import DeliveryPending, DeliveryState, InvalidArgument, aisix, onbuka
from tests.support.hurried_clock import EvenRandom, HurriedClock
from tests.support.loopback import Answer, Loopback, loopback

KEYS: Any = {"api_key": "bDqJFiq9", "api_secret": "7bz1lzh9"}

both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


def report(**states: int) -> Answer:
    """What became of messages: of `m1` 0 is sent, -1 sending, 1 failed."""
    items = [
        {"msgId": name, "number": "63", "status": str(state)}
        for name, state in states.items()
    ]
    counts = {"success": "1", "fail": "0", "sending": "0", "nofound": "0"}
    body = {"status": "0", "reason": "success", **counts, "array": items}
    return Answer(json.dumps(body).encode())


def refusal(code: int) -> Answer:
    return Answer(json.dumps({"status": str(code), "reason": "no"}).encode())


def waited(
    server: Loopback, clock: HurriedClock, asynchronous: bool, **arguments: Any
) -> list[Any]:
    options: Any = {
        **KEYS,
        "base_url": server.url,
        "clock": clock,
        "random": EvenRandom(),
        "retries": 0,
    }
    if not asynchronous:
        with onbuka.Client(**options) as client:
            return client.sms.wait_for_delivery(app_id="a", **arguments)

    async def main() -> list[Any]:
        async with onbuka.AsyncClient(**options) as client:
            return await client.sms.wait_for_delivery(app_id="a", **arguments)

    return asyncio.run(main())


def asked(server: Loopback) -> list[list[str]]:
    queries = [parse_qs(urlsplit(r.target).query) for r in server.received]
    return [query["msgIds"][0].split(",") for query in queries]


@both
def test_only_open_messages_are_asked_about_again(asynchronous: bool) -> None:
    clock = HurriedClock()
    answers = [report(m1=0, m2=-1), report(m2=-1), report(m3=1, m2=0)]
    with loopback(answers) as server:
        found = waited(server, clock, asynchronous, message_ids=["m1", "m2", "m3"])

    assert [item.message_id for item in found] == ["m1", "m2", "m3"]
    assert [item.delivery_state for item in found] == [
        DeliveryState.DELIVERED,
        DeliveryState.DELIVERED,
        DeliveryState.FAILED,
    ]
    assert asked(server) == [["m1", "m2", "m3"], ["m2", "m3"], ["m2", "m3"]]
    assert clock.slept == [5, 7.5]


@both
def test_the_time_is_bounded(asynchronous: bool) -> None:
    clock = HurriedClock()
    with (
        loopback([report(m1=0, m2=-1)]) as server,
        pytest.raises(DeliveryPending) as failure,
    ):
        waited(server, clock, asynchronous, message_ids=["m1", "m2"], timeout=300)

    error = failure.value
    assert isinstance(error, TimeoutError)
    assert error.pending == ("m2",)
    assert [item.message_id for item in error.reports] == ["m1", "m2"]
    assert error.submitted.name == "YES"
    assert "1 of 2 messages" in str(error)
    assert "onbuka.sms.get_report" in str(error)
    assert clock.passed < 300
    assert max(clock.slept) == 60
    assert len(server.received) < 12


@both
def test_what_passes_is_waited_out(asynchronous: bool) -> None:
    garbled = Answer(b"<html>502</html>", 502)
    with loopback([refusal(-15), garbled, report(m1=0)]) as server:
        found = waited(server, HurriedClock(), asynchronous, message_ids=["m1"])

    assert [item.message_id for item in found] == ["m1"]
    assert len(server.received) == 3


@both
def test_what_does_not_pass_ends_it(asynchronous: bool) -> None:
    clock = HurriedClock()
    with (
        loopback([refusal(-1)]) as server,
        pytest.raises(onbuka.InvalidCredentialsError),
    ):
        waited(server, clock, asynchronous, message_ids=["m1"])
    assert clock.slept == []


@both
def test_the_last_failure_is_the_cause(asynchronous: bool) -> None:
    with loopback([refusal(-15)]) as server, pytest.raises(DeliveryPending) as failure:
        waited(server, HurriedClock(), asynchronous, message_ids=["m1"], timeout=10)
    assert isinstance(failure.value.__cause__, onbuka.RateLimitedError)


def test_many_ids_are_asked_about_in_several_calls() -> None:
    ids = [f"m{i}" for i in range(450)]
    answers = [report(**dict.fromkeys(ids[i : i + 200], 0)) for i in (0, 200, 400)]
    with loopback(answers) as server:
        found = waited(server, HurriedClock(), False, message_ids=[*ids, "m1"])

    assert [item.message_id for item in found] == ids
    assert [len(batch) for batch in asked(server)] == [200, 200, 50]


@pytest.mark.parametrize(
    "arguments",
    [
        {"message_ids": []},
        {"message_ids": "m1"},
        {"message_ids": ["m1"], "timeout": 0},
        {"message_ids": ["m1"], "interval": float("nan")},
        {"message_ids": ["m1", ""]},
    ],
)
def test_wrong_arguments_are_refused(arguments: dict[str, Any]) -> None:
    with loopback([report()]) as server, pytest.raises(InvalidArgument):
        waited(server, HurriedClock(), False, **arguments)
    assert server.received == []


def test_no_wait_where_asking_may_consume_the_reports() -> None:
    """aisix may hand out a report only once: nobody polls in the background."""
    assert not hasattr(aisix.Client, "wait_for_delivery")
    assert not hasattr(aisix.AsyncClient, "wait_for_delivery")
