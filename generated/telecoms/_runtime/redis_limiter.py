"""Rates for a fleet: machines that share a provider's account share its allowance.

    client = onbuka.Client(limiter=RedisLimiter("redis://limits.internal/0"))

Needs the `redis` package (`pip install redis`). Each reservation is one script and
one round trip; the clock is the store's, so that machines need not agree on theirs.
A store that is down costs a bounded wait once in a while, and never a hang:

    when_down="local"   each process keeps the whole rate by itself meanwhile
    when_down="closed"  calls with a rate raise NotSent meanwhile
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast
from weakref import WeakKeyDictionary

from . import fork, notice
from .limiter import MemoryLimiter, Rate
from .secret import Secret

if TYPE_CHECKING:
    import asyncio

WhenDown: TypeAlias = Literal["local", "closed"]

# The generic cell rate algorithm of MemoryLimiter, in microseconds: one number per
# rate, the moment at which the allowance would be whole again. Reserving answers the
# wait and takes a place only where it is at most `within`.
_SCRIPT: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local action, step, burst = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local amount = tonumber(ARGV[4])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = math.max(0, whole - (burst - 1) * step - now)
if action == 'reserve' then
  if wait > amount then return wait end
  whole = whole + step
elseif action == 'release' then
  whole = math.max(whole - step, now)
else
  whole = math.max(whole, now + amount + (burst - 1) * step)
end
local life = math.ceil((whole - now) / 1000) + 1
redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', life)
return wait
"""

# Longer waits than this are refused by every caller, and the script counts exactly.
_LONGEST = 86_400.0


class LimiterDown(Exception):
    """The store of the limiter does not answer, and calls shall wait for it."""


class _Shared:
    """What both limiters hold.

    url: `redis://`, `rediss://` or `unix://`, as redis-py reads it.
    when_down: what to do while the store does not answer.
    patience: seconds for reaching it, and for each answer of it; a call's deadline can
        be missed by so much, at most.
    rest: seconds that a store is left alone after it has failed.
    prefix: of the keys.
    """

    def __init__(
        self,
        url: str | Secret,
        *,
        when_down: WhenDown = "local",
        patience: float = 0.25,
        rest: float = 1.0,
        prefix: str = "wirebook:rate:",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if when_down not in ("local", "closed"):
            raise ValueError("when_down: 'local' or 'closed' expected")
        if not 0 < patience <= 60:
            raise ValueError("patience: more than 0 and at most 60 seconds expected")
        self._url = url if isinstance(url, Secret) else Secret(url)
        self._when_down = when_down
        self._patience = patience
        self._rest = rest
        self._prefix = prefix
        self._monotonic = monotonic
        self._local = MemoryLimiter(monotonic)
        self._down_until: float | None = None
        self._down = False
        self.after_fork()
        fork.register(self)

    def after_fork(self) -> None:
        """Start without connections: a child must not use or close its parent's."""
        self._local.after_fork()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} when_down={self._when_down!r}>"

    def _arguments(self, action: str, rate: Rate, seconds: float) -> tuple[Any, ...]:
        step = round(rate.per / rate.calls * 1_000_000)
        amount = round(min(seconds, _LONGEST) * 1_000_000)
        return self._prefix + rate.name, action, step, rate.burst, amount

    def _options(self, retry: object) -> dict[str, Any]:
        return {
            "socket_timeout": self._patience,
            "socket_connect_timeout": self._patience,
            # Its own repetitions would multiply the patience.
            "retry": retry,
        }

    @property
    def _resting(self) -> bool:
        return self._down_until is not None and self._monotonic() < self._down_until

    def _failed(self, error: Exception) -> None:
        self._down_until = self._monotonic() + self._rest
        if not self._down:
            self._down = True
            # Not the error's text: it may name the store's address and user.
            notice.warn(
                "the limiter's store does not answer (%s): %s",
                type(error).__name__,
                (
                    "each process keeps the rates by itself"
                    if self._when_down == "local"
                    else "calls with a rate are refused"
                ),
            )

    def _answered(self) -> None:
        self._down_until = None
        if self._down:
            self._down = False
            notice.warn("the limiter's store answers again")

    def _without(self, action: str, rate: Rate, seconds: float) -> float:
        """What is done while the store is down."""
        if action == "release":
            self._local.release(rate)
        elif action == "pause":
            self._local.pause(rate, seconds)
        elif self._when_down == "closed":
            raise LimiterDown("the limiter's store does not answer") from None
        else:
            return self._local.reserve(rate, seconds)
        return 0.0


