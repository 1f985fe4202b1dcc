"""Lists that come in pages, over real connections with both clients."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from telecoms import InvalidArgument, UnreadableReply, onbuka
from tests.support.loopback import Answer, Loopback, loopback

KEYS: Any = {"api_key": "bDqJFiq9", "api_secret": "7bz1lzh9"}
END = datetime(2021, 9, 1, 12, tzinfo=timezone(timedelta(hours=8)))
SPAN: Any = {"app_id": "a", "start": END - timedelta(days=1), "end": END}


def answer(data: Any) -> Answer:
    return Answer(json.dumps(data).encode())


def page(number: int, pages: int, items: int, total: int | None = None) -> Answer:
    records = [
        {"number": f"63{number}{i}", "content": "hello", "receiveTime": None}
        for i in range(items)
    ]
    data = {"total": total or 5, "size": 2, "current": number, "pages": pages}
    return answer(
        {"status": "0", "reason": "success", "data": {**data, "records": records}}
    )


PAGES = [page(1, 3, 2), page(2, 3, 2), page(3, 3, 1)]


def sent(*numbers: str) -> Answer:
    records = [{"msgId": n, "number": n, "status": "0"} for n in numbers]
    counts = {"success": str(len(records)), "fail": "0"}
    return answer({"status": "0", "reason": "success", **counts, "array": records})


Use = Callable[[Any], Any]


def collected(server: Loopback, asynchronous: bool, use: Use) -> list[Any]:
    """All items of the iteration that `use` makes of a client's `sms`."""
    if not asynchronous:
        with onbuka.Client(**KEYS, base_url=server.url, retries=0) as client:
            return list(use(client.sms))

    async def main() -> list[Any]:
        async with onbuka.AsyncClient(**KEYS, base_url=server.url, retries=0) as client:
            return [item async for item in use(client.sms)]

    return asyncio.run(main())


both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@both
def test_numbered_pages(asynchronous: bool) -> None:
    with loopback(PAGES) as server:
        items = collected(
            server, asynchronous, lambda sms: sms.iter_replies(**SPAN, size=2)
        )

    assert [item.sender for item in items] == ["6310", "6311", "6320", "6321", "6330"]
    asked = [json.loads(request.body) for request in server.received]
    assert [(body["current"], body["size"]) for body in asked] == [
        (1, 2),
        (2, 2),
        (3, 2),
    ]


@both
def test_an_offset_moves_by_what_came_until_nothing_comes(asynchronous: bool) -> None:
    with loopback([sent("1", "2", "3"), sent("4"), sent()]) as server:
        items = collected(
            server, asynchronous, lambda sms: sms.iter_sent_records(**SPAN)
        )

    assert [item.message_id for item in items] == ["1", "2", "3", "4"]
    targets = [parse_qs(urlsplit(r.target).query) for r in server.received]
    assert [query["startIndex"] for query in targets] == [["0"], ["3"], ["4"]]


@both
@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (2, 1), (3, 2)])
def test_a_limit(asynchronous: bool, limit: int, requests: int) -> None:
    with loopback(PAGES) as server:
        items = collected(
            server, asynchronous, lambda sms: sms.iter_replies(**SPAN, max_items=limit)
        )

    assert len(items) == limit
    assert len(server.received) == requests


@both
@pytest.mark.parametrize(
    "answers", [[page(1, 9, 2), page(2, 9, 0, 9)], [page(1, 1, 2)]]
)
def test_an_empty_page_ends_it_and_so_does_the_last_one(
    asynchronous: bool, answers: list[Answer]
) -> None:
    with loopback(answers) as server:
        items = collected(server, asynchronous, lambda sms: sms.iter_replies(**SPAN))

    assert len(items) == 2
    assert len(server.received) == len(answers)


def test_nothing_is_sent_before_the_first_item_and_behind_the_last_one() -> None:
    with (
        loopback(PAGES) as server,
        onbuka.Client(**KEYS, base_url=server.url) as client,
    ):
        items = client.sms.iter_replies(**SPAN)
        assert server.received == []
        next(items)
        next(items)
        assert len(server.received) == 1
        next(items)
        assert len(server.received) == 2


@both
def test_arguments_are_checked_at_once(asynchronous: bool) -> None:
    client = (onbuka.AsyncClient if asynchronous else onbuka.Client)(**KEYS)
    with pytest.raises(InvalidArgument, match="size"):
        client.sms.iter_replies(**SPAN, size=101)
    with pytest.raises(InvalidArgument, match="max_items"):
        client.sms.iter_replies(**SPAN, max_items=-1)


def test_a_refused_page_raises_and_keeps_what_came() -> None:
    refusal = answer({"status": "-15", "reason": "Query too frequently"})
    with (
        loopback([PAGES[0], refusal]) as server,
        onbuka.Client(**KEYS, base_url=server.url, retries=0) as client,
    ):
        items = client.sms.iter_replies(**SPAN)
        assert [next(items).sender for _ in range(2)] == ["6310", "6311"]
        with pytest.raises(onbuka.RateLimitedError):
            next(items)


def test_pages_that_never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telecoms._runtime.paging.MOST_PAGES", 3)
    with (
        loopback([page(1, 10**9, 1, total=10**9)]) as server,
        onbuka.Client(**KEYS, base_url=server.url, retries=0) as client,
        pytest.raises(UnreadableReply, match="does not end: 3 pages"),
    ):
        list(client.sms.iter_replies(**SPAN))
    assert len(server.received) == 3
