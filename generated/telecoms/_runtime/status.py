"""What a provider's codes mean: status tables, and the facts they prove."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from .errors import ProviderError


class Does(Enum):
    """What an operation does to the world."""

    READS = "reads"
    """Nothing: it may be asked again."""
    SUBMITS = "submits"
    """It hands something over that costs money or reaches people."""
    CHANGES = "changes"
    """It changes the account or an object in it."""


class Effect(Enum):
    """What a status proves about a submitting or changing operation."""

    NONE = "none"
    MAYBE = "maybe"
    DONE = "done"


class Retry(Enum):
    """Whether the same request may be sent again after a status."""

    NEVER = "never"
    ALLOWED = "allowed"
    AFTER_DELAY = "after_delay"


class Submitted(Enum):
    """Whether the provider has taken something over in spite of the failure."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


class Outcome(Enum):
    """How far a failed call came."""

    NOT_SENT = "not_sent"
    """No byte of the request left this machine."""
    REJECTED = "rejected"
    """The provider answered, and refused."""
    UNKNOWN = "unknown"
    """The request was written, at least in part, and no believable answer came."""


class Prefix(str):
    """Codes that start like this: `success=Prefix("2")`."""

    __slots__ = ()


class Pattern(str):
    """Codes that look like this as a whole: `success=Pattern("2[0-9]{2}")`."""

    __slots__ = ()


# Longer digit strings are no codes, and int() must not see them.
_INTEGER = re.compile(r"-?[0-9]{1,32}", re.ASCII)


class Range:
    """Integer codes, both ends belong to it: `success=Range(minimum=200, maximum=299)`.

    Without an end it is open: a positive number may be the id of a message.
    """

    __slots__ = ("minimum", "maximum")

    def __init__(
        self, *, minimum: int | None = None, maximum: int | None = None
    ) -> None:
        self.minimum = minimum
        self.maximum = maximum

    def __contains__(self, code: str) -> bool:
        if _INTEGER.fullmatch(code) is None:
            return False
        number = int(code)
        return (self.minimum is None or self.minimum <= number) and (
            self.maximum is None or number <= self.maximum
        )


class Row:
    """What one code means.

    error: the provider's exception class for it.  text: the documented words.
    wait: seconds the provider asks to wait before a retry.
    success_on_retry: on a second attempt the code means that the first one came
    through.  renews_session: log in again, then repeat.
    """

    __slots__ = (
        "error",
        "text",
        "effect",
        "retry",
        "wait",
        "success_on_retry",
        "renews_session",
    )

    def __init__(
        self,
        error: type[ProviderError],
        text: str,
        *,
        effect: Effect = Effect.MAYBE,
        retry: Retry = Retry.NEVER,
        wait: float | None = None,
        success_on_retry: bool = False,
        renews_session: bool = False,
    ) -> None:
        self.error = error
        self.text = text
        self.effect = effect
        self.retry = retry
        self.wait = wait
        self.success_on_retry = success_on_retry
        self.renews_session = renews_session

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.error.__name__}, {self.text!r})"


class Family(Row):
    """A row for codes that are not listed: a prefix, a range (both ends belong
    to it) or a set."""

    __slots__ = ("prefix", "minimum", "maximum", "codes")

    def __init__(
        self,
        error: type[ProviderError],
        text: str,
        *,
        prefix: str | None = None,
        minimum: int | None = None,
        maximum: int | None = None,
        codes: tuple[str, ...] = (),
        effect: Effect = Effect.MAYBE,
        retry: Retry = Retry.NEVER,
        wait: float | None = None,
        success_on_retry: bool = False,
        renews_session: bool = False,
    ) -> None:
        super().__init__(
            error,
            text,
            effect=effect,
            retry=retry,
            wait=wait,
            success_on_retry=success_on_retry,
            renews_session=renews_session,
        )
        self.prefix = prefix
        self.minimum = minimum
        self.maximum = maximum
        self.codes = codes

    def covers(self, code: str) -> bool:
        """Whether a canonical code belongs to the family."""
        if code in self.codes:
            return True
        if self.prefix is not None and code.startswith(self.prefix):
            return True
        if self.minimum is None and self.maximum is None:
            return False
        return code in Range(minimum=self.minimum, maximum=self.maximum)


E_co = TypeVar("E_co", bound=Enum, covariant=True)


class Table(Generic[E_co]):
    """One documented table of codes.

    Codes are canonical texts.  In a table of integers white space around a code
    is dropped and ASCII digits are normalised: `01` is `1`, `-0` is `0`, while
    full-width digits or `1_701` are no known code.  In a table of strings a code
    is taken as it is.
    """

    __slots__ = (
        "enum",
        "unknown",
        "undecided",
        "success",
        "rows",
        "aliases",
        "families",
        "_numeric",
        "_members",
    )

    def __init__(
        self,
        enum: type[E_co],
        *,
        unknown: type[ProviderError],
        undecided: type[ProviderError],
        success: tuple[str, ...] | Prefix | Pattern | Range,
        rows: Mapping[str, Row],
        aliases: Mapping[str, str] | None = None,
        families: tuple[Family, ...] = (),
    ) -> None:
        self.enum = enum
        self.unknown = unknown
        self.undecided = undecided
        self.success = success
        self.rows = rows
        self.aliases = aliases or {}
        self.families = families
        self._numeric = issubclass(enum, IntEnum)
        members: Mapping[str, E_co] = enum.__members__
        self._members = {str(member.value): member for member in members.values()}

    def code(self, text: str) -> str:
        """The canonical spelling of a code, its alias resolved; never raises."""
        if self._numeric and text not in self._members:
            text = text.strip(" \t\r\n")
            if _INTEGER.fullmatch(text) is not None:
                text = str(int(text))
        return self.aliases.get(text, text)

    def possible(self, text: str) -> bool:
        """Whether a text can be a code at all, listed or not: in a table of integers
        a page of HTML is none."""
        return _INTEGER.fullmatch(text.strip(" \t\r\n")) is not None or (
            not self._numeric and bool(text)
        )

    def member(self, code: str) -> E_co | None:
        """The enum member of a code, or None for a code no table lists."""
        return self._members.get(self.code(code))

    def row(self, code: str) -> Row | None:
        """What a code means: its own row, else the first family that covers it."""
        code = self.code(code)
        row = self.rows.get(code)
        if row is not None:
            return row
        for family in self.families:
            if family.covers(code):
                return family
        return None

    def is_success(self, code: str) -> bool:
        code = self.code(code)
        success = self.success
        if isinstance(success, tuple):
            return code in success
        if isinstance(success, Prefix):
            return code.startswith(success)
        if isinstance(success, Pattern):
            return re.fullmatch(success, code, re.ASCII) is not None
        return code in success

    def __repr__(self) -> str:
        return f"Table({self.enum.__name__}, {len(self._members)} codes)"
