"""Waiting for deliveries: the questions and pauses, without performing them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from . import check
from .account import Account
from .call import Call
from .delivery import DeliveryState
from .errors import (
    DeliveryPending,
    Error,
    InvalidArgument,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    TemporarilyUnavailable,
)
from .moment import Clock
from .paging import Pages
from .steps import Ask, Steps, Wait

R = TypeVar("R")
T = TypeVar("T")

LONGEST_INTERVAL = 60.0
"""Seconds between two questions at most, unless a longer interval is asked for."""
LONGEST_WAIT = 604_800.0
"""A week."""
GROWTH = 1.5


class Watch(Generic[R, T]):
    """How to learn what became of messages.

    parameter: the name of the parameter that takes the ids.
    ids: of the messages.
    ask: makes the call that reports on some of them, or says how its pages are asked for.
    items: the reports in an answer.
    id_of, state_of: of one report.
    most: how many ids one question takes.
    timeout: seconds after which no further question is asked.
    interval: seconds between the first questions; they grow, and are jittered.

    Raises:
        InvalidArgument: an argument is wrong; the first call is made at once, and
            nothing is sent.
    """

    __slots__ = ("ids", "ask", "items", "id_of", "state_of", "most", "_end", "_pause")

    def __init__(
        self,
        parameter: str,
        ids: Sequence[str],
        # Any: a single id, or several.
        ask: Callable[[Any], Call[R | None] | Pages[R, Any]],
        items: Callable[[R], Iterable[T]],
        id_of: Callable[[T], str | None],
        state_of: Callable[[T], DeliveryState],
        *,
        most: int = 1,
        timeout: float,
        interval: float,
    ) -> None:
        given = check.items(parameter, ids, least=1, each=check.text)
        self.ids = tuple(dict.fromkeys(given))
        self.ask = ask
        self.items = items
        self.id_of = id_of
        self.state_of = state_of
        self.most = most
        self._end = _seconds("timeout", timeout)
        self._pause = _seconds("interval", interval)
        self.call(self.ids)

    def call(self, ids: Sequence[str]) -> Call[R | None]:
        """The next question about ids that are still open."""
        return self._pages(ids[: self.most]).call

    def steps(self, account: Account) -> Steps[list[T]]:
        """Ask until every message has a final state: the reports, in the order of ids.

        Raises:
            DeliveryPending: no further question fits into the time.
            Error: a question failed for good.
        """
        clock = account.clock
        end = clock.monotonic() + self._end
        pause = self._pause
        found: dict[str, T] = {}
        waiting = self.ids
        while True:
            failure: Error | None = None
            for batch in _batches(waiting, self.most):
                try:
                    yield from self._question(batch, found, clock, end)
                except Error as error:
                    if not _passes(error):
                        raise
                    failure = error
                    break
            waiting = tuple(id for id in waiting if not self._final(found.get(id)))
            if not waiting:
                return [found[id] for id in self.ids]
            wait = pause * (0.75 + account.random.fraction() / 2)
            if clock.monotonic() + wait >= end:
                reports = [found[id] for id in self.ids if id in found]
                raise DeliveryPending(
                    f"{len(waiting)} of {len(self.ids)} messages have no final state",
                    operation=self.call(self.ids).operation.id,
                    pending=waiting,
                    reports=reports,
                ) from failure
            yield Wait(wait)
            pause = max(pause, min(pause * GROWTH, LONGEST_INTERVAL))

    def _question(
        self, batch: Sequence[str], found: dict[str, T], clock: Clock, end: float
    ) -> Steps[None]:
        """Ask about some ids, page by page until all of them are final."""
        course = self._pages(batch).course()
        while course.call is not None:
            within = max(0.001, end - clock.monotonic())
            answer = yield Ask(course.call, within)
            found |= self._reports(answer)
            if all(self._final(found.get(id)) for id in batch):
                break
            course.turn(answer)

    def _pages(self, ids: Sequence[str]) -> Pages[R, Any]:
        asked = self.ask(ids)
        if isinstance(asked, Pages):
            return asked
        # A page without items is the last one.
        return Pages(lambda _: asked, lambda _: ())

    def _reports(self, answer: R | None) -> dict[str, T]:
        if answer is None:
            return {}
        wanted = set(self.ids)
        pairs = ((self.id_of(item), item) for item in self.items(answer))
        return {id: item for id, item in pairs if id is not None and id in wanted}

    def _final(self, report: T | None) -> bool:
        return report is not None and self.state_of(report).is_final


def _batches(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


def _passes(error: Error) -> bool:
    """Whether the next question may be answered, though this one was not."""
    kinds = (NotSent, OutcomeUnknown, RateLimited, TemporarilyUnavailable)
    return isinstance(error, kinds) and error.reason != "closed"


def _seconds(name: str, value: float) -> float:
    if isinstance(value, bool) or not math.isfinite(value) or value <= 0:
        raise InvalidArgument(f"{name}: seconds expected, more than 0", parameter=name)
    return min(float(value), LONGEST_WAIT)
