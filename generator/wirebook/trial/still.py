"""A clock that stands still, and chance that always says the same."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from .package import Trial


def clock(trial: Trial, moment: datetime | None) -> Any:
    """A clock that waits for nothing; without a moment it goes on."""
    base: Any = trial.floor("moment").Clock

    async def sleep_async(self: Any, seconds: float) -> None:
        await asyncio.sleep(0)

    def sleep(self: Any, seconds: float) -> None:
        pass

    def now(self: Any) -> datetime | None:
        return moment

    methods: dict[str, Any] = {"sleep": sleep, "sleep_async": sleep_async}
    if moment is not None:
        methods["now"] = now
    return type("Standing", (base,), methods)()


def chance(trial: Trial, nonce: str | None) -> Any:
    """Chance that gives one nonce; without one, any."""
    base: Any = trial.floor("moment").Random
    if nonce is None:
        return base()

    def same(self: Any, alphabet: str, length: int | None = None) -> str:
        return nonce

    return type("Fixed", (base,), {"nonce": same})()
