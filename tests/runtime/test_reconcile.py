"""An unknown outcome carries what is needed to ask the provider about it."""

from __future__ import annotations

import asyncio
import pickle
from datetime import timedelta
from typing import Any

import pytest

from telecoms import onbuka, unified
from telecoms._runtime import errors as shared
from tests.support.fault_server import FaultServer, Reset, fault_server, reply
from tests.support.notes import Notes
from tests.support.specimen import (
    NO_WAIT,
    PHONE,
    AsyncClient,
    Client,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.draft import Draft
from wirebook.runtime.events import Attempt
from wirebook.runtime.request import Place
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does

ASKED = {
    "retry": NO_WAIT,
    "recovers_by": {"order_id": "orderId"},
    "recipients": ("to", "mail"),
}


def lost(mode: str, **options: Any) -> Any:
    send = call(operation(Does.SUBMITS, **ASKED), to=[PHONE, "4917687654321"])
    send.draft.add("orderId", "A-1")
    send.draft.add("mail", "somebody@example.org")
    with fault_server([Reset()]) as server:
        return perform(mode, server.url, send, **options)[0]


@modes
def test_an_unknown_outcome_carries_the_facts(mode: str) -> None:
    notes = Notes()
    error = lost(mode, hooks=notes)
    [attempt] = notes.of(Attempt)
    assert isinstance(error, errors.OutcomeUnknown)
    assert error.call == attempt.call
    assert error.started is not None
    assert timedelta(0) <= attempt.at - error.started < timedelta(seconds=5)
    assert error.attempts == 1
    assert error.recipients == ("***5678", "***4321", "***@***")
    assert error.recovery == "specimen.report"
    assert error.recovery_arguments == {"order_id": "A-1"}
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert vars(again) == vars(error)


@modes
def test_a_call_has_its_text_without_hooks_too(mode: str) -> None:
    first, second = lost(mode), lost(mode)
    assert len(first.call) == 16
    assert first.call != second.call


def test_recipients_in_json_are_found() -> None:
    draft = Draft("POST", "/", Place.JSON)
    draft.add("to", [PHONE, "4917687654321"])
    made = call(operation(Does.SUBMITS, **ASKED))
    made.draft = draft
    assert made.masked_recipients == ("***5678", "***4321")


class WithReport(Client):
    def report(self, *, order_id: str, detail: str = "") -> Any:
        made = call(operation(Does.READS), path=f"/report/{order_id}/{detail}")
        return self._perform(made)


class AsyncWithReport(AsyncClient):
    async def report(self, *, order_id: str, detail: str = "") -> Any:
        made = call(operation(Does.READS), path=f"/report/{order_id}/{detail}")
        return await self._perform(made)


def reconciled(mode: str, server: FaultServer, error: Any, **arguments: Any) -> Any:
    there = Server(server.url)
    if mode == "sync":
        with WithReport(credentials(), there) as client:
            return client.reconcile(error, **arguments)

    async def main() -> Any:
        async with AsyncWithReport(credentials(), there) as client:
            return await client.reconcile(error, **arguments)

    return asyncio.run(main())


@modes
def test_a_client_asks_with_what_was_sent(mode: str) -> None:
    error = lost(mode)
    with fault_server([reply(b'{"status": 0, "id": "found"}')]) as server:
        assert reconciled(mode, server, error) == "found"
        assert reconciled(mode, server, error, detail="x", order_id="B") == "found"
        targets = [request.split(b" ")[1] for request in server.requests]
    assert targets == [b"/report/A-1/", b"/report/B/x"]


@modes
@pytest.mark.parametrize(
    ("recovery", "words"),
    [(None, "nothing to ask"), ("other.sms.report", "another client: other")],
)
def test_where_nobody_can_be_asked(mode: str, recovery: str | None, words: str) -> None:
    error = errors.OutcomeUnknown(operation="specimen.send", recovery=recovery)
    with fault_server() as server:
        with pytest.raises(errors.InvalidArgument, match=words):
            reconciled(mode, server, error)
        assert server.accepted == 0


def test_a_generated_client_asks_by_the_callers_own_id() -> None:
    record = b'{"status": "0", "reason": "success", "data": {}}'
    with (
        fault_server([Reset()], [reply(record)]) as server,
        onbuka.Client(
            api_key="k1234567", api_secret="s1234567", base_url=server.url
        ) as client,
    ):
        with pytest.raises(shared.OutcomeUnknown) as caught:
            client.otp.send(
                app_id="app1", template_id=1, recipient=PHONE[:12], order_id="A-1"
            )
        error = caught.value
        assert error.recovery == "onbuka.otp.get_record_by_order"
        assert dict(error.recovery_arguments) == {"app_id": "app1", "order_id": "A-1"}
        assert error.recipients == ("***4567",)
        client.reconcile(error)
        assert b"A-1" in server.requests[1]


@modes
def test_recipients_inside_of_objects_are_named_too(mode: str) -> None:
    messages = [
        unified.models.BulkMessage(
            message_type=unified.enums.MessageType("0"),
            source="acme",
            destination=number,
            message="hello there",
            delivery_report=True,
        )
        for number in (PHONE, "4917687654321")
    ]
    options: dict[str, Any] = {
        "username": "acme",
        "password": "sample01",
        "host": "localhost",
        "port": "8080",
    }

    async def main(url: str) -> None:
        async with unified.AsyncClient(base_url=url, **options) as client:
            await client.submit_json(messages=messages)

    def run(url: str) -> None:
        if mode == "async":
            asyncio.run(main(url))
            return
        with unified.Client(base_url=url, **options) as client:
            client.submit_json(messages=messages)

    with fault_server([Reset()]) as server:
        with pytest.raises(shared.OutcomeUnknown) as caught:
            run(server.url)
        assert server.received == 1
    assert caught.value.recipients == ("***5678", "***4321")
