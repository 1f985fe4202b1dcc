"""The pytest plugin: what a team writes in its own tests."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import telecoms
from telecoms import aisix, onbuka, unified
from wirebook.testing import Simulation


def send(
    simulator: Simulation, text: str = "hello", phone: str = "18100002707"
) -> aisix.Submission:
    with aisix.Client(**simulator.client("aisix")) as client:
        return client.send_once(
            channel_group="1", content=text, recipients=[phone], signature="101"
        )


def test_what_was_sent_is_in_the_inbox(simulator: Simulation) -> None:
    sent = send(simulator, "Your code is 1234")
    message = simulator.inbox("aisix").one(recipient="181…")
    assert message.text == "Your code is 1234"
    assert message.id == sent.message_id
    assert len(sent.message_id) == 18
    assert sent.balance == simulator.balance("aisix") == Decimal("999.950")


def test_each_test_begins_empty(simulator: Simulation) -> None:
    assert simulator.inbox("aisix").empty()
    with pytest.raises(AssertionError, match="0 messages to aisix match"):
        simulator.inbox("aisix").one(text="*")


def test_async_clients_talk_to_it_alike(simulator: Simulation) -> None:
    async def run() -> str:
        async with onbuka.AsyncClient(**simulator.client("onbuka")) as client:
            await client.sms.send(app_id="a", numbers=["91856321412"], content="hi")
        message = await simulator.inbox("onbuka").wait_async(text="hi")
        return message.recipient

    assert asyncio.run(run()) == "91856321412"


def test_a_status_is_forced_once(simulator: Simulation) -> None:
    simulator.force("aisix", status="BALANCE_TOO_LOW", times=1)
    with pytest.raises(telecoms.InsufficientBalance) as raised:
        send(simulator)
    assert raised.value.code == "-9"
    assert simulator.inbox("aisix").one().state == "refused"
    send(simulator)
    assert len(simulator.inbox("aisix").all(state="enroute")) == 1


def test_one_recipient_is_refused(simulator: Simulation) -> None:
    simulator.force("unified", recipient="*24", status="DND_REJECT")
    with unified.Client(**simulator.client("unified")) as client:
        results = client.submit(
            message_type=unified.MessageType.PLAIN,
            destinations=["447700900123", "447700900124"],
            source="ACME",
            message="Hello",
        )
    assert [item.status for item in results] == [
        unified.SubmitStatus.SUCCESS,
        unified.SubmitStatus.DND_REJECT,
    ]


def test_reports_and_replies_come_once(simulator: Simulation) -> None:
    sent = send(simulator)
    with aisix.Client(**simulator.client("aisix")) as client:
        assert list(client.get_send_state()) == []
        simulator.advance(5)
        [report] = client.get_send_state()
        assert report.message_id == sent.message_id
        assert report.state is aisix.MessageState.SENT
        assert list(client.get_send_state()) == []

        simulator.reply(simulator.inbox("aisix").one(), "thanks")
        [answer] = client.get_reply()
        assert (answer.sender, answer.content) == ("18100002707", "thanks")
        assert list(client.get_reply()) == []


def test_a_message_fails_where_it_shall(simulator: Simulation) -> None:
    simulator.force("aisix", recipient="186*", outcome="failed")
    send(simulator, phone="18600007370")
    send(simulator)
    simulator.advance(5)
    with aisix.Client(**simulator.client("aisix")) as client:
        states = {each.recipient: each.state for each in client.get_send_state()}
    assert states == {
        "18600007370": aisix.MessageState.FAILED,
        "18100002707": aisix.MessageState.SENT,
    }


def test_scheduled_messages_wait(simulator: Simulation) -> None:
    with aisix.Client(**simulator.client("aisix")) as client:
        client.send_once(
            channel_group="1",
            content="later",
            recipients=["18100002707"],
            send_at=datetime.now(UTC) + timedelta(hours=1),
        )
        simulator.advance(10)
        assert simulator.inbox("aisix").one().state == "scheduled"
        simulator.advance(3700)
        assert simulator.inbox("aisix").one().state == "enroute"
        simulator.advance(5)
        assert simulator.inbox("aisix").one().state == "delivered"


def test_a_key_is_rotated(simulator: Simulation) -> None:
    with aisix.Client(**simulator.client("aisix")) as client:
        fresh = client.update_key().authkey
        with pytest.raises(telecoms.InvalidCredentials):
            client.get_balance()
    arguments = simulator.client("aisix")
    assert arguments["authkey"] == fresh.reveal()
    with aisix.Client(**arguments) as client:
        assert client.get_balance().balance == Decimal("1000.000")
    told = " ".join(each.reply + each.body for each in simulator.calls("aisix"))
    assert fresh.reveal() not in told


def test_duplicates_are_refused_where_documented(simulator: Simulation) -> None:
    def submit() -> None:
        with unified.Client(**simulator.client("unified")) as client:
            client.submit(
                message_type=unified.MessageType.PLAIN,
                destinations=["447700900123"],
                source="ACME",
                message="Hello",
            )

    submit()
    with pytest.raises(telecoms.DuplicateRequest):
        submit()
    simulator.advance(61)
    submit()


def test_money_runs_out(simulator: Simulation) -> None:
    simulator.balance("aisix", "0.05")
    send(simulator)
    with pytest.raises(telecoms.InsufficientBalance):
        send(simulator)
    assert simulator.balance("aisix") == 0


@pytest.mark.parametrize("trouble", ["reset", "truncate", "garbage", "flood"])
def test_troubles_leave_the_outcome_open(simulator: Simulation, trouble: str) -> None:
    simulator.force("aisix", trouble=trouble)
    with pytest.raises(telecoms.OutcomeUnknown) as raised:
        send(simulator)
    assert raised.value.submitted is telecoms.Submitted.MAYBE
    assert len(simulator.inbox("aisix")) == 1


def test_latency_and_rate(simulator: Simulation) -> None:
    simulator.force("aisix", latency=0.2, times=1)
    began = time.monotonic()
    send(simulator)
    assert time.monotonic() - began >= 0.2
    simulator.relax()
    simulator.force("aisix", rate=2)
    options = simulator.client("aisix")
    with aisix.Client(**options, retries=0) as client:
        client.get_balance()
        client.get_balance()
        with pytest.raises(telecoms.RateLimited):
            client.get_balance()


def test_what_is_no_scenario_is_refused(simulator: Simulation) -> None:
    with pytest.raises(ValueError, match="no part of a scenario"):
        simulator.force("aisix", colour="red")
    with pytest.raises(KeyError, match="no provider 'nobody'"):
        simulator.force("nobody")


@pytest.mark.slow
def test_it_starts_in_under_half_a_second() -> None:
    code = (
        "import time; from pathlib import Path\n"
        "from wirebook.testing import Simulation, _loader\n"
        "import wirebook.simulate.server as s, wirebook.simulate.simulator as m\n"
        "began = time.process_time()\n"
        "with s.Running(m.Simulator((), loader=_loader(Path.cwd(), ''))) as running:\n"
        "    Simulation(running).client('aisix')\n"
        "    print(time.process_time() - began)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert float(told.stdout) < 0.5
