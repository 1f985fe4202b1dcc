"""Status tables and enumerations: what the provider's codes mean."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from .place import Where


class Reaction(StrEnum):
    """What a caller can do about a status.  One exception class for each."""

    CREDENTIALS = "credentials"
    CLOCK = "clock"
    PERMISSION = "permission"
    BALANCE = "balance"
    SLOW_DOWN = "slow_down"
    REQUEST = "request"
    RECIPIENT = "recipient"
    CONTENT = "content"
    DUPLICATE = "duplicate"
    WAIT = "wait"
    GIVE_UP = "give_up"


class Effect(StrEnum):
    """What a status proves about a submitting or changing operation."""

    NONE = "none"
    MAYBE = "maybe"
    DONE = "done"


class RetryAdvice(StrEnum):
    """Whether the same request may be sent again after this status."""

    NEVER = "never"
    ALLOWED = "allowed"
    AFTER_DELAY = "after_delay"


class Status(Struct, frozen=True, kw_only=True):
    """One row of a status table.  Success rows have no reaction."""

    code: str
    name: str
    text: str
    aliases: tuple[str, ...] = ()
    reaction: Reaction | None = None
    effect: Effect = Effect.MAYBE
    retry: RetryAdvice = RetryAdvice.NEVER
    wait: float | None = None
    """Seconds to wait before a retry, where the provider names them."""
    success_on_retry: bool = False
    """On a second attempt this code means that the first one succeeded."""
    renews_session: bool = False
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    deprecated: str | None = None
    where: Where


class Family(Struct, frozen=True, kw_only=True):
    """Codes that are not listed one by one: a prefix, a range or a set."""

    name: str
    text: str
    prefix: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    codes: tuple[str, ...] = ()
    reaction: Reaction
    effect: Effect = Effect.MAYBE
    retry: RetryAdvice = RetryAdvice.NEVER
    wait: float | None = None
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where


class Success(Struct, frozen=True, kw_only=True):
    """Which codes mean success: listed ones, a prefix, a pattern, or a range."""

    codes: tuple[str, ...] = ()
    prefix: str | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    without_code: bool = False
    """Only failures carry a code."""


class StatusTable(Struct, frozen=True, kw_only=True):
    """One table of the provider's page; one enum of the client."""

    key: str
    class_name: str
    kind: str
    """`int` (compared as canonical decimal text) or `string`."""
    success: Success
    statuses: tuple[Status, ...]
    families: tuple[Family, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    where: Where

    def __getitem__(self, code: str) -> Status:
        for status in self.statuses:
            if code == status.code or code in status.aliases:
                return status
        raise KeyError(code)


class EnumValue(Struct, frozen=True, kw_only=True):
    """One value of an enumeration, as the wire spells it."""

    value: str
    name: str
    text: str = ""
    aliases: tuple[str, ...] = ()
    state: str | None = None
    """The normalised delivery state: accepted, enroute, delivered, failed,
    expired, rejected or unknown."""
    reserved: bool = False
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    where: Where


class Enumeration(Struct, frozen=True, kw_only=True):
    """A closed list of request values; open in replies (unknown ones survive)."""

    key: str
    class_name: str
    kind: str
    """`int` or `string`."""
    values: tuple[EnumValue, ...]
    unlisted_state: str | None = None
    """The normalised delivery state of every value that is not listed."""
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    where: Where
