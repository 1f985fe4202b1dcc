"""The drivers: they perform the steps of a call and decide nothing."""

from __future__ import annotations

import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, cast
from weakref import WeakKeyDictionary

from . import fork
from .account import Account
from .call import Call
from .errors import NotSent
from .flow import attempts
from .limiter import AsyncLimiter, Limiter, MemoryLimiter
from .paging import Course, Pages
from .secret import Secret
from .steps import Ask, LogIn, Pause, Release, Reserve, Send, Step, Steps, Wait
from .transport import AsyncTransport, Transport, TransportOptions, TransportProblem
from .waiting import Watch

if TYPE_CHECKING:
    import asyncio

P = TypeVar("P")
T = TypeVar("T")


class _Core:
    """What both drivers hold."""

    def __init__(self, name: str, account: Account, options: TransportOptions) -> None:
        self.name = name
        self.account = account
        self._transport_options = options
        self._closed = False
        self._lock = threading.Lock()
        fork.register(self)

    def _refuse_when_closed(self, call: Call[Any]) -> None:
        if self._closed:
            raise NotSent(
                "the client is closed: make a new one",
                operation=call.operation.id,
                reason="closed",
            )

    def after_fork(self) -> None:
        self._lock = threading.Lock()


class SyncCore(_Core):
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
        self._logins: dict[str, threading.Lock] = {}

    def perform(self, call: Call[T]) -> T:
        """Make a call and return its result.

        Raises:
            Error: whatever it came to; see `errors`.
        """
        self._refuse_when_closed(call)
        return self._drive(attempts(call, self.account))

    def iterate(self, pages: Pages[P, T], limit: int | None = None) -> Iterator[T]:
        """The items of all pages; a page is asked for when its first item is."""
        return self._turn(pages.course(limit))

    def _turn(self, course: Course[P, T]) -> Iterator[T]:
        while course.call is not None:
            yield from course.turn(self.perform(course.call))

    def watch(self, watch: Watch[P, T]) -> list[T]:
        """Wait for the final states of messages."""
        self._refuse_when_closed(watch.call(watch.ids))
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
            case Ask():
                return self._drive(attempts(step.call, self.account, step.within))
        return None

    def _log_in(self, step: LogIn) -> Secret:
        session, account = step.session, self.account
        lock = self._logins.setdefault(session.name, threading.Lock())
        if not lock.acquire(timeout=max(0.0, step.within)):
            raise _login_takes_long()
        try:
            token = account.token(session, step.stale)
            if token is None:
                call = session.login(account.credentials)
                result = self._drive(attempts(call, account, step.within))
                token = account.keep(session, result)
            return token
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
        self._logins = {}

    def __del__(self) -> None:
        own = getattr(self, "_own", None)
        if own is not None and not self._closed:
            _warn_unclosed(self)
            own.close()


class AsyncCore(_Core):
    """Performs calls, many at a time in each event loop."""

    def __init__(
        self,
        name: str,
        account: Account,
        transport: AsyncTransport | None = None,
        limiter: Limiter | AsyncLimiter | None = None,
        options: TransportOptions | None = None,
    ) -> None:
        super().__init__(name, account, options or {})
        self._given = transport
        self._own: AsyncTransport | None = None
        self._limiter = limiter if limiter is not None else MemoryLimiter()
        self._logins: WeakKeyDictionary[
            asyncio.AbstractEventLoop, dict[str, asyncio.Lock]
        ] = WeakKeyDictionary()

    async def perform(self, call: Call[T]) -> T:
        """Make a call and return its result.

        Raises:
            Error: whatever it came to; see `errors`.
        """
        self._refuse_when_closed(call)
        return await self._drive(attempts(call, self.account))

    def iterate(self, pages: Pages[P, T], limit: int | None = None) -> AsyncIterator[T]:
        """The items of all pages; a page is asked for when its first item is."""
        return self._turn(pages.course(limit))

    async def _turn(self, course: Course[P, T]) -> AsyncIterator[T]:
        while course.call is not None:
            for item in course.turn(await self.perform(course.call)):
                yield item

    async def watch(self, watch: Watch[P, T]) -> list[T]:
        """Wait for the final states of messages."""
        self._refuse_when_closed(watch.call(watch.ids))
        return await self._drive(watch.steps(self.account))

    async def _drive(self, steps: Steps[T]) -> T:
        try:
            step = next(steps)
            while True:
                failure: BaseException | None = None
                answer = None
                try:
                    answer = await self._do(step)
                except BaseException as error:
                    failure = error
                step = steps.send(answer) if failure is None else steps.throw(failure)
        except StopIteration as end:
            return cast("T", end.value)

    async def _do(self, step: Step) -> object:
        match step:
            case Send():
                try:
                    return await self._transport().send(
                        step.request, timeouts=step.timeouts, max_bytes=step.max_bytes
                    )
                except TransportProblem as problem:
                    return problem
            case Wait():
                await self.account.clock.sleep_async(step.seconds)
            case Reserve():
                return await _arrived(self._limiter.reserve(step.rate, step.within))
            case Release():
                await _arrived(self._limiter.release(step.rate))
            case Pause():
                await _arrived(self._limiter.pause(step.rate, step.seconds))
            case LogIn():
                return await self._log_in(step)
            case Ask():
                return await self._drive(attempts(step.call, self.account, step.within))
        return None

    async def _log_in(self, step: LogIn) -> Secret:
        # Whoever runs an event loop has loaded it.
        import asyncio

        session, account = step.session, self.account
        locks = self._logins.setdefault(asyncio.get_running_loop(), {})
        lock = locks.setdefault(session.name, asyncio.Lock())
        try:
            async with asyncio.timeout(max(0.0, step.within)):
                await lock.acquire()
        except TimeoutError:
            raise _login_takes_long() from None
        try:
            token = account.token(session, step.stale)
            if token is None:
                call = session.login(account.credentials)
                result = await self._drive(attempts(call, account, step.within))
                token = account.keep(session, result)
            return token
        finally:
            lock.release()

    def _transport(self) -> AsyncTransport:
        if self._given is not None:
            return self._given
        if self._own is None:
            with self._lock:
                if self._own is None:
                    # The HTTP library is not loaded before something is sent.
                    from .httpx_transport import AsyncHttpxTransport

                    self._own = AsyncHttpxTransport(**self._transport_options)
        return self._own

    async def close(self) -> None:
        self._closed = True
        if self._own is not None:
            await self._own.close()

    def after_fork(self) -> None:
        super().after_fork()
        self._logins = WeakKeyDictionary()

    def __del__(self) -> None:
        if getattr(self, "_own", None) is not None and not self._closed:
            _warn_unclosed(self)


def _login_takes_long() -> NotSent:
    return NotSent("another login takes too long", reason="session")


# A default argument, because modules are emptied when the interpreter ends.
def _warn_unclosed(core: _Core, warn: Any = warnings.warn) -> None:
    warn(
        f"unclosed {core.name}: use it in a `with` statement, or close it",
        ResourceWarning,
        source=core,
        stacklevel=3,
    )


async def _arrived(answer: Any) -> Any:
    return await answer if _arrives(answer) else answer


def _arrives(answer: Any) -> TypeGuard[Awaitable[Any]]:
    return isinstance(answer, Awaitable)
