"""What a provider pushes to its user: delivery reports and replies, with retries."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx2
from msgspec import Struct

from wirebook.arguments import find_model
from wirebook.model import Callback, FieldType, Model, Provider
from wirebook.runtime.body import tree as planted
from wirebook.runtime.encode import Value, flatten, json_text
from wirebook.runtime.xml_writer import xml_document

from . import vocabulary
from .gateway import Gateway
from .kinds import is_dict
from .proof import proved
from .samples import callbacks, name_of
from .simulator import Simulator, shown
from .state import Account, Exchange, Message

WAITS = (0.0, 1.0, 5.0, 25.0)
"""Seconds before each attempt."""
TIMEOUT = 10.0


class Pushed(Struct, frozen=True):
    """One request to the user's address."""

    callback: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    answers: tuple[int, ...]
    """HTTP statuses that count as received."""


class Pusher:
    """Sends what is due to the addresses that accounts name."""

    def __init__(self, simulator: Simulator, waits: tuple[float, ...] = WAITS) -> None:
        self._simulator = simulator
        self._waits = waits
        self._tasks: set[asyncio.Task[None]] = set()
        self._client: httpx2.AsyncClient | None = None

    def push(self) -> None:
        """Start pushing everything that ended since the last time."""
        state = self._simulator.state
        while state.finished:
            message = state.finished.popleft()
            gateway = self._simulator.gateways.get(message.provider)
            account = state.accounts.get(message.provider)
            if gateway is None or account is None or not account.callbacks:
                continue
            for pushed in pushes(gateway, account, message):
                task = asyncio.create_task(self._deliver(gateway, pushed))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _deliver(self, gateway: Gateway, pushed: Pushed) -> None:
        if self._client is None:
            self._client = httpx2.AsyncClient(timeout=TIMEOUT, trust_env=False)
        for attempt, wait in enumerate(self._waits, 1):
            await asyncio.sleep(wait)
            status, words = 0, ""
            try:
                reply = await self._client.request(
                    pushed.method,
                    pushed.url,
                    headers=pushed.headers,
                    content=pushed.body,
                )
                status, words = reply.status_code, reply.text
            except (httpx2.HTTPError, httpx2.InvalidURL) as problem:
                words = f"{type(problem).__name__}: {problem}"
            good = status in pushed.answers
            self._record(
                gateway,
                pushed,
                status,
                words,
                "" if good else _why(status, attempt, len(self._waits)),
            )
            if good:
                return

    def _record(
        self, gateway: Gateway, pushed: Pushed, status: int, words: str, why: str
    ) -> None:
        state = self._simulator.state
        mask = self._simulator.mask
        state.exchanges.append(
            Exchange(
                state.next_exchange(),
                self._simulator.clock(),
                gateway.provider.id,
                f"callback:{pushed.callback}",
                pushed.method,
                mask(pushed.url),
                tuple(pushed.headers.items()),
                shown(pushed.body, mask),
                status,
                (),
                mask(words[:2000]),
                "",
                "",
                (why,) if why else (),
                0.0,
                "push",
            )
        )
        state.version += 1

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()


def _why(status: int, attempt: int, attempts: int) -> str:
    said = f"HTTP {status}" if status else "no answer"
    left = attempts - attempt
    return f"{said}, not received; " + (f"{left} more attempts" if left else "given up")


def pushes(gateway: Gateway, account: Account, message: Message) -> Iterator[Pushed]:
    """What is pushed about a message."""
    provider = gateway.provider
    if message.direction == "out" and not message.wants_report:
        return
    for callback in callbacks(provider):
        name = name_of(callback)
        url = account.callbacks.get(name) or account.callbacks.get("*")
        if (
            url
            and callback.product == message.product
            and concerns(provider, callback, message)
        ):
            push = pushed(gateway, callback, message, url)
            yield proved(provider, callback, account, push)


def concerns(provider: Provider, callback: Callback, message: Message) -> bool:
    """Whether a callback speaks of what happened: a reply, or the end of a message."""
    model = find_model(provider, callback.product, callback.model)
    return (message.direction == "in") == _is_reply(model)


def _is_reply(model: Model) -> bool:
    return vocabulary.has(model, FieldType.TEXT) and not vocabulary.has(
        model, FieldType.ENUM
    )


def pushed(gateway: Gateway, callback: Callback, message: Message, url: str) -> Pushed:
    """The request that tells of a message, in the provider's format."""
    world = gateway.world
    subject = world.subject(message, message.number)
    values = world.record(callback.product, callback.model, subject)
    record: Value = gateway.model_tree(callback.product, callback.model, values)
    if callback.list:
        record = [record]
    whole = planted([(callback.at, record)]) if callback.at else record
    model = find_model(gateway.provider, callback.product, callback.model)
    inside = callback.inside_json(model)
    if is_dict(whole) and inside:
        whole = {
            name: json_text(value) if name in inside else value
            for name, value in whole.items()
        }
    headers: dict[str, str] = {}
    body = b""
    match callback.format:
        case "json":
            headers["Content-Type"] = "application/json;charset=UTF-8"
            body = json_text(whole).encode()
        case "xml":
            headers["Content-Type"] = "text/xml; charset=utf-8"
            body = xml_document("xml", whole if is_dict(whole) else {})
        case "query":
            parts = urlsplit(url)
            query = "&".join(part for part in (parts.query, _form(whole)) if part)
            url = urlunsplit(parts._replace(query=query))
        case _:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = _form(whole).encode()
    answers = tuple({200, callback.answer_status})
    return Pushed(name_of(callback), callback.method, url, headers, body, answers)


def _form(tree: Value) -> str:
    members = tree if is_dict(tree) else {}
    pairs = [
        pair
        for name, value in members.items()
        if value is not None
        for pair in flatten(name, value)
    ]
    return urlencode(pairs)
