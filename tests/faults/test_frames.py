"""Tracebacks with the variables of every frame, as crash reporters print them.

Whatever goes wrong, and wherever: no frame but the caller's own holds a credential, a
text or a number.
"""

from __future__ import annotations

import asyncio
import contextlib
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from telecoms import aisix, onbuka
from telecoms._runtime.credentials import BaseCredentials, Hidden
from tests.support.fault_server import FaultServer, Hang, fault_server, reply
from tests.support.interrupts import interrupt
from tests.support.sinks import chain, frames, hunt
from tests.support.specimen import modes

KEY = "CANARYKEY12345678901234567890123"
TEXT = "canary words of a message"
PHONE = "13512345678"
CANARIES = (KEY, TEXT, PHONE)
OPTIONS: dict[str, Any] = {"account": "admin@acme", "authkey": KEY, "timeout": 5}
MESSAGE: dict[str, Any] = {
    "channel_group": "1",
    "content": TEXT,
    "recipients": [PHONE],
}


def failing(mode: str, url: str, method: str, **arguments: Any) -> BaseException:
    """What a call of aisix raises."""

    async def main() -> None:
        async with aisix.AsyncClient(base_url=url, **OPTIONS) as client:
            await getattr(client, method)(**arguments)

    def run() -> None:
        if mode == "async":
            asyncio.run(main())
        else:
            with aisix.Client(base_url=url, **OPTIONS) as client:
                getattr(client, method)(**arguments)

    return raised(run)


def raised(run: Callable[[], object]) -> BaseException:
    try:
        run()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def shown(error: BaseException) -> None:
    """Nothing is in a frame, and the frames themselves are still there."""
    hunt(CANARIES, *frames(error))
    for one in chain(error):
        hunt(CANARIES, str(one), repr(one))
    report = traceback.TracebackException.from_exception(error)
    files = [frame.filename.rpartition("/")[2] for frame in report.stack]
    assert any(file in ("client.py", "async_client.py", "sealed.py") for file in files)


@modes
@pytest.mark.parametrize(
    ("method", "changes"),
    [
        ("send_once", {"content": f"{TEXT}\ud800"}),
        ("send_once", {"content": TEXT * 100}),
        ("send_once", {"recipients": [f"{PHONE},{PHONE}"]}),
        ("send_once", {"recipients": PHONE}),
        ("send_once", {"channel_group": PHONE + "x"}),
        ("send_once", {"contents": TEXT}),
    ],
    ids=["a surrogate", "long", "the joiner", "no list", "letters", "no such name"],
)
def test_arguments_that_are_refused(
    mode: str, method: str, changes: dict[str, Any]
) -> None:
    with fault_server() as server:
        error = failing(mode, server.url, method, **{**MESSAGE, **changes})
        assert server.accepted == 0
    assert isinstance(error, (ValueError, TypeError))
    shown(error)


@pytest.mark.parametrize("client", [aisix.Client, aisix.AsyncClient])
@pytest.mark.parametrize(
    "changes",
    [{"authkey": KEY + "\n"}, {"account": KEY}, {"retries": -1}, {"proxy": KEY}],
    ids=["a line break", "the wrong one", "an option", "a proxy"],
)
def test_clients_that_cannot_be_made(client: Any, changes: dict[str, Any]) -> None:
    error = raised(lambda: client(**{**OPTIONS, **changes}))
    assert isinstance(error, ValueError)
    shown(error)


def test_credentials_that_are_none() -> None:
    class Credentials(BaseCredentials):
        key = Hidden(pattern="[a-z]+")

    error = raised(lambda: Credentials(key=KEY))
    hunt(CANARIES, str(error), *frames(error))


@modes
def test_a_product_of_a_client(mode: str) -> None:
    options: dict[str, Any] = {"api_key": "k1234567", "api_secret": KEY, "timeout": 5}
    message: dict[str, Any] = {"app_id": "app1", "content": TEXT, "numbers": [PHONE]}

    async def main(url: str) -> None:
        async with onbuka.AsyncClient(base_url=url, **options) as client:
            await client.sms.send(**message)

    def run(url: str) -> None:
        with onbuka.Client(base_url=url, **options) as client:
            client.sms.send(**message)

    with fault_server([reply(f"{KEY} {TEXT} {PHONE}".encode(), 500)]) as server:
        if mode == "sync":
            error = raised(lambda: run(server.url))
        else:
            error = raised(lambda: asyncio.run(main(server.url)))
        assert server.received == 1
    shown(error)


def interrupted(mode: str, server: FaultServer) -> BaseException:
    """A call that is interrupted, or cancelled, while it waits for its answer."""
    if mode == "sync":
        with interrupt(server):
            return failing("sync", server.url, "send_once", **MESSAGE)
    found: list[BaseException] = []

    async def cancelled() -> None:
        async with aisix.AsyncClient(base_url=server.url, **OPTIONS) as client:
            task = asyncio.create_task(client.send_once(**MESSAGE))
            while not server.received:
                await asyncio.sleep(0.005)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            with contextlib.suppress(asyncio.CancelledError):
                task.exception()
            # Awaited once more, it tells what it was cancelled with.
            try:
                await task
            except asyncio.CancelledError as error:
                found.append(error)

    asyncio.run(cancelled())
    return found[0]


@modes
def test_interrupts_and_cancellations(mode: str) -> None:
    with fault_server([Hang()]) as server:
        error = interrupted(mode, server)
    assert isinstance(error, (KeyboardInterrupt, asyncio.CancelledError))
    hunt(CANARIES, *frames(error))


@modes
def test_what_a_user_derives_keeps_its_own_frames(mode: str) -> None:
    class Mine(aisix.Client):
        def fail(self, word: str) -> None:
            raise RuntimeError(word)

    class MineToo(aisix.AsyncClient):
        async def fail(self, word: str) -> None:
            raise RuntimeError(word)

    made: Any = Mine(**OPTIONS) if mode == "sync" else MineToo(**OPTIONS)

    def run() -> None:
        result = made.fail("visible")
        if mode == "async":
            asyncio.run(result)

    report = traceback.TracebackException.from_exception(
        raised(run), capture_locals=True
    )
    assert any("visible" in str(frame.locals) for frame in report.stack)
