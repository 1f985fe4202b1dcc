"""Why an attempt failed, and what follows from that alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from . import retry
from .errors import (
    Error,
    NotSent,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
    RedirectRefused,
    ReplyTimeout,
    ReplyTooLarge,
    UnreadableReply,
)
from .reply import Reply
from .secret import Secret
from .status import Effect, Retry, Row, Submitted
from .transport import Kind, Response, TransportProblem

if TYPE_CHECKING:
    from .call import Call, Operation

# What may pass by itself. A certificate, a proxy's refusal or a redirect does not.
PASSING = frozenset(
    {Kind.DNS, Kind.CONNECT, Kind.POOL, Kind.TIMEOUT, Kind.RESET, Kind.FAILED}
)
_CLASSES: dict[Kind, type[UnreadableReply]] = {
    Kind.TOO_LARGE: ReplyTooLarge,
    Kind.REDIRECT: RedirectRefused,
}
PASSING_HTTP = frozenset({408, 425, 429, 500, 502, 503, 504})


class Failure(NamedTuple):
    """What an attempt came to, with the facts behind its error.

    row: the row of the status table that refused it.  passing: whether it may pass by
    itself, where there is no row to say so.
    """

    error: Error
    row: Row | None = None
    passing: bool = False
    response: Response | None = None
    wait: float | None = None
    """Seconds that the body of the reply asks for."""

    def safe(self, operation: Operation) -> bool | None:
        """Whether the same call may be made again (None: nobody says)."""
        error, row = self.error, self.row
        if isinstance(error, NotSent):
            return True
        if not isinstance(error, ProviderError):
            return operation.repeatable and error.submitted is not Submitted.YES
        if row is None:
            return None if operation.repeatable else False
        harmless = operation.repeatable or row.effect is Effect.NONE
        return harmless and row.retry is not Retry.NEVER

    def retry_after(self, now: datetime) -> float | None:
        """The seconds that the reply asks for, in its body or its header."""
        if self.wait is not None or self.response is None:
            return self.wait
        return retry.retry_after(self.response.header("retry-after"), now)

    def asked(self, now: datetime) -> float:
        """The seconds that the provider asks to wait at least."""
        asked = 0.0
        if self.row is not None:
            slow = isinstance(self.error, RateLimited)
            if slow or self.row.retry is Retry.AFTER_DELAY:
                asked = 1.0
            if self.row.wait is not None:
                asked = self.row.wait
        return max(asked, self.retry_after(now) or 0.0)


def lost(
    problem: TransportProblem,
    call: Call[Any],
    attempt: int,
    secrets: Iterable[Secret],
) -> Failure:
    """The failure of an exchange that brought no reply.

    Everything depends on whether a byte of the request was written.
    """
    kind, words = problem.kind, problem.detail
    if not problem.written:
        return Failure(NotSent(words, reason=kind.value), passing=kind in PASSING)
    seen = Response(problem.http_status or 0, (), problem.received)
    reply = Reply(call, seen, attempt, secrets)
    if kind is Kind.TIMEOUT:
        error = ReplyTimeout(words, reason=kind.value, reply=reply.excerpt)
        return Failure(error, passing=True)
    if kind in (Kind.RESET, Kind.FAILED):
        unknown = OutcomeUnknown(words, reason=kind.value, reply=reply.excerpt)
        return Failure(unknown, passing=True)
    # A redirect's host is the server's to choose: it may repeat what was sent.
    words = reply.struck(words) if kind is Kind.REDIRECT else words
    unreadable = reply.unbelievable(words, kind.value, _CLASSES.get(kind))
    return Failure(unreadable, passing=kind is Kind.PROTOCOL)
