"""Operations, and calls of them.

An operation is what a document describes; a call is one use of it, with a request
that still lacks credentials and server, and a reader for its reply. Neither performs
anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from .draft import Draft
from .limiter import Rate
from .moment import Moment
from .reply import Reply
from .request import Place
from .retry import RetryPolicy
from .secret import mask_phone
from .status import Does, Effect, Table

if TYPE_CHECKING:
    from .account import ServerTime, Session

__all__ = ["Call", "Operation", "Reply"]

T_co = TypeVar("T_co", covariant=True)

# Whatever a list is joined with, it stands in no number and no address.
_PARTS = re.compile(r"[^\w+.@()-]+")


_INDEX = re.compile(r"\.?[0-9]+(?=\.|$)|\[[0-9]+\]")


def _found(wire: str, value: object, wanted: Sequence[str]) -> Iterator[str]:
    """The texts below a field that stand under one of the names that are wanted."""
    if isinstance(value, Mapping):
        for key, below in cast("Mapping[str, object]", value).items():
            yield from _found(f"{wire}.{key}".strip("."), below, wanted)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        for item in cast("Sequence[object]", value):
            yield from _found(wire, item, wanted)
    elif wire in wanted or _INDEX.sub("", wire) in wanted:
        yield str(value)


class Operation:
    """What every call of an operation has in common.

    id: the name in errors and events, `onbuka.sms.send`.
    does: whether it reads, submits or changes.
    product: the key of a server's path prefix.
    authenticate: puts the credentials into a draft that is bound to its server.
    session, server_time: what the authentication needs to have fetched before.
    table: the codes in replies; http_table: HTTP statuses; item_table: codes of single
        items, where they have their own.
    documented: the codes that the operation's own page lists; empty means all.
    texts: other wordings of codes on that page.
    effects: what codes prove here, unlike in their table.
    repeatable: whether a lost reply may be asked for again; reads are unless said.
    timeout: seconds for a whole call, repetitions included.
    max_bytes: the largest body that is read.
    recovery: the operation that tells what became of a lost submission.
    recovers_by: the parameters that both have, by name, with their names on the wire.
    recipients: the names on the wire of telephone numbers and mail addresses, those in
        objects with the names above them, without the indices of lists.
    skew_safe: whether a refused timestamp may be corrected and sent again.
    """

    __slots__ = (
        "id",
        "does",
        "product",
        "authenticate",
        "session",
        "server_time",
        "table",
        "http_table",
        "item_table",
        "documented",
        "texts",
        "effects",
        "repeatable",
        "retry",
        "rate",
        "timeout",
        "max_bytes",
        "recovery",
        "recovers_by",
        "recipients",
        "skew_safe",
    )

    def __init__(
        self,
        id: str,
        *,
        does: Does,
        product: str | None = None,
        # Any: each provider has its own credentials, and only its own are ever given.
        authenticate: Callable[[Draft, Any, Moment], None] | None = None,
        session: Session | None = None,
        server_time: ServerTime | None = None,
        table: Table[Any] | None = None,
        http_table: Table[Any] | None = None,
        item_table: Table[Any] | None = None,
        documented: tuple[str, ...] = (),
        texts: Mapping[str, str] | None = None,
        effects: Mapping[str, Effect] | None = None,
        repeatable: bool | None = None,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - immutable
        rate: Rate | None = None,
        timeout: float = 30.0,
        max_bytes: int = 1_048_576,
        recovery: str | None = None,
        recovers_by: Mapping[str, str] | None = None,
        recipients: tuple[str, ...] = (),
        skew_safe: bool = True,
    ) -> None:
        self.id = id
        self.does = does
        self.product = product
        self.authenticate = authenticate
        self.session = session
        self.server_time = server_time
        self.table = table
        self.http_table = http_table
        self.item_table = item_table
        self.documented = frozenset(documented)
        self.texts: Mapping[str, str] = texts or {}
        self.effects: Mapping[str, Effect] = effects or {}
        self.repeatable = does is Does.READS if repeatable is None else repeatable
        self.retry = retry
        self.rate = rate
        self.timeout = timeout
        self.max_bytes = max_bytes
        self.recovery = recovery
        self.recovers_by: Mapping[str, str] = recovers_by or {}
        self.recipients = recipients
        self.skew_safe = skew_safe

    def __repr__(self) -> str:
        return f"Operation({self.id!r})"


class Call(Generic[T_co]):
    """One use of an operation, ready to be performed by a client.

    read: turns the reply into the result, or raises.
    arguments: by parameter name, what readers need to understand the reply: wire
        texts for conditions, the recipients that its items belong to.
    """

    __slots__ = ("operation", "draft", "read", "arguments")

    def __init__(
        self,
        operation: Operation,
        draft: Draft,
        read: Callable[[Reply], T_co],
        **arguments: object,
    ) -> None:
        self.operation = operation
        self.draft = draft
        self.read = read
        self.arguments: Mapping[str, object] = arguments

    def asking(self, query: str) -> Call[T_co]:
        """The same call with another query, as a link of a reply gives it; where it
        goes stays as it is."""
        other = copy(self)
        other.draft = self.draft.asking(query)
        return other

    @property
    def recovery_arguments(self) -> dict[str, str]:
        """What the recovery operation can be asked with, by parameter name."""
        found: dict[str, str] = {}
        for name, wire in self.operation.recovers_by.items():
            if text := self.draft.field(wire):
                found[name] = text
        return found

    @property
    def masked_recipients(self) -> tuple[str, ...]:
        """To whom the call goes, with the last digits of each only."""
        wanted = self.operation.recipients
        return tuple(
            "***@***" if "@" in part else mask_phone(part)
            for place in Place
            for wire, value in self.draft.fields(place)
            for text in (_found(wire, value, wanted) if wanted else ())
            for part in _PARTS.split(text)
            if part
        )

    def __repr__(self) -> str:
        return f"Call({self.operation.id!r})"
