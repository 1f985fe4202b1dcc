"""How often, how soon, and how much in all: the bounds of automatic repetition.

Whether a call may be repeated at all is decided in `flow`, from facts.
"""

from __future__ import annotations

import math
import threading
from datetime import UTC, datetime
from typing import NamedTuple

from . import fork


class RetryPolicy(NamedTuple):
    """`attempts` in all; waits drawn from 0 to `delay`, doubling up to `max_delay`
    seconds."""

    attempts: int = 3
    delay: float = 0.5
    max_delay: float = 20.0

    def wait(self, number: int, fraction: float) -> float:
        """Seconds before attempt `number` + 1, with full jitter."""
        # Above 2**60 every cap is reached, and floats would overflow later on.
        ceiling = min(self.max_delay, self.delay * 2.0 ** min(number - 1, 60))
        return fraction * ceiling


class Budget:
    """What all calls of a client may spend on repetition: a bucket of tokens.

    While a provider is down, every call fails; without a common bound each would be
    repeated and make things worse. A repetition costs 14 tokens (5 when the provider
    said slow down), a repetition that succeeds brings its cost back, and each other
    success brings one. Threads, tasks and clients may share one.
    """

    def __init__(self, capacity: int = 500) -> None:
        self.capacity = capacity
        self._left = capacity
        self._lock = threading.Lock()
        fork.register(self)

    @property
    def left(self) -> int:
        return self._left

    def take(self, throttled: bool = False) -> int:
        """The tokens that one repetition costs, taken; 0 when there are too few."""
        cost = 5 if throttled else 14
        with self._lock:
            if self._left < cost:
                return 0
            self._left -= cost
            return cost

    def give(self, tokens: int = 1) -> None:
        """Bring tokens back after a success."""
        if self._left >= self.capacity:
            return
        with self._lock:
            self._left = min(self.capacity, self._left + tokens)

    def after_fork(self) -> None:
        self._lock = threading.Lock()


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for; None when it says nothing.

    Seconds, fractions of them and HTTP dates are read; a moment in the past and a
    negative number mean 0; anything else, infinity included, means nothing.
    """
    if value is None or len(value) > 64 or not value.isascii():
        return None
    text = value.strip()
    try:
        seconds = float(text)
    except ValueError:
        moment = http_date(text)
        if moment is None:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def http_date(text: str) -> datetime | None:
    """The moment that an HTTP date names, without a zone where it says none."""
    # Loaded with the first date: with it comes half of the mail library.
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
