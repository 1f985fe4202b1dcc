"""Calls: the generated clients against the same calls written by hand."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import httpx2

from telecoms import aisix, onbuka

from . import by_hand
from .same_request import same_request
from .server import server
from .side_by_side import HAND, OURS, Compared, Turns, side_by_side

BLOCKS = 120
KEY, SECRET = "bDqJFiq9", "7bz1lzh9"
ACCOUNT, AUTHKEY = "1001@100001", "87B01469201D6557C2685137EB3B5DEC"


class Operation(NamedTuple):
    """One operation both ways; `reply` is the kind that the server gives."""

    reply: str
    client: Callable[[str], Any]
    async_client: Callable[[str], Any]
    send: Callable[[Any], Any]
    request: Callable[[str], httpx2.Request]
    read: Callable[[int, bytes], object]

    def generated(self, base: str) -> None:
        """One call on a connection of its own."""
        with self.client(base) as client:
            self.send(client)

    def by_hand(self, base: str) -> None:
        """The same."""
        with httpx2.HTTPTransport() as transport:
            self.exchange(transport, base)

    def exchange(self, transport: httpx2.HTTPTransport, base: str) -> object:
        """What is written by hand."""
        response = transport.handle_request(self.request(base))
        return self.read(response.status_code, response.read())


class Options(TypedDict):
    """Where the loopback server is."""

    base_url: str
    allow_insecure: bool


def _at(base: str) -> Options:
    return Options(base_url=base, allow_insecure=True)


def _onbuka(base: str) -> onbuka.Client:
    return onbuka.Client(api_key=KEY, api_secret=SECRET, **_at(f"{base}/v3"))


def _async_onbuka(base: str) -> onbuka.AsyncClient:
    return onbuka.AsyncClient(api_key=KEY, api_secret=SECRET, **_at(f"{base}/v3"))


def _onbuka_send(client: onbuka.Client | onbuka.AsyncClient) -> object:
    return client.sms.send(
        app_id="4luaKsL2",
        numbers=["91856321412", "91856321413"],
        content="hello world",
        sender_id="123",
    )


def _aisix(base: str) -> aisix.Client:
    return aisix.Client(account=ACCOUNT, authkey=AUTHKEY, **_at(base))


def _async_aisix(base: str) -> aisix.AsyncClient:
    return aisix.AsyncClient(account=ACCOUNT, authkey=AUTHKEY, **_at(base))


def _aisix_send(client: aisix.Client | aisix.AsyncClient) -> object:
    return client.send_once(
        channel_group="52", content="hello", recipients=["18100002707"]
    )


OPERATIONS = {
    "onbuka.sms.send (signed JSON)": Operation(
        "json",
        _onbuka,
        _async_onbuka,
        _onbuka_send,
        by_hand.onbuka_request,
        by_hand.onbuka_reply,
    ),
    "aisix.send_once (form, XML)": Operation(
        "xml",
        _aisix,
        _async_aisix,
        _aisix_send,
        by_hand.aisix_request,
        by_hand.aisix_reply,
    ),
}


def sync_calls(blocks: int = BLOCKS) -> dict[str, Compared]:
    """Each operation, on a connection that stays open."""
    return {
        f"{name}, sync": _against(each, blocks) for name, each in OPERATIONS.items()
    }


def _against(operation: Operation, blocks: int) -> Compared:
    same_request(operation.reply, operation.by_hand, operation.generated)
    with (
        server(operation.reply) as base,
        operation.client(base) as client,
        httpx2.HTTPTransport() as transport,
    ):
        return side_by_side(
            lambda: operation.exchange(transport, base),
            lambda: operation.send(client),
            blocks,
        )


def async_calls(
    concurrency: int, blocks: int = BLOCKS, size: int = 20
) -> dict[str, Compared]:
    """The same, µs of CPU per call; of wall clock where several are under way at once."""
    how = "async" if concurrency == 1 else f"{concurrency} at once (wall)"
    return {
        f"{name}, {how}": _async_against(each, concurrency, blocks, size)
        for name, each in OPERATIONS.items()
    }


def _async_against(
    operation: Operation, concurrency: int, blocks: int, size: int
) -> Compared:
    with server(operation.reply) as base:
        return asyncio.run(_async_calls(operation, base, concurrency, blocks, size))


async def _async_calls(
    operation: Operation, base: str, concurrency: int, blocks: int, size: int
) -> Compared:
    client = operation.async_client(base)
    transport = httpx2.AsyncHTTPTransport()

    async def ours() -> None:
        await operation.send(client)

    async def hand() -> None:
        response = await transport.handle_async_request(operation.request(base))
        operation.read(response.status_code, await response.aread())

    contenders = {HAND: hand, OURS: ours}
    turns = Turns(size, time.thread_time if concurrency == 1 else time.perf_counter)
    async with client, transport:
        for side in turns.sides(blocks + 4):
            with turns.turn(side):
                await _many(contenders[side], concurrency, size)
    return turns.compared()


async def _many(
    call: Callable[[], Awaitable[None]], concurrency: int, count: int
) -> None:
    left = iter(range(count))

    async def worker() -> None:
        for _ in left:
            await call()

    await asyncio.gather(*(worker() for _ in range(concurrency)))


def memory(total: int = 100_000, concurrency: int = 50) -> list[tuple[int, float]]:
    """Peak memory in MiB after parts of that many sends, in this process."""
    with server("json") as base:
        return asyncio.run(_memory(base, total, concurrency))


async def _memory(base: str, total: int, concurrency: int) -> list[tuple[int, float]]:
    async with _async_onbuka(base) as client:

        async def call() -> None:
            await client.sms.send(
                app_id="4luaKsL2", numbers=["91856321412"], content="hello world"
            )

        found: list[tuple[int, float]] = []
        for part in range(1, 11):
            await _many(call, concurrency, total // 10)
            found.append((part * (total // 10), _peak()))
        return found


def _peak() -> float:
    """MiB.  Not `ru_maxrss`, which begins at the size of the parent process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell a process's peak memory")


def main() -> None:
    """What is asked for, as JSON on standard output."""
    what, *numbers = sys.argv[1:]
    measures: dict[str, Callable[..., Any]] = {
        "sync": sync_calls,
        "async": async_calls,
        "memory": memory,
    }
    print(json.dumps(measures[what](*map(int, numbers))))


if __name__ == "__main__":
    main()
