"""Rates that a provider allows, kept before anything is sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

from . import fork


class Rate(NamedTuple):
    """`calls` in `per` seconds, of which `burst` may follow one another at once.

    Operations whose rates have the same `name` share one allowance.
    """

    name: str
    calls: int
    per: float = 1.0
    burst: int = 1


class Limiter(Protocol):
    """Gives out places in time. Used by several threads at once."""

    def reserve(self, rate: Rate, within: float) -> float:
        """Take the next place: the seconds until it is due.

        When that is more than `within`, no place is taken.
        """
        ...

    def release(self, rate: Rate) -> None:
        """Give a place back that was not used."""
        ...

    def pause(self, rate: Rate, seconds: float) -> None:
        """Give out no place in the next seconds: the provider said slow down."""
        ...


class AsyncLimiter(Protocol):
    """The same for limiters that must wait for their store."""

    async def reserve(self, rate: Rate, within: float) -> float: ...

    async def release(self, rate: Rate) -> None: ...

    async def pause(self, rate: Rate, seconds: float) -> None: ...


class MemoryLimiter:
    """A limiter in this process, for all threads, tasks and clients that share it.

    The generic cell rate algorithm: one number per rate, the moment at which the
    allowance would be whole again.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._whole: dict[str, float] = {}
        self._lock = threading.Lock()
        fork.register(self)

    def reserve(self, rate: Rate, within: float) -> float:
        step = rate.per / rate.calls
        with self._lock:
            now = self._monotonic()
            whole = max(self._whole.get(rate.name, now), now)
            wait = max(0.0, whole - (rate.burst - 1) * step - now)
            if wait <= within:
                self._whole[rate.name] = whole + step
            return wait

    def release(self, rate: Rate) -> None:
        with self._lock:
            if rate.name in self._whole:
                self._whole[rate.name] -= rate.per / rate.calls

    def pause(self, rate: Rate, seconds: float) -> None:
        with self._lock:
            until = self._monotonic() + seconds
            until += (rate.burst - 1) * rate.per / rate.calls
            self._whole[rate.name] = max(self._whole.get(rate.name, until), until)

    def after_fork(self) -> None:
        self._lock = threading.Lock()


class Unlimited:
    """No limit at all: `limiter=Unlimited()` where something else keeps the rate."""

    def reserve(self, rate: Rate, within: float) -> float:
        return 0.0

    def release(self, rate: Rate) -> None:
        pass

    def pause(self, rate: Rate, seconds: float) -> None:
        pass
