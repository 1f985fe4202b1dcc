"""Everything that can go wrong, by what the caller can do about it.

    Error
    ├ InvalidArgument             refused here, nothing was sent: fix the argument
    ├ InvalidCallback             a push that is not what the provider documents
    ├ DeliveryPending             messages have no final state yet: wait again
    ├ NotSent                     no byte was written: try again
    ├ OutcomeUnknown              written, no believable answer: ask before resending
    │   ├ ReplyTimeout
    │   └ UnreadableReply
    │       ├ ReplyTooLarge       larger than the operation's cap
    │       └ RedirectRefused     the provider sends callers elsewhere
    └ ProviderError               the provider refused
        ├ InvalidCredentials      fix the credentials
        │   └ ClockSkew           set the clock
        ├ PermissionDenied        ask the provider for permission
        ├ InsufficientBalance     top up
        ├ RateLimited             slow down
        ├ InvalidRequest          fix the request
        ├ RecipientRejected       drop the recipient
        ├ ContentRejected         change the content
        ├ DuplicateRequest        it is there already
        ├ TemporarilyUnavailable  wait
        └ ProviderFailure         give up, tell the provider

Every provider derives its own: `InsufficientBalanceError(AisixError,
InsufficientBalance)`.  A failure never prints what a caller sent: neither secrets
nor message texts nor whole telephone numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Unpack

from .error import Error, Excerpt, Facts
from .record import masked
from .results import Results
from .secret import scrub
from .status import Outcome, Submitted

__all__ = [
    "ClockSkew",
    "ContentRejected",
    "DeliveryPending",
    "DuplicateRequest",
    "Error",
    "Excerpt",
    "Facts",
    "InsufficientBalance",
    "InvalidArgument",
    "InvalidCallback",
    "InvalidCredentials",
    "InvalidRequest",
    "NotSent",
    "OutcomeUnknown",
    "PermissionDenied",
    "ProviderError",
    "ProviderFailure",
    "RateLimited",
    "RecipientRejected",
    "RedirectRefused",
    "ReplyTimeout",
    "ReplyTooLarge",
    "TemporarilyUnavailable",
    "UnreadableReply",
]


class InvalidArgument(Error, ValueError):
    """An argument was refused here; nothing was sent.  Fix the argument."""

    _outcome = Outcome.NOT_SENT
    _submitted = Submitted.NO

    def __init__(
        self,
        message: str = "",
        *,
        parameter: str | None = None,
        **facts: Unpack[Facts],
    ) -> None:
        super().__init__(message, **facts)
        self.parameter = parameter

    def __str__(self) -> str:
        where = f"{self.operation}: " if self.operation else ""
        return f"{where}{self._what()}"


class InvalidCallback(Error, ValueError):
    """A push that is not what the provider documents.  Answer it with HTTP 400.

    Its text says what is wrong and where, and repeats nothing of the push.
    """

    _outcome = Outcome.NOT_SENT
    _submitted = Submitted.NO

    def __str__(self) -> str:
        where = f"{self.operation}: " if self.operation else ""
        return f"{where}{self._what()}"


class DeliveryPending(Error, TimeoutError):
    """Not every message had a final state in the time that there was.

    pending: the ids of those.
    reports: what is known so far, of these and of the others; masked in a pickle.
    """

    _outcome = Outcome.UNKNOWN
    _submitted = Submitted.YES

    def __init__(
        self,
        message: str = "",
        *,
        pending: Sequence[str] = (),
        reports: Sequence[Any] = (),
        **facts: Unpack[Facts],
    ) -> None:
        super().__init__(message, **facts)
        self.pending = tuple(pending)
        self.reports = tuple(reports)

    def _portable(self) -> dict[str, Any]:
        return {**super()._portable(), "reports": masked(self.reports)}


class NotSent(Error):
    """No byte of the request was written: `reason` says why.  Try again."""

    _outcome = Outcome.NOT_SENT
    _submitted = Submitted.NO


class OutcomeUnknown(Error):
    """The request was written and no believable answer came.

    Ask the provider before sending again: `client.reconcile(error)` does, by the
    operation that `recovery` names.
    """

    _outcome = Outcome.UNKNOWN
    _submitted = Submitted.MAYBE

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # A provider's own class is a ProviderError first, but proves nothing.
        cls._outcome = OutcomeUnknown._outcome
        cls._submitted = OutcomeUnknown._submitted


class ReplyTimeout(OutcomeUnknown, TimeoutError):
    """The request was written, and no whole answer came in time."""


class UnreadableReply(OutcomeUnknown):
    """An answer came that cannot be read or believed; see `reply`."""

    def _circumstances(self) -> list[str]:
        facts = super()._circumstances()
        if self.reply is not None and self.reply.beginning:
            facts.append(f"begins {self.reply.beginning!r}")
        return facts


class ReplyTooLarge(UnreadableReply):
    """The body is larger than the operation's cap; the rest was not read."""


