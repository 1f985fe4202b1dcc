"""One call on its way: its time, its facts, and what the hooks are told of it."""

from __future__ import annotations

from typing import Any

from .account import Account
from .call import Call, Reply
from .content import Content
from .errors import Error, ProviderError
from .events import Attempt, Failed, Replied, Retrying, Succeeded, Warned
from .failure import Failure
from .request import Request
from .status import Does, Outcome, Submitted
from .transport import Response


class Run:
    """The state of a call while it is made.

    within: seconds that there are at most, where the call is a part of another one.
    """

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
        self.number: int = 0
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

    # What the hooks are told; nobody is there for most clients.

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
                references=self.call.recovery_arguments,
            )
            self.account.audience.tell(self.event)

    def tell_reply(self, response: Response, seconds: float) -> None:
        if self.event is not None:
            kind = Content(response).media_type
            size = len(response.body)
            self.account.audience.tell(
                Replied(self.event, response.status, size, seconds, kind)
            )

    def tell_doubt(self, reply: Reply) -> None:
        if self.event is not None and (doubt := reply.contradiction) is not None:
            self.account.audience.tell(Warned(self.event, *doubt))

    def tell_retry(self, error: Error, delay: float) -> None:
        if self.event is not None:
            left = self.account.budget.left
            self.account.audience.tell(Retrying(self.event, error, delay, left))

    def tell_success(self) -> None:
        if self.event is not None:
            self.account.audience.tell(Succeeded(self.event))

    def tell_failure(self, error: BaseException) -> None:
        """Also of cancellations and interrupts."""
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
