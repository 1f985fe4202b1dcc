"""The driver for threads: it performs the steps of a call and decides nothing."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from . import fork
from .account import Account
from .call import Call
from .errors import NotSent
from .flow import attempts
from .limiter import Limiter, MemoryLimiter
from .paging import Course, Pages
from .secret import Secret
from .steps import (
    Ask,
    LogIn,
    Pause,
    Release,
    Renew,
    Reserve,
    Send,
    Step,
    Steps,
    Wait,
)
from .transport import Transport, TransportOptions, TransportProblem
from .waiting import Watch

P = TypeVar("P")
T = TypeVar("T")

RENEWAL = "credentials"
"""The lock of those who ask for new credentials, beside those of the sessions."""


class Core:
    """What both drivers hold."""

    def __init__(self, name: str, account: Account, options: TransportOptions) -> None:
        self.name = name
        self.account = account
        self._transport_options = options
        self._closed = False
        self._lock = threading.Lock()
        fork.register(self)

    def refuse_when_closed(self, call: Call[Any]) -> None:
        if self._closed:
            raise NotSent(
                "the client is closed: make a new one",
                operation=call.operation.id,
                reason="closed",
            )

    def after_fork(self) -> None:
        self._lock = threading.Lock()


class SyncCore(Core):
    """Performs calls, one at a time in each thread."""

    def __init__(
        self,
        name: str,
        account: Account,
        transport: Transport | None = None,
        limiter: Limiter | None = None,
        options: TransportOptions | None = None,
    ) -> None:
        super().__init__(name, account, options or {})
        self._given = transport
        self._own: Transport | None = None
        self._limiter = limiter if limiter is not None else MemoryLimiter()
        self._locks: dict[str, threading.Lock] = {}

    def perform(self, call: Call[T]) -> T:
        """Make a call and return its result.

        Raises:
            Error: whatever it came to; see `errors`.
        """
        self.refuse_when_closed(call)
        return self._drive(attempts(call, self.account))

    def iterate(self, pages: Pages[P, T], most: int | None = None) -> Iterator[T]:
        """The items of all pages; a page is asked for when its first item is."""
        return self._turn(pages.course(most))

    def _turn(self, course: Course[P, T]) -> Iterator[T]:
        while course.call is not None:
            yield from course.turn(self.perform(course.call))

    def watch(self, watch: Watch[P, T]) -> list[T]:
        """Wait for the final states of messages."""
        self.refuse_when_closed(watch.call(watch.ids))
        return self._drive(watch.steps(self.account))

    def _drive(self, steps: Steps[T]) -> T:
        try:
            step = next(steps)
            while True:
                failure: BaseException | None = None
                answer = None
                try:
                    answer = self._do(step)
                except BaseException as error:
                    failure = error
                step = steps.send(answer) if failure is None else steps.throw(failure)
        except StopIteration as end:
            return cast("T", end.value)

    def _do(self, step: Step) -> object:
        match step:
            case Send():
                try:
                    return self._transport().send(
                        step.request, timeouts=step.timeouts, max_bytes=step.max_bytes
                    )
                except TransportProblem as problem:
                    return problem
            case Wait():
                self.account.clock.sleep(step.seconds)
            case Reserve():
                return self._limiter.reserve(step.rate, step.within)
            case Release():
                self._limiter.release(step.rate)
            case Pause():
                self._limiter.pause(step.rate, step.seconds)
            case LogIn():
                return self._log_in(step)
            case Renew():
                return self._renew(step)
            case Ask():
                return self._drive(attempts(step.call, self.account, step.within))
        return None

    def _log_in(self, step: LogIn) -> Secret:
        session, account = step.session, self.account
        lock = self._locks.setdefault(session.name, threading.Lock())
        if not lock.acquire(timeout=max(0.0, step.within)):
            raise takes_long("login")
        try:
            token = account.token(session, step.stale)
            if token is None:
                call = session.login(account.credentials)
                result = self._drive(attempts(call, account, step.within))
                token = account.keep(session, result)
            return token
        finally:
            lock.release()

    def _renew(self, step: Renew) -> bool:
        account = self.account
        lock = self._locks.setdefault(RENEWAL, threading.Lock())
        if not lock.acquire(timeout=max(0.0, step.within)):
            raise takes_long("renewal of the credentials")
        try:
            if account.credentials is not step.stale:
                return True
            given = step.ask()
            return account.renew(cast("Mapping[str, str | Secret] | None", given))
        finally:
            lock.release()

    def _transport(self) -> Transport:
        if self._given is not None:
            return self._given
        if self._own is None:
            with self._lock:
                if self._own is None:
                    # The HTTP library is not loaded before something is sent.
                    from .httpx_transport import HttpxTransport

                    self._own = HttpxTransport(**self._transport_options)
        return self._own

    def close(self) -> None:
        self._closed = True
        if self._own is not None:
            self._own.close()

    def after_fork(self) -> None:
        super().after_fork()
        self._locks = {}

    def __del__(self) -> None:
        own = getattr(self, "_own", None)
        if own is not None and not self._closed:
            warn_unclosed(self)
            own.close()


def takes_long(what: str) -> NotSent:
    return NotSent(f"another {what} takes too long", reason="session")


# A default argument, because modules are emptied when the interpreter ends.
def warn_unclosed(core: Core, warn: Any = warnings.warn) -> None:
    warn(
        f"unclosed {core.name}: use it in a `with` statement, or close it",
        ResourceWarning,
        source=core,
        stacklevel=3,
    )
