"""The driver for event loops: it performs the steps of a call and decides nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, cast
from weakref import WeakKeyDictionary

from .account import Account
from .call import Call
from .core import RENEWAL, Core, takes_long, warn_unclosed
from .flow import attempts
from .limiter import AsyncLimiter, Limiter, MemoryLimiter
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
from .transport import AsyncTransport, TransportOptions, TransportProblem
from .waiting import Watch

if TYPE_CHECKING:
    import asyncio

P = TypeVar("P")
T = TypeVar("T")


class AsyncCore(Core):
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
        self._locks: WeakKeyDictionary[
            asyncio.AbstractEventLoop, dict[str, asyncio.Lock]
        ] = WeakKeyDictionary()

    async def perform(self, call: Call[T]) -> T:
        """Make a call and return its result.

        Raises:
            Error: whatever it came to; see `errors`.
        """
        self.refuse_when_closed(call)
        return await self._drive(attempts(call, self.account))

    def iterate(self, pages: Pages[P, T], most: int | None = None) -> AsyncIterator[T]:
        """The items of all pages; a page is asked for when its first item is."""
        return self._turn(pages.course(most))

    async def _turn(self, course: Course[P, T]) -> AsyncIterator[T]:
        while course.call is not None:
            for item in course.turn(await self.perform(course.call)):
                yield item

    async def watch(self, watch: Watch[P, T]) -> list[T]:
        """Wait for the final states of messages."""
        self.refuse_when_closed(watch.call(watch.ids))
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
            case Renew():
                return await self._renew(step)
            case Ask():
                return await self._drive(attempts(step.call, self.account, step.within))
        return None

    async def _log_in(self, step: LogIn) -> Secret:
        session, account = step.session, self.account
        lock = await self._locked(session.name, step.within, "login")
        try:
            token = account.token(session, step.stale)
            if token is None:
                call = session.login(account.credentials)
                result = await self._drive(attempts(call, account, step.within))
                token = account.keep(session, result)
            return token
        finally:
            lock.release()

    async def _renew(self, step: Renew) -> bool:
        account = self.account
        lock = await self._locked(RENEWAL, step.within, "renewal of the credentials")
        try:
            if account.credentials is not step.stale:
                return True
            return account.renew(await _arrived(step.ask()))
        finally:
            lock.release()

    async def _locked(self, name: str, within: float, what: str) -> asyncio.Lock:
        # Whoever runs an event loop has loaded it.
        import asyncio

        locks = self._locks.setdefault(asyncio.get_running_loop(), {})
        lock = locks.setdefault(name, asyncio.Lock())
        try:
            async with asyncio.timeout(max(0.0, within)):
                await lock.acquire()
        except TimeoutError:
            raise takes_long(what) from None
        return lock

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
        self._locks = WeakKeyDictionary()

    def __del__(self) -> None:
        if getattr(self, "_own", None) is not None and not self._closed:
            warn_unclosed(self)


async def _arrived(answer: Any) -> Any:
    return await answer if _arrives(answer) else answer


def _arrives(answer: Any) -> TypeGuard[Awaitable[Any]]:
    return isinstance(answer, Awaitable)