class RedisLimiter(_Shared):
    """A limiter in Redis for a `Client`; threads and clients may share one."""

    _script: Any

    def reserve(self, rate: Rate, within: float) -> float:
        return self._run("reserve", rate, within)

    def release(self, rate: Rate) -> None:
        self._run("release", rate, 0.0)

    def pause(self, rate: Rate, seconds: float) -> None:
        self._run("pause", rate, seconds)

    def close(self) -> None:
        """Close the connections to the store; the next use opens new ones."""
        with self._lock:
            script = self._script
            self._script = None
        if script is not None:
            script.registered_client.close()

    def _run(self, action: str, rate: Rate, seconds: float) -> float:
        if not self._resting:
            key, *arguments = self._arguments(action, rate, seconds)
            try:
                wait = self._connected()(keys=[key], args=arguments)
            except ImportError:
                raise
            except Exception as error:
                self._failed(error)
            else:
                self._answered()
                return cast("int", wait) / 1_000_000
        return self._without(action, rate, seconds)

    def _connected(self) -> Any:
        with self._lock:
            if self._script is None:
                # Loaded by those who use it only: it is an extra.
                from redis import Redis
                from redis.backoff import NoBackoff
                from redis.retry import Retry

                options = self._options(Retry(NoBackoff(), 0))
                client = cast("Any", Redis).from_url(self._url.reveal(), **options)
                self._script = client.register_script(_SCRIPT)
            return self._script

    def after_fork(self) -> None:
        super().after_fork()
        self._lock = threading.Lock()
        self._script = None


class AsyncRedisLimiter(_Shared):
    """A limiter in Redis for an `AsyncClient`; tasks and event loops may share one."""

    async def reserve(self, rate: Rate, within: float) -> float:
        import asyncio

        # A task of its own: who is cancelled in the middle of the round trip would
        # never learn whether a place was taken, and nobody could give it back.
        asked = asyncio.ensure_future(self._run("reserve", rate, within))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            if await asked <= within:
                await self.release(rate)
            raise

    async def release(self, rate: Rate) -> None:
        await self._run("release", rate, 0.0)

    async def pause(self, rate: Rate, seconds: float) -> None:
        await self._run("pause", rate, seconds)

    async def close(self) -> None:
        """Close this event loop's connections to the store."""
        import asyncio

        script = self._scripts.pop(asyncio.get_running_loop(), None)
        if script is not None:
            await script.registered_client.aclose()

    async def _run(self, action: str, rate: Rate, seconds: float) -> float:
        import asyncio

        if not self._resting:
            key, *arguments = self._arguments(action, rate, seconds)
            try:
                async with asyncio.timeout(2 * self._patience):
                    wait = await self._connected()(keys=[key], args=arguments)
            except ImportError:
                raise
            except Exception as error:
                self._failed(error)
            else:
                self._answered()
                return cast("int", wait) / 1_000_000
        return self._without(action, rate, seconds)

    def _connected(self) -> Any:
        import asyncio

        loop = asyncio.get_running_loop()
        script = self._scripts.get(loop)
        if script is None:
            # Loaded by those who use it only: it is an extra.
            from redis.asyncio import Redis
            from redis.asyncio.retry import Retry
            from redis.backoff import NoBackoff

            options = self._options(Retry(NoBackoff(), 0))
            client = cast("Any", Redis).from_url(self._url.reveal(), **options)
            script = self._scripts[loop] = client.register_script(_SCRIPT)
        return script

    def after_fork(self) -> None:
        super().after_fork()
        self._scripts: WeakKeyDictionary[asyncio.AbstractEventLoop, Any] = (
            WeakKeyDictionary()
        )
