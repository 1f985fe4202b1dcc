"""How long a call may take, by whose clock, and at which rate: without a network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.support.play import Play, lost, status
from tests.support.specimen import RateLimitedError, StillClock
from wirebook.runtime import errors
from wirebook.runtime.flow import attempts
from wirebook.runtime.limiter import Rate
from wirebook.runtime.retry import Budget, RetryPolicy, retry_after
from wirebook.runtime.status import Submitted
from wirebook.runtime.steps import Pause, Release, Reserve, Send, Wait
from wirebook.runtime.transport import Kind


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        (" 0.5 ", 0.5),
        ("-4", 0.0),
        ("inf", None),
        ("nan", None),
        ("1e400", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("９", None),
        ("Sat, 21 Nov 2026 10:00:05 GMT", 5.0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0.0),
        ("Fri, 99 Nov 2026 10:00:05 GMT", None),
        ("9" * 100, None),
    ],
)
def test_retry_after_in_all_forms(header: str | None, seconds: float | None) -> None:
    now = datetime(2026, 11, 21, 10, 0, 0, tzinfo=UTC)
    assert retry_after(header, now) == seconds


def test_a_wait_that_the_time_does_not_hold_is_not_begun() -> None:
    play = Play(status(-1, Retry_After="3600"), timeout=10)
    error = play.error()
    assert type(error) is RateLimitedError
    assert (error.retry_after, error.attempts, play.waits) == (3600.0, 1, [])
    assert error.retry_safe is True


def test_one_deadline_over_all_attempts() -> None:
    play = Play(*[status(-1)] * 9, retry=RetryPolicy(attempts=9, delay=0), timeout=2.5)
    error = play.error()
    assert error.attempts == 3
    totals = [send.timeouts.total for send in play.sends]
    assert totals == pytest.approx([2.5, 1.5, 0.5], abs=0.1)
    assert all(send.timeouts.connect <= 2.5 for send in play.sends)


def test_the_budget_stops_a_storm() -> None:
    budget = Budget(30)
    problems = [lost(Kind.CONNECT, written=False)] * 9
    counts = [
        Play(*problems, options={"budget": budget}).error().attempts for _ in range(3)
    ]
    assert counts == [3, 1, 1]
    assert budget.left == 2
    for _ in range(12):
        Play(status(0), options={"budget": budget}).run()
    assert budget.left == 14
    Play(problems[0], status(0), options={"budget": budget}).run()
    assert budget.left == 14


# Time.


def test_every_attempt_is_signed_afresh() -> None:
    class Ticking(StillClock):
        def now(self) -> datetime:
            self.shift += 1
            return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.shift)

    play = Play(status(-1), status(0))
    play.clock = play.account.clock = Ticking()
    play.run()
    bodies = [send.request.body for send in play.sends]
    assert bodies[0] != bodies[1]


def test_a_skewed_clock_is_learnt_and_the_call_signed_again_once() -> None:
    now = datetime.now(UTC)
    theirs = format_datetime(now + timedelta(hours=2), usegmt=True)
    play = Play(status(-4, Date=theirs), status(0))
    assert play.run() == "7"
    assert play.waits == []

    def stamp(send: Send) -> int:
        return int(send.request.body.split(b"time=")[1].split(b"&")[0])

    assert stamp(play.sends[1]) - stamp(play.sends[0]) == pytest.approx(7200, abs=2)
    again = Play(status(-4, Date=theirs), status(-4, Date=theirs))
    assert isinstance(again.error(), errors.ClockSkew)
    assert len(again.sends) == 2


@pytest.mark.parametrize("days", [0, 3])
def test_a_date_that_teaches_nothing(days: int) -> None:
    theirs = format_datetime(datetime.now(UTC) + timedelta(days=days), usegmt=True)
    play = Play(status(-4, Date=theirs))
    assert isinstance(play.error(), errors.ClockSkew)
    assert len(play.sends) == 1


@pytest.mark.parametrize("date", ["", "yesterday", "-0000"])
def test_a_date_that_is_none(date: str) -> None:
    assert isinstance(Play(status(-4, Date=date)).error(), errors.ClockSkew)


# Rates.


def test_the_limiter_is_asked_for_every_attempt_and_told_to_slow_down() -> None:
    rate = Rate("specimen", calls=1)
    play = Play(status(-1), status(0), rate=rate)
    play.reserve = 0.25
    play.run()
    kinds = [type(step) for step in play.steps]
    assert kinds == [Reserve, Wait, Send, Pause, Wait, Reserve, Wait, Send]


def test_no_place_in_time_means_not_sent() -> None:
    play = Play(rate=Rate("specimen", calls=1), timeout=5)
    play.reserve = 6.0
    error = play.error()
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.submitted) == ("limiter", Submitted.NO)
    assert play.sends == []


def test_a_place_that_is_not_used_is_given_back() -> None:
    rate = Rate("specimen", calls=1)
    play = Play(rate=rate)
    steps = attempts(play.call, play.account)
    assert isinstance(next(steps), Reserve)
    assert isinstance(steps.send(1.0), Wait)
    assert steps.throw(KeyboardInterrupt()) == Release(rate)
    with pytest.raises(KeyboardInterrupt):
        steps.send(None)


def test_a_limiter_that_fails_means_not_sent() -> None:
    play = Play(rate=Rate("specimen", calls=1))
    steps = attempts(play.call, play.account)
    next(steps)
    with pytest.raises(errors.NotSent, match="ConnectionError") as caught:
        steps.throw(ConnectionError("redis://user:password@host"))
    assert "password" not in str(caught.value)
