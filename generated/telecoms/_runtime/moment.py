"""Time and chance as the client sees them, so that tests can own both."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

from . import timeformat

_DIGITS = "0123456789"
_ALPHABETS = {
    "hex": "0123456789abcdef",
    "digits": _DIGITS,
    "alphanumeric": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" + _DIGITS,
}


class Clock:
    """The machine's time.  Subclass it to stop, shift or hurry time."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC: for signatures only, it may jump."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment: for deadlines, it never jumps."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        # Synchronous programs never pay for the import.
        import asyncio

        await asyncio.sleep(seconds)


class Random:
    """Chance from the operating system, so that forked processes differ."""

    def fraction(self) -> float:
        """Evenly from 0 up to, without, 1: the jitter of a wait."""
        return (int.from_bytes(os.urandom(7), "big") >> 3) / (1 << 53)

    def nonce(self, alphabet: str, length: int | None = None) -> str:
        """A fresh text; alphabet: uuid4, hex, digits or alphanumeric.

        `length` is in characters, 32 if not given; a uuid4 has 36, with dashes.
        """
        # Loaded with the first nonce: most providers want none.
        import secrets
        import uuid

        if alphabet == "uuid4":
            return str(uuid.uuid4())
        letters = _ALPHABETS[alphabet]
        return "".join(secrets.choice(letters) for _ in range(length or 32))


class Moment:
    """The wall clock of one attempt, corrected by the offset learnt from the
    provider, and the attempt's chance.

    One attempt has one moment: all its timestamps agree.
    """

    __slots__ = ("now", "_random")

    def __init__(
        self,
        clock: Clock,
        random: Random,
        offset: timedelta = timedelta(0),
    ) -> None:
        self.now = clock.now() + offset
        self._random = random

    def text(self, format: str, zone: str = "UTC") -> str:
        """The moment as the provider writes it (see `timeformat`)."""
        return timeformat.write(self.now, format, zone)

    def nonce(self, alphabet: str, length: int | None = None) -> str:
        """A fresh text at every call (see `Random.nonce`)."""
        return self._random.nonce(alphabet, length)
