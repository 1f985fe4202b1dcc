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

from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar, cast

from . import notice
from .account import Account, ServerTime, Session
from .call import Call, Reply
from .credentials import BaseCredentials
from .errors import (
    ClockSkew,
    Error,
    InvalidCredentials,
    NotSent,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
)
from .failure import PASSING_HTTP, Failure, lost
from .limiter import Rate
from .request import Place, Request
from .retry import http_date
from .run import Run
from .secret import Secret
from .status import Submitted
from .steps import Ask, LogIn, Pause, Release, Renew, Reserve, Send, Steps, Wait
from .transport import Response, Timeouts, TransportProblem

T = TypeVar("T")


def attempts(call: Call[T], account: Account, within: float | None = None) -> Steps[T]:
    """Make a call: its steps, and at last its result.

    Raises:
        Error: what the last attempt came to; `outcome`, `submitted`, `attempts` and
            `retry_safe` tell the facts.
    """
    flow = _Flow(call, account, within)
    try:
        return cast("T", (yield from flow.result()))
    except GeneratorExit as error:
        flow.tell_failure(error)
        raise
    except Error as error:
        yield from flow.give_back()
        if error.operation is None:
            error.operation = call.operation.id
        flow.tell_failure(error)
        # The frames so far hold requests and replies: no debugger shall print them.
        raise error.with_traceback(None) from None
    except BaseException as error:
        yield from flow.give_back()
        flow.tell_failure(error)
        raise


class _Flow(Run):
    """The steps of one call."""

    def __init__(self, call: Call[Any], account: Account, within: float | None) -> None:
        super().__init__(call, account, within)
        self.paid = 0
        self.place: Rate | None = None
        self.credentials: BaseCredentials | None = None
        self.token: Secret | None = None
        self.renewed = False
        self.resigned = False
        self.refreshed = False

    def result(self) -> Steps[Any]:
        budget = self.account.budget
        while True:
            self.number += 1
            outcome = yield from self.attempt()
            if not isinstance(outcome, Failure):
                budget.give(self.paid or 1)
                self.tell_success()
                return outcome[0]
            error = self.finish(outcome)
            yield from self.give_back()
            delay = yield from self.remedy(outcome)
            if delay is None:
                raise error
            self.tell_retry(error, delay)
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
        self.place = None
        self.sending = True
        answer = yield Send(request, timeouts, operation.max_bytes)
        self.sending = False
        if isinstance(answer, TransportProblem):
            return lost(answer, self.call, self.number, account.secrets)
        self.tell_reply(answer, self.clock.monotonic() - started)
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
        self.place = rate
        if wait > 0:
            yield Wait(wait)
        return None

    def give_back(self) -> Steps[None]:
        """Let somebody else have the place that no request has used."""
        if self.place is not None:
            place, self.place = self.place, None
            # A limiter that does not take it back changes nothing.
            with suppress(Exception):
                yield Release(place)

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
        self.credentials = account.credentials
        if operation.authenticate is not None:
            if draft.linked:
                # A link may repeat what authenticated the request that it answers.
                trial = draft.copy()
                operation.authenticate(trial, self.credentials, moment)
                draft.drop(trial.authenticating)
            operation.authenticate(draft, self.credentials, moment)
        return draft.build()

    def reading(self, response: Response) -> Failure | tuple[Any]:
        reply = Reply(self.call, response, self.number, self.account.secrets)
        try:
            return (reply.read(),)
        except Error as error:
            found = error
        finally:
            self.tell_doubt(reply)
        # What it was raised in the middle of may quote the reply.
        found.__context__ = found.__cause__ = None
        row = reply.row if isinstance(found, ProviderError) else None
        passing = response.status in PASSING_HTTP
        return Failure(found, row, passing, response, reply.wait)

    # What comes next.

    def remedy(self, failure: Failure) -> Steps[float | None]:
        """Seconds after which to try again, or None to give up."""
        error, row = failure.error, failure.row
        if row is not None and error.submitted is Submitted.NO and self.left() > 0:
            if row.renews_session and (yield from self.renew()):
                return 0.0
            skewed = isinstance(error, ClockSkew)
            if skewed and (yield from self.learn_time(failure.response)):
                return 0.0
            refused = isinstance(error, InvalidCredentials) and not skewed
            if refused and (yield from self.refresh()):
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
            with suppress(Exception):
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

    def refresh(self) -> Steps[bool]:
        """Get new credentials from whoever has them, once."""
        ask, stale = self.account.new_credentials, self.credentials
        # Without authentication they stand in the draft, which stays the same.
        signed = self.operation.authenticate is not None
        if ask is None or stale is None or self.refreshed or not signed:
            return False
        self.refreshed = True
        try:
            return cast("bool", (yield Renew(stale, ask, self.left())))
        except Exception as error:
            # Not the error's text: nobody knows what stands there.
            notice.warn("new credentials: %s was raised", type(error).__name__)
            return False

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


def _date(header: str | None) -> datetime | None:
    moment = http_date(header or "")
    return moment if moment is not None and moment.tzinfo is not None else None
