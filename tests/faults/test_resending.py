"""A call is made again for those alone who were refused, never for the whole list."""

from __future__ import annotations

import asyncio
import pickle
from typing import Any
from urllib.parse import parse_qs

import pytest

from telecoms import aisix, unified
from telecoms._runtime import errors
from telecoms._runtime.results import Results
from tests.support.fault_server import FaultServer, Reset, Script, fault_server, reply
from tests.support.specimen import modes

TO = ["447700900001", "447700900002", "447700900003", "447700900004"]
ACCEPTED = reply(b"1701|447700900002|m2")
# Accepted, refused, nobody knows, refused with a spelling of its own.
MIXED = reply(
    b"1701|447700900001|m1,1706|447700900002,1710|447700900003,1706|+447700900004"
)
OPTIONS: dict[str, Any] = {
    "username": "acme",
    "password": "sample01",
    "host": "localhost",
    "port": "8080",
    "timeout": 5,
}
MESSAGE: dict[str, Any] = {
    "message_type": unified.enums.MessageType("0"),
    "source": "acme",
    "message": "hello there",
}

pytestmark = modes


def sent(server: FaultServer) -> list[list[str]]:
    """The recipients of each request."""
    lines = [one.split(b" ")[1].decode() for one in server.requests]
    return [
        parse_qs(one.partition("?")[2])["destination"][0].split(",") for one in lines
    ]


def run(mode: str, server: FaultServer, module: Any = unified, **changes: Any) -> Any:
    """Submit to all four, then once more to those who may be sent to again."""
    arguments = {**MESSAGE, **changes}
    options = {**OPTIONS, "base_url": server.url}

    async def main() -> tuple[Any, Any]:
        async with module.AsyncClient(**options) as client:
            try:
                first = await client.submit(destinations=TO, **arguments)
            except errors.ProviderError as error:
                first = error.results
            return first, await client.resend(first, **arguments)

    if mode == "async":
        return asyncio.run(main())
    with module.Client(**options) as client:
        try:
            first = client.submit(destinations=TO, **arguments)
        except errors.ProviderError as error:
            first = error.results
        return first, client.resend(first, **arguments)


def test_only_those_who_were_refused_are_sent_to_again(mode: str) -> None:
    with fault_server([MIXED], [ACCEPTED]) as server:
        first, second = run(mode, server)
        assert sent(server) == [TO, [TO[1], TO[3]]]
    assert isinstance(first, Results)
    assert first.resendable == [TO[1], TO[3]]
    assert [one.message_id for one in first.accepted] == ["m1"]
    assert [one.message_id for one in second.accepted] == ["m2"]
    # What is shown of them names nobody.
    assert not any(number in repr(first) for number in TO)


def test_all_refused(mode: str) -> None:
    refused = reply(",".join(f"1706|{number}" for number in TO).encode())
    with fault_server([refused], [ACCEPTED]) as server:
        run(mode, server)
        assert sent(server) == [TO, TO]


@pytest.mark.parametrize(
    "script",
    [
        [reply(b"1701|447700900001|m1,1701|447700900002|m2")],
        [reply(b"1701|447700900001|m1,1710|447700900002")],
        [reply(b"1701|447700900001|m1,1706|447700999999")],
        [reply(b"1701|447700900001|m1,1706")],
        [reply(b"1701|447700900002|m1,1706|447700900002")],
    ],
    ids=["all accepted", "undecided", "a stranger", "nobody named", "both"],
)
def test_nobody_to_send_to_again(mode: str, script: Script) -> None:
    with fault_server(script) as server:
        with pytest.raises(errors.InvalidArgument, match="nobody"):
            run(mode, server)
        assert server.received == 1


def test_results_of_another_client_are_refused(mode: str) -> None:
    with fault_server([MIXED]) as server:
        with pytest.raises(errors.InvalidArgument, match="nobody"):
            resent(mode, server, Results(["a"]))
        foreign = Results(
            ["a"],
            [errors.RecipientRejected("no")],
            [TO[0]],
            operation="unified.submit",
            parameter="destinations",
        )
        with pytest.raises(errors.InvalidArgument, match="another client: unified"):
            resent(mode, server, foreign)
        assert server.accepted == 0
    twin = pickle.loads(pickle.dumps(foreign))  # noqa: S301 - our own
    assert list(twin.resendable) == [TO[0]]


def resent(mode: str, server: FaultServer, results: Results[Any]) -> Any:
    options: dict[str, Any] = {
        "account": "a@b",
        "authkey": "ABCDEFGH123456789012345678901234",
        "base_url": server.url,
    }

    async def main() -> Any:
        async with aisix.AsyncClient(**options) as client:
            return await client.resend(results)

    if mode == "async":
        return asyncio.run(main())
    with aisix.Client(**options) as client:
        return client.resend(results)


def test_a_lost_call_has_no_results(mode: str) -> None:
    with fault_server([Reset()]) as server:
        with pytest.raises(errors.OutcomeUnknown) as caught:
            run(mode, server)
        assert server.received == 1
    assert getattr(caught.value, "results", None) is None
