"""A long list comes to what its items come to alone: in both clients."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telecoms import aisix, onbuka
from telecoms._runtime.errors import UnreadableReply
from telecoms._runtime.transport import Response
from tests.support.fault_server import fault_server, reply
from tests.support.specimen import call, operation, perform
from wirebook.runtime import decode
from wirebook.runtime.call import Reply
from wirebook.runtime.record import Record, made
from wirebook.runtime.status import Does
from wirebook.runtime.tree import Tree

MANY = 40
HEADERS = (("Content-Type", "application/json"),)
XML = (("Content-Type", "text/xml"),)


class Canned:
    """A transport that has one answer for everything."""

    def __init__(self, response: Response) -> None:
        self.response = response

    def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Response:
        return self.response

    def close(self) -> None:
        """Nothing is open."""


class AsyncCanned:
    """The same."""

    def __init__(self, response: Response) -> None:
        self.response = response

    async def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Response:
        return self.response

    async def close(self) -> None:
        """Nothing is open."""


def report(mode: str, items: list[Any]) -> Any:
    """What `onbuka.sms.get_report` makes of the items of a reply, or says of them."""
    reply = {"status": "0", "success": 1, "fail": 0, "sending": 0, "nofound": 0}
    body = json.dumps({**reply, "array": items}).encode()
    asked: Any = {"app_id": "4luaKsL2", "message_ids": ["1"]}
    keys: Any = {"api_key": "bDqJFiq9", "api_secret": "x"}

    async def ask() -> Any:
        transport = AsyncCanned(Response(200, HEADERS, body))
        async with onbuka.AsyncClient(transport=transport, **keys) as client:
            return await client.sms.get_report(**asked)

    try:
        if mode == "async":
            return asyncio.run(ask()).messages
        transport = Canned(Response(200, HEADERS, body))
        with onbuka.Client(transport=transport, **keys) as client:
            return client.sms.get_report(**asked).messages
    except UnreadableReply as error:
        return _words(error)


def _words(error: UnreadableReply) -> str:
    """What is wrong, without the beginning of the reply."""
    return str(error).partition(" (HTTP")[0]


def states(mode: str, items: list[dict[str, str]]) -> Any:
    """The same of `aisix.get_send_state` and the elements of a reply."""
    attributes = (
        "".join(f' {name}="{value}"' for name, value in item.items()) for item in items
    )
    elements = "".join(f"<Item{each}/>" for each in attributes)
    body = f'<xml name="getSendState" result="1">{elements}</xml>'.encode()
    keys: Any = {
        "account": "1001@100001",
        "authkey": "87B01469201D6557C2685137EB3B5DEC",
    }

    async def ask() -> Any:
        transport = AsyncCanned(Response(200, XML, body))
        async with aisix.AsyncClient(transport=transport, **keys) as client:
            return await client.get_send_state()

    try:
        if mode == "async":
            return tuple(asyncio.run(ask()))
        transport = Canned(Response(200, XML, body))
        with aisix.Client(transport=transport, **keys) as client:
            return tuple(client.get_send_state())
    except UnreadableReply as error:
        return _words(error)


ODD = st.sampled_from([None, 7, 1.5, True, "", " ", [], ["x"], {}, {"a": "b"}])
PRICE = st.fixed_dictionaries(
    {"pay": st.sampled_from(["0.05", 1, 0.10]), "chargeCnt": st.sampled_from(["1", 2])}
    | {"currency": st.just("USD"), "price": st.just("0.05")},
    optional={"quoteExchange": ODD | st.just("7.1")},
)
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "msgId": st.sampled_from(["21080210540110", 21080210540110]),
    "number": st.just("91856321412"),
    "receiveTime": st.sampled_from(["2021-02-12T09:30:03+08:00", "", None]),
    "status": st.sampled_from(["0", "1", "3", "never seen", 1]),
    "pricedetail": st.none() | PRICE,
}
ELEMENT = {
    "id": st.just("1"),
    "msgid": st.sampled_from(["81756791", ""]),
    "mobile": st.just("18100002707"),
    "result": st.sampled_from(["0", "1", "9", "", " 1 "]),
    "return": st.sampled_from(["DELIVRD", "", "never seen"]),
}


@st.composite
def few(draw: st.DrawFn, likely: dict[str, Any], odd: Any) -> list[Any]:
    """Items nearly alike; in one of them, now and then, one value is odd or missing."""
    items: list[dict[str, Any]] = draw(
        st.lists(st.fixed_dictionaries(likely), min_size=1, max_size=4)
    )
    what = draw(st.sampled_from(["nothing", "nothing", "odd", "missing", "more"]))
    item, name = draw(st.sampled_from(items)), draw(st.sampled_from([*likely]))
    if what == "odd":
        item[name] = draw(odd)
    elif what == "missing":
        del item[name]
    elif what == "more":
        item["new"] = "x"
    return items


def alike(read: Callable[[str, list[Any]], Any], mode: str, items: list[Any]) -> None:
    alone = [read(mode, [item]) for item in items]
    found = read(mode, items * MANY)
    wrong = [number for number, one in enumerate(alone) if isinstance(one, str)]
    if wrong:
        words = alone[wrong[0]]
        assert found in (words, words.replace(".0.", f".{wrong[0]}.", 1))
    else:
        assert found == tuple(row for one in alone for row in one) * MANY
        assert [repr(row) for row in found[: len(items)]] == [
            repr(row) for one in alone for row in one
        ]


@pytest.mark.parametrize("mode", ["sync", "async"])
@settings(max_examples=60)
@given(items=few(LIKELY, ODD))
def test_objects_come_to_what_each_alone_comes_to(mode: str, items: list[Any]) -> None:
    alike(report, mode, items)


@pytest.mark.parametrize("mode", ["sync", "async"])
@settings(max_examples=60)
@given(items=few(ELEMENT, st.sampled_from(["", " ", "x"])))
def test_elements_come_to_what_each_alone_comes_to(mode: str, items: list[Any]) -> None:
    alike(states, mode, items)


class Row(Record):
    name: str
    page: int | None = None


def read_row(tree: Tree) -> Row:
    return made(
        Row,
        name=decode.text(tree, "name"),
        page=decode.optional_integer(tree, "$header.X-Page"),
    )


def read_rows(reply: Reply) -> list[Row]:
    reply.judge("0")
    read = reply.beside_headers(read_row, "X-Page")
    return decode.many(reply.json(), "", read)


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_headers_stand_beside_every_item(mode: str) -> None:
    names = [str(number) for number in range(MANY)]
    body = json.dumps([{"name": name} for name in names]).encode()
    with fault_server([reply(body, 200, "X-Page: 7")]) as server:
        once = call(operation(Does.READS), reader=read_rows)
        found, _ = perform(mode, server.url, once)
    assert found == [Row(name=name, page=7) for name in names]
