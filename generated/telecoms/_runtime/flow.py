"""How a call is made: attempts, waits and logins, without performing any of them.

`attempts` is a generator that yields what is to be done next and is sent what came
of it; the drivers in `core` do it, one with threads and one with an event loop, and
decide nothing. What decides is in one place and needs no network to be tested.

A repetition can cost money, so it needs a proof:

    nothing was written (NotSent)             any operation may be tried again
    a status says nothing happened, and the   any operation may be tried again
        provider allows a repetition
    anything else                             only what is repeatable: reading
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar, cast

from .account import Account, ServerTime, Session
from .call import Call, Reply
from .content import Content
from .errors import (
    ClockSkew,
    Error,
    NotSent,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
)
from .events import Attempt, Failed, Replied, Retrying, Succeeded
from .failure import PASSING_HTTP, Failure, lost
from .request import Place, Request
from .retry import http_date
from .secret import Secret
from .status import Does, Outcome, Submitted
from .steps import Ask, LogIn, Pause, Release, Reserve, Send, Steps, Wait
from .transport import Response, Timeouts, TransportProblem

T = TypeVar("T")


def attempts(call: Call[T], account: Account, within: float | None = None) -> Steps[T]:
    """Make a call: its steps, and at last its result.

    Raises:
        Error: what the last attempt came to; `outcome`, `submitted`, `attempts` and
            `retry_safe` tell the facts.
    """
    run = _Run(call, account, within)
    try:
        return cast("T", (yield from run.result()))
    except Error as error:
        if error.operation is None:
            error.operation = call.operation.id
        run.fail(error)
        # The frames so far hold requests and replies: no debugger shall print them.
        raise error.with_traceback(None) from None
    except BaseException as error:
        run.fail(error)
        raise


class _Run:
    """One call on its way."""

    def __init__(self, call: Call[Any], account: Account, within: float | None) -> None:
        operation = call.operation
        seconds = account.timeout if account.timeout is not None else operation.timeout
        if within is not None:
            seconds = min(seconds, within)
        self.call = call
        self.operation = operation
        self.account = account
        self.clock = account.clock
        self.end = self.clock.monotonic() + seconds
        self.id = account.random.nonce("hex", 16) if account.audience else ""
        self.began = self.clock.now()
        self.number = 0
        self.paid = 0
        self.token: Secret | None = None
        self.renewed = False
        self.resigned = False
        self.event: Attempt | None = None
        self.sending = False

    @property
    def identity(self) -> str:
        """The call's own text, drawn for those that are told or that fail."""
        if not self.id:
            self.id = self.account.random.nonce("hex", 16)
        return self.id

    def left(self) -> float:
        return self.end - self.clock.monotonic()

    def result(self) -> Steps[Any]:
        budget = self.account.budget
        while True:
            self.number += 1
            outcome = yield from self.attempt()
            if not isinstance(outcome, Failure):
                budget.give(self.paid or 1)
                if self.event is not None:
                    self.account.audience.tell(Succeeded(self.event))
                return outcome[0]
            error = self.finish(outcome)
            delay = yield from self.remedy(outcome)
            if delay is None:
                raise error
            if self.event is not None:
                self.account.audience.tell(Retrying(self.event, error, delay))
            if delay > 0:
                yield Wait(delay)

    # One attempt.

    def attempt(self) -> Steps[Failure | tuple[Any]]:
        operation, account = self.operation, self.account
        refusal = yield from self.admission()
        if refusal is not None:
            return Failure(refusal)
        if operation.server_time is not None and not account.offset_known:
            yield from self.ask_time(operation.server_time)
        if operation.session is not None:
            self.token = account.token(operation.session)
            if self.token is None:
                refusal = yield from self.log_in(operation.session)
                if refusal is not None:
                    return Failure(refusal)
        request = self.request()
        left = self.left()
        if left <= 0:
            return Failure(NotSent("the time was up before it began", reason="timeout"))
        self.announce(request)
        started = self.clock.monotonic()
        timeouts = Timeouts(left, min(left, account.connect_timeout))
        self.sending = True
        answer = yield Send(request, timeouts, operation.max_bytes)
        self.sending = False
        if isinstance(answer, TransportProblem):
            return lost(answer, self.call, self.number, account.secrets)
        if self.event is not None:
            seconds = self.clock.monotonic() - started
            size = len(answer.body)
            kind = Content(answer).media_type
            account.audience.tell(
                Replied(self.event, answer.status, size, seconds, kind)
            )
        return self.reading(answer)

    def admission(self) -> Steps[NotSent | None]:
        """Wait for the limiter's place; the error when there is none in time."""
        rate = self.operation.rate
        if rate is None:
            return None
        left = self.left()
        try:
            wait = yield Reserve(rate, left)
        except Exception as error:
            name = type(error).__name__
            return NotSent(f"the limiter failed ({name})", reason="limiter")
        if wait > left:
            words = f"the rate has no place for another {wait:.1f} s"
            return NotSent(words, reason="limiter")
        if wait > 0:
            try:
                yield Wait(wait)
            except GeneratorExit:
                raise
            except BaseException:
                yield Release(rate)
                raise
        return None

    def request(self) -> Request:
        """A fresh request: a signature and its timestamp are never used twice."""
        account, operation = self.account, self.operation
        draft, moment = self.call.draft.copy(), account.moment()
        multipart = draft.place is Place.MULTIPART
        draft.bind(
            account.base_url(operation),
            account.settings,
            session_token=self.token.reveal() if self.token is not None else "",
            boundary=moment.nonce("hex", 32) if multipart else "",
            now=moment.now,
        )
        if operation.authenticate is not None:
            operation.authenticate(draft, account.credentials, moment)
        return draft.build()

    def announce(self, request: Request) -> None:
        if self.account.audience:
            self.event = Attempt(
                call=self.id,
                operation=self.operation.id,
                does=self.operation.does,
                number=self.number,
                method=request.method,
                url=request.safe_url.partition("?")[0],
                at=self.clock.now(),
            )
            self.account.audience.tell(self.event)

    def reading(self, response: Response) -> Failure | tuple[Any]:
        reply = Reply(self.call, response, self.number, self.account.secrets)
        try:
            return (reply.read(),)
        except Error as error:
            found = error
        # What it was raised in the middle of may quote the reply.
        found.__context__ = found.__cause__ = None
        row = reply.row if isinstance(found, ProviderError) else None
        passing = response.status in PASSING_HTTP
        return Failure(found, row, passing, response, reply.wait)

    # What comes next.

    def finish(self, failure: Failure) -> Error:
        """Write the facts of the call into its error."""
        error, operation = failure.error, self.operation
        error.operation = operation.id
        error.attempts = self.number
        error.call, error.started = self.identity, self.began
        if error.outcome is Outcome.UNKNOWN and operation.does is Does.READS:
            error.submitted = Submitted.NO
        if error.submitted is not Submitted.NO:
            error.recovery = operation.recovery
            error.recovery_arguments = self.call.recovery_arguments
            error.recipients = self.call.masked_recipients
        error.retry_safe = failure.safe(operation)
        if isinstance(error, ProviderError):
            error.retry_after = failure.retry_after(self.clock.now())
        return error

    def remedy(self, failure: Failure) -> Steps[float | None]:
        """Seconds after which to try again, or None to give up."""
        error, row = failure.error, failure.row
        if row is not None and error.submitted is Submitted.NO and self.left() > 0:
            if row.renews_session and (yield from self.renew()):
                return 0.0
            skewed = isinstance(error, ClockSkew)
            if skewed and (yield from self.learn_time(failure.response)):
                return 0.0
        limit = self.operation.retry.attempts
        if self.account.retries is not None:
            limit = self.account.retries + 1
        if self.number >= limit or error.retry_safe is not True:
            return None
        if row is None and not failure.passing:
            return None
        jitter = self.operation.retry.wait(self.number, self.account.random.fraction())
        delay = failure.asked(self.clock.now()) + jitter
        if delay >= self.left():
            return None
        slow = isinstance(error, RateLimited)
        if slow and self.operation.rate is not None:
            yield Pause(self.operation.rate, delay)
        self.paid = self.account.budget.take(throttled=slow)
        return delay if self.paid else None

    def log_in(
        self, session: Session, stale: Secret | None = None
    ) -> Steps[NotSent | None]:
        """Get a token that is not the stale one; the error when none can be had."""
        try:
            self.token = yield LogIn(session, stale, self.left())
        except OutcomeUnknown as error:
            # Unknown is what became of the login: this call has not begun.
            words = f"the login failed: {error}"
        else:
            return None
        return NotSent(words, reason="session")

    def renew(self) -> Steps[bool]:
        """Log in again, once."""
        session = self.operation.session
        if session is None or self.renewed:
            return False
        self.renewed = True
        return (yield from self.log_in(session, self.token)) is None

    def learn_time(self, response: Response | None) -> Steps[bool]:
        """Correct the clock by the provider's, once; whether that changes anything."""
        if self.resigned or not self.operation.skew_safe:
            return False
        self.resigned = True
        if self.operation.server_time is not None:
            return (yield from self.ask_time(self.operation.server_time))
        theirs = _date(response.header("date")) if response is not None else None
        return theirs is not None and self.account.learn_time(theirs)

    def ask_time(self, server_time: ServerTime) -> Steps[bool]:
        call = server_time.ask(self.account.credentials)
        try:
            result = yield Ask(call, self.left())
        except Error:
            # The call itself will show whether the machine's own clock will do.
            return False
        return self.account.learn_time(server_time.read(result))

    def fail(self, error: BaseException) -> None:
        """Tell the hooks, also of cancellations and interrupts."""
        if not self.account.audience:
            return
        outcome = error.outcome if isinstance(error, Error) else Outcome.NOT_SENT
        if self.sending:
            outcome = Outcome.UNKNOWN
        self.account.audience.tell(
            Failed(
                self.id,
                self.operation.id,
                self.operation.does,
                self.event,
                error,
                outcome,
            )
        )


def _date(header: str | None) -> datetime | None:
    moment = http_date(header or "")
    return moment if moment is not None and moment.tzinfo is not None else None
