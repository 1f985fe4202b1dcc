"""Calls: the generated clients against the same calls written by hand."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2

from telecoms import aisix, onbuka
from telecoms._runtime.transport import Response

from . import by_hand
from .measure import calls, ratio
from .server import server

ROUNDS, COUNT = 15, 200
SECRET = "7bz1lzh9"


def onbuka_client(base: str) -> onbuka.Client:
    return onbuka.Client(
        api_key="bDqJFiq9", api_secret=SECRET, base_url=base, allow_insecure=True
    )


def onbuka_send(client: onbuka.Client) -> object:
    return client.sms.send(
        app_id="4luaKsL2",
        numbers=["91856321412", "91856321413"],
        content="hello world",
        sender_id="123",
    )


def aisix_send(client: aisix.Client) -> object:
    return client.send_once(
        channel_group="52", content="hello", recipients=["18100002707"]
    )


def sync_calls(rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """CPU µs by hand and generated, and their ratio, for each kind of reply."""
    found: dict[str, tuple[float, float, float]] = {}
    with server("json") as base, onbuka_client(base) as client:
        found["onbuka.sms.send (signed JSON), sync"] = _against(
            lambda: onbuka_send(client),
            lambda: by_hand.onbuka_request(base),
            by_hand.onbuka_reply,
            rounds,
        )
    with (
        server("xml") as base,
        aisix.Client(
            account="1001@100001",
            authkey="87B01469201D6557C2685137EB3B5DEC",
            base_url=base,
            allow_insecure=True,
        ) as one,
    ):
        found["aisix.send_once (form, XML), sync"] = _against(
            lambda: aisix_send(one),
            lambda: by_hand.aisix_request(base),
            by_hand.aisix_reply,
            rounds,
        )
    return found


def _against(
    generated: Callable[[], object],
    request: Callable[[], httpx2.Request],
    read: Callable[[int, bytes], object],
    rounds: int,
) -> tuple[float, float, float]:
    with httpx2.HTTPTransport() as transport:

        def hand() -> object:
            response = transport.handle_request(request())
            return read(response.status_code, response.read())

        spent = calls({"hand": hand, "generated": generated}, rounds, COUNT)
    return _row(spent)


def _row(spent: dict[str, list[float]]) -> tuple[float, float, float]:
    hand, ours = spent["hand"], spent["generated"]
    return statistics.median(hand), statistics.median(ours), ratio(ours, hand)


def async_calls(
    concurrency: int, rounds: int = ROUNDS, count: int = COUNT
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """CPU µs and wall µs by hand and generated, with that many calls at once."""
    with server("json") as base:
        return asyncio.run(_async_calls(base, concurrency, rounds, count))


async def _async_calls(
    base: str, concurrency: int, rounds: int, count: int
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    client = onbuka.AsyncClient(
        api_key="bDqJFiq9", api_secret=SECRET, base_url=base, allow_insecure=True
    )
    transport = httpx2.AsyncHTTPTransport()

    async def ours() -> None:
        await client.sms.send(
            app_id="4luaKsL2",
            numbers=["91856321412", "91856321413"],
            content="hello world",
            sender_id="123",
        )

    async def hand() -> None:
        response = await transport.handle_async_request(by_hand.onbuka_request(base))
        by_hand.onbuka_reply(response.status_code, await response.aread())

    cpu: dict[str, list[float]] = {"hand": [], "generated": []}
    wall: dict[str, list[float]] = {"hand": [], "generated": []}
    async with client:
        for turn in range(rounds + 1):
            for name, call in (("hand", hand), ("generated", ours)):
                began, clock = time.process_time(), time.perf_counter()
                await _many(call, concurrency, count)
                if turn:
                    cpu[name].append((time.process_time() - began) / count * 1e6)
                    wall[name].append((time.perf_counter() - clock) / count * 1e6)
    await transport.aclose()
    return _row(cpu), _row(wall)


async def _many(
    call: Callable[[], Awaitable[None]], concurrency: int, count: int
) -> None:
    left = iter(range(count))

    async def worker() -> None:
        for _ in left:
            await call()

    await asyncio.gather(*(worker() for _ in range(concurrency)))


def decoding(count: int = 10_000, rounds: int = 9) -> tuple[float, float, float]:
    """CPU µs to read a reply of that many items."""
    body = json.dumps(
        {
            "status": "0",
            "reason": "success",
            "success": str(count),
            "fail": "0",
            "array": [
                {"msgId": f"21080210540110{n:05}", "number": f"918563{n:05}"}
                for n in range(count)
            ],
        }
    ).encode()
    headers = (("Content-Type", "application/json"),)

    class Canned:
        def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Response:
            return Response(200, headers, body)

        def close(self) -> None:
            """Nothing is open."""

    with onbuka.Client(
        api_key="bDqJFiq9", api_secret=SECRET, transport=Canned()
    ) as client:
        spent = calls(
            {
                "hand": lambda: by_hand.items(body),
                "generated": lambda: onbuka_send(client),
            },
            rounds,
            1,
        )
    return _row(spent)


def memory(total: int = 100_000, concurrency: int = 50) -> list[tuple[int, float]]:
    """Peak memory in MiB after parts of that many sends, in this process."""
    with server("json") as base:
        return asyncio.run(_memory(base, total, concurrency))


async def _memory(base: str, total: int, concurrency: int) -> list[tuple[int, float]]:
    async with onbuka.AsyncClient(
        api_key="bDqJFiq9", api_secret=SECRET, base_url=base, allow_insecure=True
    ) as client:

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
        "decoding": decoding,
        "memory": memory,
    }
    print(json.dumps(measures[what](*map(int, numbers))))


if __name__ == "__main__":
    main()
