"""Delivery reports and replies, pushed to an address in the provider's format."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from telecoms import onbuka, unified
from tests.support.loopback import Answer, loopback
from tests.support.simulation import simulator as simulated_
from wirebook.simulate.exchange import Incoming
from wirebook.simulate.push import pushes
from wirebook.testing import Simulation


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_report_and_reply_are_pushed(simulator: Simulation) -> None:
    with loopback([Answer(b"ok")] * 2) as receiver:
        simulator.callback("onbuka", f"{receiver.url}/hook")
        with onbuka.Client(**simulator.client("onbuka")) as client:
            sent = client.sms.send(app_id="app1", numbers=["91856321412"], content="hi")
        message = simulator.inbox("onbuka").one()
        simulator.deliver(message)
        until(lambda: len(receiver.received) == 1)
        simulator.reply(message, "thanks")
        until(lambda: len(receiver.received) == 2)
    report, reply = (json.loads(each.body) for each in receiver.received)
    assert report["msgid"] == sent.messages[0].message_id
    assert (report["mobile"], report["status"]) == ("91856321412", 0)
    assert report["appId"] == "app1"
    assert (reply["mobile"], reply["content"]) == ("91856321412", "thanks")
    assert all(each.method == "POST" for each in receiver.received)


def test_what_is_pushed_is_what_the_client_reads(simulator: Simulation) -> None:
    with loopback([Answer(b"ok")] * 2) as receiver:
        simulator.callback("onbuka", receiver.url)
        with onbuka.Client(**simulator.client("onbuka")) as client:
            client.sms.send(app_id="app1", numbers=["91856321412"], content="hi")
        message = simulator.inbox("onbuka").one()
        simulator.deliver(message, "failed")
        simulator.reply(message, "why?")
        until(lambda: len(receiver.received) == 2)
    bodies = sorted(
        (each.body for each in receiver.received), key=lambda b: b"why?" in b
    )
    report = onbuka.sms.callbacks.parse_delivery_report(body=bodies[0])
    assert report.recipient == "91856321412"
    assert report.state != onbuka.sms.PushState.SUCCESS
    assert onbuka.sms.callbacks.parse_reply(body=bodies[1]).content == "why?"


def test_a_push_is_repeated_until_it_is_received(simulator: Simulation) -> None:
    with loopback([Answer(b"", 500), Answer(b"ok")]) as receiver:
        simulator.callback("unified", f"{receiver.url}/hook?token=1")
        with unified.Client(**simulator.client("unified")) as client:
            client.submit(
                message_type=unified.MessageType.PLAIN,
                delivery_report=True,
                destinations=["447700900123"],
                source="ACME",
                message="Hello",
            )
        simulator.deliver(simulator.inbox("unified").one(), "expired")
        until(lambda: len(receiver.received) == 2)
        until(lambda: simulator.calls("unified")[-1].http == 200)
    query = parse_qs(urlsplit(receiver.received[1].target).query)
    assert query["token"] == ["1"]
    assert query["sMobileNo"] == ["447700900123"]
    assert query["sStatus"] == ["EXPIRED"]
    first, second = simulator.calls("unified")[-2:]
    assert first.why == ("HTTP 500, not received; 3 more attempts",)
    assert second.why == ()


@pytest.mark.parametrize("wanted", [True, False])
def test_only_wanted_reports_are_pushed(wanted: bool) -> None:
    simulated = simulated_("unified")
    account = simulated.state.accounts["unified"]
    account.callbacks["*"] = "http://127.0.0.1:9/hook"
    target = (
        "/unified/bulksms/bulksms?username=demo&password=p%26ss%20word&type=0"
        f"&dlr={int(wanted)}&destination=447700900123&source=ACME&message=Hello"
    )
    simulated.handle(Incoming("GET", target))
    [message] = simulated.state.messages.values()
    found = list(pushes(simulated.gateways["unified"], account, message))
    assert len(found) == int(wanted)
