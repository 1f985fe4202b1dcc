"""A small provider, written as generated code would be, for tests of the floor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import pytest

from tests.support.fault_server import reply as served
from wirebook.runtime import decode, errors
from wirebook.runtime.call import Call, Operation, Reply
from wirebook.runtime.client import BaseAsyncClient, BaseClient
from wirebook.runtime.credentials import BaseCredentials, Hidden, Plain
from wirebook.runtime.draft import Draft
from wirebook.runtime.moment import Clock, Moment, Random
from wirebook.runtime.request import Place
from wirebook.runtime.retry import RetryPolicy
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Effect, Family, Range, Retry, Row, Table

SECRET = "CANARYsecret/9f3c+"
TEXT = "canary words of a message"
PHONE = "4917612345678"
CANARIES = (SECRET, TEXT, PHONE)

MODES = ("sync", "async")
modes = pytest.mark.parametrize("mode", MODES)
"""A test with a client of each mode."""


class SpecimenError(errors.ProviderError):
    """Any status."""


class OutcomeUnknownError(SpecimenError, errors.OutcomeUnknown):
    """Nothing is proven."""


class RateLimitedError(SpecimenError, errors.RateLimited):
    """Slow down."""


class InvalidCredentialsError(SpecimenError, errors.InvalidCredentials):
    """Fix the credentials."""


class ClockSkewError(SpecimenError, errors.ClockSkew):
    """Set the clock."""


class DuplicateRequestError(SpecimenError, errors.DuplicateRequest):
    """It is there."""


class RecipientRejectedError(SpecimenError, errors.RecipientRejected):
    """Drop it."""


class ProviderFailureError(SpecimenError, errors.ProviderFailure):
    """Give up."""


class Status(IntEnum):
    SUCCESS = 0
    TOO_FAST = -1
    BAD_KEY = -2
    INTERNAL = -3
    CLOCK = -4
    DUPLICATE = -5
    EXPIRED = -6
    GONE = -7
    RECIPIENT = -8
    QUEUED = 1
    DONE_BUT = -9


STATUS = Table(
    Status,
    unknown=SpecimenError,
    undecided=OutcomeUnknownError,
    success=("0", "1"),
    rows={
        "-1": Row(
            RateLimitedError, "too fast", effect=Effect.NONE, retry=Retry.AFTER_DELAY
        ),
        "-2": Row(InvalidCredentialsError, "bad key", effect=Effect.NONE),
        "-3": Row(ProviderFailureError, "internal error", retry=Retry.ALLOWED),
        "-4": Row(ClockSkewError, "clock", effect=Effect.NONE),
        "-5": Row(DuplicateRequestError, "duplicate", effect=Effect.NONE),
        "-6": Row(
            InvalidCredentialsError, "expired", effect=Effect.NONE, renews_session=True
        ),
        "-7": Row(
            DuplicateRequestError, "gone", effect=Effect.NONE, success_on_retry=True
        ),
        "-8": Row(RecipientRejectedError, "recipient", effect=Effect.NONE),
        "-9": Row(ProviderFailureError, "done, but", effect=Effect.DONE),
    },
)


class Http(IntEnum):
    OK = 200
    TOO_MANY = 429


HTTP = Table(
    Http,
    unknown=SpecimenError,
    undecided=OutcomeUnknownError,
    success=Range(minimum=200, maximum=299),
    rows={
        "429": Row(
            RateLimitedError,
            "too many",
            effect=Effect.NONE,
            retry=Retry.AFTER_DELAY,
            wait=0.5,
        ),
    },
    families=(Family(ProviderFailureError, "server", minimum=500, maximum=599),),
)


class Credentials(BaseCredentials):
    account = Plain()
    key = Hidden()


def key(draft: Draft, credentials: Credentials, moment: Moment) -> None:
    draft.lead(None, "key", credentials.key)
    draft.lead(None, "time", moment.text("unix_seconds"))
    draft.header("X-Account", credentials.account)


def operation(does: Does, **facts: Any) -> Operation:
    facts.setdefault("table", STATUS)
    facts.setdefault("authenticate", key)
    facts.setdefault("recovery", "specimen.report")
    return Operation(f"specimen.{does.value}", does=does, **facts)


def read(reply: Reply) -> str:
    tree = reply.json()
    reply.judge(decode.status(tree, "status"), decode.optional_text(tree, "message"))
    return decode.text(tree, "id")


def call(
    operation: Operation,
    method: str = "POST",
    path: str = "/do?action=x",
    to: Sequence[str] = (PHONE,),
    reader: Any = read,
    **arguments: object,
) -> Call[Any]:
    place = Place.QUERY if method == "GET" else Place.FORM
    draft = Draft(method, path, place)
    draft.add("to", ",".join(to))
    draft.add("text", TEXT)
    return Call(operation, draft, reader, to=to, **arguments)


SEND = operation(Does.SUBMITS)
READ = operation(Does.READS)


class Client(BaseClient):
    def perform(self, call: Call[Any]) -> Any:
        return self._perform(call)

    @property
    def connections(self) -> int:
        own: Any = self._core._own
        return own.connections if own is not None else 0


class AsyncClient(BaseAsyncClient):
    async def perform(self, call: Call[Any]) -> Any:
        return await self._perform(call)

    @property
    def connections(self) -> int:
        own: Any = self._core._own
        return own.connections if own is not None else 0


class StillClock(Clock):
    """Real time, but nobody waits: sleeps are written down and make time pass."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.shift = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.shift

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.shift += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)


class Fixed(Random):
    """Jitter that is always the same fraction."""

    def __init__(self, part: float = 0.5) -> None:
        self.part = part

    def fraction(self) -> float:
        return self.part


def credentials() -> Credentials:
    return Credentials(account="acme", key=SECRET)


def perform(
    mode: str, url: str, *calls: Call[Any] | float, **options: Any
) -> list[Any]:
    """Make calls one after the other with a client of the mode, `sync` or `async`.

    What a call raises stands in its place, a number is a pause; the last item is the number of open
    connections before the client is closed.
    """
    server = Server(url, insecure=options.pop("insecure", False))
    outcomes: list[Any] = []
    if mode == "sync":
        with Client(credentials(), server, **options) as client:
            for one in calls:
                if isinstance(one, float):
                    time.sleep(one)
                    continue
                try:
                    outcomes.append(client.perform(one))
                except Exception as error:
                    outcomes.append(error)
            return [*outcomes, client.connections]

    async def main() -> list[Any]:
        async with AsyncClient(credentials(), server, **options) as client:
            for one in calls:
                if isinstance(one, float):
                    await asyncio.sleep(one)
                    continue
                try:
                    outcomes.append(await client.perform(one))
                except Exception as error:
                    outcomes.append(error)
            return [*outcomes, client.connections]

    return asyncio.run(main())


NO_WAIT = RetryPolicy(attempts=3, delay=0.0, max_delay=0.0)
OK = served(b'{"status": 0, "id": "7"}')
"""What the server sends for a success: the result is "7"."""