class RedirectRefused(UnreadableReply):
    """The answer sends the caller elsewhere; no redirect is ever followed.

    Following it would carry credentials to another server, or send a second time.
    """


class ProviderError(Error):
    """The provider refused.

    status: the enum member of the code; None for a code that no table lists.
    code: the code as text, always.
    text: the documented words for the code.
    provider_message: the words of this very reply.
    http_status: of the reply.
    retry_after: seconds that the provider asks to wait.
    fields: what else the refusing reply says, by field name.
    results: per-item results, where the provider judges item by item; a pickle of the
        error holds them without recipients, masked as in a repr.
    """

    _outcome = Outcome.REJECTED
    _submitted = Submitted.NO

    def __init__(
        self,
        message: str = "",
        *,
        status: Enum | None = None,
        code: str = "",
        text: str = "",
        provider_message: str = "",
        http_status: int | None = None,
        retry_after: float | None = None,
        fields: Mapping[str, Any] | None = None,
        results: Results[Any] | None = None,
        **facts: Unpack[Facts],
    ) -> None:
        super().__init__(message, **facts)
        self.status = status
        self.code = code
        self.text = text
        self.provider_message = provider_message
        self.http_status = http_status
        self.retry_after = retry_after
        self.fields: Mapping[str, Any] = fields if fields is not None else {}
        self.results = results

    def _portable(self) -> dict[str, Any]:
        facts = super()._portable()
        if self.results is not None:
            facts["results"] = self.results.masked()
        return facts

    def _what(self) -> str:
        words = self.provider_message or self.text
        if self.status is not None:
            code = f"{self.status.name} ({scrub(self.code, longest=40)})"
        elif self.code and self.text:
            # One of a family: its words are those of the family.
            code = f"{scrub(self.text)} ({scrub(self.code, longest=40)})"
            words = self.provider_message
        elif self.code:
            code = f"unknown status {scrub(self.code, longest=40)!r}"
        else:
            code = ""
        parts = [code, scrub(words) if words else "", self.message]
        return ": ".join(part for part in parts if part) or super()._what()

    def _circumstances(self) -> list[str]:
        facts = super()._circumstances()
        if self.http_status is not None and self.reply is None:
            facts.insert(0, f"HTTP {self.http_status}")
        return facts


class InvalidCredentials(ProviderError):
    """The provider does not accept who calls.  Fix the credentials."""


class ClockSkew(InvalidCredentials):
    """The timestamp of the signature is too far off.  Set the clock."""


class PermissionDenied(ProviderError):
    """The account may not do this.  Ask the provider for permission."""


class InsufficientBalance(ProviderError):
    """The account has too little money.  Top up."""


class RateLimited(ProviderError):
    """Too many calls.  Slow down."""


class InvalidRequest(ProviderError):
    """The provider finds fault with the request.  Fix the request."""


class RecipientRejected(ProviderError):
    """The provider does not serve this recipient.  Drop the recipient."""


class ContentRejected(ProviderError):
    """The provider does not carry this content.  Change the content."""


class DuplicateRequest(ProviderError):
    """The provider has this request already.  Look at the first one."""


class TemporarilyUnavailable(ProviderError):
    """The provider cannot do it now.  Wait."""


class ProviderFailure(ProviderError):
    """The provider is broken, or has closed the matter.  Give up."""
