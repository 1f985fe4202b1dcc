"""What a provider remembers: messages, replies, tasks, credentials, money."""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

KEEP = 10_000
"""Messages that are remembered; the oldest give way."""
BALANCE = Decimal("1000.000")
FINAL = frozenset({"delivered", "failed", "expired", "rejected"})
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Message:
    """One text or call to or from one phone or address.

    direction: `out` towards the phone, `in` from it.  state: refused, scheduled,
    accepted, enroute, delivered, failed, expired, rejected, received.
    """

    number: int
    provider: str
    product: str | None
    operation: str
    direction: str
    id: str
    recipient: str
    sender: str
    text: str
    state: str
    created: datetime
    due: datetime
    """When the next thing happens to it."""
    done: datetime | None = None
    reason: str = ""
    segments: int = 1
    price: Decimal = Decimal(0)
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])
    outcome: str = "delivered"
    """The state it will end in."""
    answers: str = ""
    """Inbound: the id of the message that is answered."""
    wants_report: bool = True
    handed: bool = False
    """A queue gave it out already."""
    exchange: int = 0


@dataclass(slots=True)
class Exchange:
    """One request and its answer, as the inbox shows them: secrets masked."""

    number: int
    at: datetime
    provider: str
    operation: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str
    http: int
    reply_headers: tuple[tuple[str, str], ...]
    reply: str
    status: str
    """The provider's code, empty where none was given."""
    words: str
    why: tuple[str, ...]
    """Why it was refused, one sentence for each fault."""
    seconds: float
    kind: str = "call"
    """`call`, or `push` for what the provider sends to its user."""


@dataclass(slots=True)
class Entity:
    """Anything that is created, listed and changed: a task, a template, a trunk."""

    id: str
    created: datetime
    values: dict[str, Any]
    wires: dict[str, Any]
    phase: str = "waiting"
    moved: datetime | None = None
    """When the phase was set; None for one that moves by itself."""


@dataclass(slots=True)
class Account:
    """One account at one provider."""

    credentials: dict[str, str]
    settings: dict[str, str]
    balance: Decimal = BALANCE
    tokens: dict[str, datetime] = field(default_factory=dict[str, datetime])
    callbacks: dict[str, str] = field(default_factory=dict[str, str])
    """Callback name, or `*` for all -> URL."""


class State:
    """Everything that is remembered, bounded.

    `changed` is told the number of each message that is new or moved.
    """

    def __init__(self, keep: int = KEEP) -> None:
        self.keep = keep
        self.accounts: dict[str, Account] = {}
        self.messages: OrderedDict[int, Message] = OrderedDict()
        self.exchanges: deque[Exchange] = deque(maxlen=max(keep // 10, 100))
        self.entities: dict[tuple[str, str], OrderedDict[str, Entity]] = {}
        self.version = 0
        """Grows with each change, so that pages know when to look."""
        self.dirty: dict[int, None] = {}
        """Messages that a store has not written yet."""
        self.finished: deque[Message] = deque(maxlen=keep)
        """Messages that ended, or came in, and may be pushed."""
        self._ids: dict[tuple[str, str], int] = {}
        self._due: list[tuple[datetime, int]] = []
        self._recent: OrderedDict[tuple[str, str, str, str], datetime] = OrderedDict()
        self._number = 0
        self._exchange = 0

    def next_number(self) -> int:
        self._number += 1
        return self._number

    def next_exchange(self) -> int:
        self._exchange += 1
        return self._exchange

    def add(self, message: Message) -> None:
        """Remember a message, and forget the oldest where there are too many."""
        self.messages[message.number] = message
        self._number = max(self._number, message.number)
        if message.id:
            self._ids[message.provider, message.id] = message.number
        if message.due < NEVER:
            heapq.heappush(self._due, (message.due, message.number))
        while len(self.messages) > self.keep:
            _, old = self.messages.popitem(last=False)
            self._ids.pop((old.provider, old.id), None)
            self.dirty.pop(old.number, None)
        self.touch(message)

    def touch(self, message: Message) -> None:
        self.version += 1
        self.dirty[message.number] = None

    def by_id(self, provider: str, identifier: str) -> Message | None:
        number = self._ids.get((provider, identifier))
        return self.messages.get(number) if number is not None else None

    def of(self, provider: str, direction: str = "out") -> Iterator[Message]:
        """A provider's messages that it took, oldest first."""
        for message in self.messages.values():
            if (
                message.provider == provider
                and message.direction == direction
                and message.state != "refused"
            ):
                yield message

    def repeated(
        self, key: tuple[str, str, str, str], now: datetime, window: float
    ) -> bool:
        """Whether provider, sender, recipient and text came before, and when."""
        horizon = now - timedelta(seconds=window)
        while self._recent and next(iter(self._recent.values())) < horizon:
            self._recent.popitem(last=False)
        while len(self._recent) > self.keep:
            self._recent.popitem(last=False)
        return key in self._recent

    def remember(
        self, keys: Iterable[tuple[str, str, str, str]], now: datetime
    ) -> None:
        for key in keys:
            self._recent[key] = now
            self._recent.move_to_end(key)

    def advance(self, now: datetime, delay: float) -> None:
        """Move every message whose time has come.

        delay: seconds from the submission to the delivery.
        """
        while self._due and self._due[0][0] <= now:
            _, number = heapq.heappop(self._due)
            message = self.messages.get(number)
            if message is None or message.due > now or message.state in FINAL:
                continue
            if message.state == "scheduled":
                message.state = "enroute"
                message.due = now + timedelta(seconds=delay)
                heapq.heappush(self._due, (message.due, number))
                self.touch(message)
            else:
                self.finish(message, message.outcome, now)

    def finish(
        self, message: Message, state: str, now: datetime, reason: str = ""
    ) -> None:
        """Bring a message to its end, so that its report can be asked for."""
        message.state = state
        message.reason = reason
        message.done = now
        message.due = NEVER
        message.handed = False
        self.finished.append(message)
        self.touch(message)

    def collection(self, provider: str, noun: str) -> OrderedDict[str, Entity]:
        return self.entities.setdefault((provider, noun), OrderedDict())

    def clear(self) -> None:
        """Forget everything but the accounts; their money comes back."""
        self.messages.clear()
        self.exchanges.clear()
        self.entities.clear()
        self.finished.clear()
        self.dirty.clear()
        self._ids.clear()
        self._due.clear()
        self._recent.clear()
        for account in self.accounts.values():
            account.balance = BALANCE
        self.version += 1


def secrets_of(accounts: Mapping[str, Account], names: Iterable[str]) -> set[str]:
    """The values of the named credentials, to be masked wherever they show up."""
    wanted = set(names)
    return {
        value
        for account in accounts.values()
        for name, value in account.credentials.items()
        if name in wanted and value
    }
