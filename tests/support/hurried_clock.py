"""A clock that does not wait: time passes by what is slept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from telecoms._runtime.moment import Clock, Random

START = datetime(2021, 9, 1, 4, tzinfo=UTC)


class HurriedClock(Clock):
    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)


class EvenRandom(Random):
    """No jitter: in the middle of what chance allows."""

    def fraction(self) -> float:
        return 0.5
