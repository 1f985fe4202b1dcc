"""What every error carries: the facts of the call that failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self, TypedDict, TypeVar

from .record import Record
from .status import Outcome, Submitted

E = TypeVar("E", bound="Error")


class Excerpt(Record):
    """The facts of a reply that can be shown: capped and scrubbed."""

    http_status: int | None = None
    media_type: str | None = None
    size: int = 0
    """Bytes that were read."""
    beginning: str = ""
    """The first characters, secrets and numbers masked."""


class Facts(TypedDict, total=False):
    """The keywords that every error takes."""

    operation: str | None
    outcome: Outcome | None
    submitted: Submitted | None
    retry_safe: bool | None
    attempts: int
    reason: str
    reply: Excerpt | None
    recovery: str | None
    recovery_arguments: Mapping[str, str] | None
    call: str
    started: datetime | None
    recipients: Sequence[str]


class Error(Exception):
    """Whatever a client raises.

    operation: which call, `aisix.send_once`.
    outcome: how far the call came.
    submitted: whether the provider may have taken something over.
    retry_safe: whether making the same call again can do no harm (None: unknown).
    attempts: how often the request was sent, or tried to be.
    reason: a short word for the cause, such as `connect` or `timeout`.
    reply: what can be shown of the last reply, if any came.
    recovery: the operation that tells what became of a lost submission.
    recovery_arguments: what it can be asked with that this call has sent, such as the
        caller's own reference, by parameter name.
    call: one text for all attempts, the same as in events.
    started: when the call began, aware.
    recipients: the telephone numbers and addresses of the call, masked.
    """

    _outcome = Outcome.UNKNOWN
    _submitted = Submitted.MAYBE

    def __init__(
        self,
        message: str = "",
        *,
        operation: str | None = None,
        outcome: Outcome | None = None,
        submitted: Submitted | None = None,
        retry_safe: bool | None = None,
        attempts: int = 0,
        reason: str = "",
        reply: Excerpt | None = None,
        recovery: str | None = None,
        recovery_arguments: Mapping[str, str] | None = None,
        call: str = "",
        started: datetime | None = None,
        recipients: Sequence[str] = (),
    ) -> None:
        # Not super(): some of these are OSErrors too, whose constructor guesses.
        Exception.__init__(self, message)
        self.message = message
        self.operation = operation
        self.outcome = outcome if outcome is not None else self._outcome
        self.submitted = submitted if submitted is not None else self._submitted
        self.retry_safe = retry_safe
        self.attempts = attempts
        self.reason = reason
        self.reply = reply
        self.recovery = recovery
        self.recovery_arguments: Mapping[str, str] = dict(recovery_arguments or {})
        self.call = call
        self.started = started
        self.recipients = tuple(recipients)

    def _what(self) -> str:
        """The middle of the text: what happened."""
        return self.message or self.reason or "failed"

    def _circumstances(self) -> list[str]:
        """What stands in brackets at the end of the text."""
        facts: list[str] = []
        http = self.reply.http_status if self.reply is not None else None
        if http is not None and self.message != f"HTTP {http}":
            facts.append(f"HTTP {http}")
        if self.attempts > 1:
            facts.append(f"{self.attempts} attempts")
        facts.append(f"submitted: {self.submitted.name}")
        if self.recovery and self.submitted is not Submitted.NO:
            facts.append(f"ask {self.recovery} before sending again")
        return facts

    def __str__(self) -> str:
        where = f"{self.operation}: " if self.operation else ""
        return f"{where}{self._what()} ({', '.join(self._circumstances())})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __copy__(self) -> Self:
        return _rebuild(type(self), self.args, dict(self.__dict__))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self._portable())

    def _portable(self) -> dict[str, Any]:
        """The facts as they may leave the process, in a queue or a log of jobs."""
        return dict(self.__dict__)


def _rebuild(kind: type[E], arguments: tuple[Any, ...], facts: dict[str, Any]) -> E:
    # Without the constructor: a later version may take other keywords.
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(facts)
    return error
