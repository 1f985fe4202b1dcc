"""When a call is repeated, and when never: the decisions, without a network."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.play import Play, lost, status
from tests.support.specimen import (
    HTTP,
    DuplicateRequestError,
    InvalidCredentialsError,
    OutcomeUnknownError,
    ProviderFailureError,
    RateLimitedError,
    SpecimenError,
    Status,
)
from wirebook.runtime import errors
from wirebook.runtime.retry import RetryPolicy
from wirebook.runtime.status import Does, Outcome, Submitted
from wirebook.runtime.transport import Kind, Response

WRITTEN = [
    Kind.TIMEOUT,
    Kind.RESET,
    Kind.PROTOCOL,
    Kind.FAILED,
    Kind.TOO_LARGE,
    Kind.REDIRECT,
    Kind.ENCODING,
]


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("does", [Does.SUBMITS, Does.CHANGES])
def test_once_written_a_submission_is_never_sent_again(kind: Kind, does: Does) -> None:
    play = Play(lost(kind, written=True), does=does)
    error = play.error()
    assert len(play.sends) == 1
    assert (error.outcome, error.submitted) == (Outcome.UNKNOWN, Submitted.MAYBE)
    assert error.retry_safe is False


@pytest.mark.parametrize(
    "kind", [Kind.DNS, Kind.CONNECT, Kind.POOL, Kind.TIMEOUT, Kind.RESET]
)
@pytest.mark.parametrize("does", list(Does))
def test_what_was_not_written_may_be_tried_again(kind: Kind, does: Does) -> None:
    play = Play(lost(kind, written=False), status(0), does=does)
    assert play.run() == "7"
    assert len(play.sends) == 2


@pytest.mark.parametrize("kind", [Kind.TLS, Kind.PROXY, Kind.CLOSED])
def test_what_will_not_pass_by_itself_is_not_tried_again(kind: Kind) -> None:
    play = Play(lost(kind, written=False))
    error = play.error()
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.attempts, error.retry_safe) == (kind.value, 1, True)


@pytest.mark.parametrize("kind", WRITTEN[:4])
def test_a_read_is_asked_again(kind: Kind) -> None:
    play = Play(lost(kind, written=True), status(0), does=Does.READS)
    assert play.run() == "7"


def test_a_read_that_consumes_what_it_returns_is_not_asked_again() -> None:
    problem = lost(Kind.TIMEOUT, written=True)
    play = Play(problem, does=Does.READS, repeatable=False)
    assert play.error().retry_safe is False
    assert len(play.sends) == 1


def test_a_change_that_may_be_repeated_is() -> None:
    problem = lost(Kind.TIMEOUT, written=True)
    play = Play(problem, status(0), does=Does.CHANGES, repeatable=True)
    assert play.run() == "7"


def test_waits_double_and_are_capped_and_drawn() -> None:
    retry = RetryPolicy(attempts=6, delay=1, max_delay=5)
    refused = [lost(Kind.CONNECT, written=False)] * 6
    play = Play(*refused, retry=retry)
    error = play.error()
    # Half of 1, 2, 4, 5, 5.
    assert play.waits == [0.5, 1, 2, 2.5, 2.5]
    assert error.attempts == 6


def test_the_caller_bounds_repetition() -> None:
    problem = lost(Kind.CONNECT, written=False)
    assert Play(problem, options={"retries": 0}).error().attempts == 1
    assert Play(*[problem] * 5, options={"retries": 4}).error().attempts == 5


def test_a_status_that_proves_nothing_happened_may_be_tried_again() -> None:
    play = Play(status(-1), status(0))
    assert play.run() == "7"
    # The provider says slow down: a second at least, and jitter.
    assert play.waits == [1.25]


def test_a_status_that_proves_it_but_advises_against() -> None:
    play = Play(status(-2))
    error = play.error()
    assert type(error) is InvalidCredentialsError
    assert (error.status, error.code) == (Status.BAD_KEY, "-2")
    assert (error.submitted, error.retry_safe) == (Submitted.NO, False)


@pytest.mark.parametrize("does", [Does.SUBMITS, Does.CHANGES])
def test_a_status_that_proves_nothing(does: Does) -> None:
    play = Play(status(-3), does=does)
    error = play.error()
    assert type(error) is OutcomeUnknownError
    assert isinstance(error, errors.OutcomeUnknown)
    assert (error.status, error.code) == (Status.INTERNAL, "-3")
    assert (error.outcome, error.submitted) == (Outcome.UNKNOWN, Submitted.MAYBE)
    assert error.retry_safe is False
    assert error.recovery == "specimen.report"


def test_the_same_status_on_a_read_follows_the_advice() -> None:
    play = Play(status(-3), status(-3), status(-3), does=Does.READS)
    error = play.error()
    assert type(error) is ProviderFailureError
    assert error.attempts == 3
    assert (error.submitted, error.retry_safe) == (Submitted.NO, True)


def test_unknown_codes() -> None:
    error = Play(status(-99)).error()
    assert type(error) is OutcomeUnknownError
    assert (error.status, error.code, error.retry_safe) == (None, "-99", False)
    error = Play(status(-99), does=Does.READS).error()
    assert type(error) is SpecimenError
    assert (error.status, error.code, error.retry_safe) == (None, "-99", None)
    assert error.submitted is Submitted.NO


def test_a_status_that_says_it_was_done() -> None:
    error = Play(status(-9)).error()
    assert type(error) is ProviderFailureError
    assert (error.submitted, error.retry_safe) == (Submitted.YES, False)


def test_a_duplicate_after_our_own_repetition_may_be_ours() -> None:
    first = Play(status(-5)).error()
    assert type(first) is DuplicateRequestError
    assert first.submitted is Submitted.NO
    play = Play(lost(Kind.CONNECT, written=False), status(-5))
    second = play.error()
    assert type(second) is OutcomeUnknownError
    assert second.status is Status.DUPLICATE
    assert (second.submitted, second.retry_safe) == (Submitted.MAYBE, False)


def nothing(reply: Any) -> str:
    tree = reply.json()
    reply.judge(str(tree["status"]))
    return "fine"


def strict(reply: Any) -> str:
    tree = reply.json()
    reply.judge(str(tree["status"]))
    return str(tree["missing"])


def test_a_code_that_means_success_on_a_repetition() -> None:
    assert type(Play(status(-7)).error()) is DuplicateRequestError
    problem = lost(Kind.RESET, written=True)
    facts: dict[str, Any] = {"does": Does.CHANGES, "repeatable": True}
    assert Play(problem, status(-7), reader=nothing, **facts).run() == "fine"
    error = Play(problem, status(-7), reader=strict, **facts).error()
    assert isinstance(error, errors.UnreadableReply)
    assert (error.submitted, error.retry_safe) == (Submitted.YES, False)


# HTTP and the body.


def test_success_in_the_body_of_a_failed_exchange_is_not_believed() -> None:
    error = Play(status(0, http=500)).error()
    assert isinstance(error, errors.UnreadableReply)
    assert (error.reason, error.submitted) == ("contradiction", Submitted.MAYBE)
    assert Play(status(0, http=500), does=Does.READS).run() == "7"


def test_a_refusal_in_the_body_wins_over_http() -> None:
    error = Play(status(-2, http=500), http_table=HTTP).error()
    assert type(error) is InvalidCredentialsError
    assert error.http_status == 500


def test_http_decides_where_the_body_says_nothing() -> None:
    page = Response(429, (("Retry-After", "2"),), b"<html>")
    play = Play(page, status(0), http_table=HTTP)
    assert play.run() == "7"
    assert play.waits == [2.25]


def test_an_http_status_that_is_only_in_a_family() -> None:
    page = Response(502, (), b"<html>")
    error = Play(page, http_table=HTTP).error()
    assert type(error) is OutcomeUnknownError
    assert (error.code, error.http_status) == ("502", 502)


def test_an_http_status_that_no_table_knows() -> None:
    error = Play(Response(418, (), b"{}"), http_table=HTTP).error()
    assert type(error) is OutcomeUnknownError
    assert error.code == "418"


def test_an_unknown_code_gives_way_to_a_known_http_status() -> None:
    page = status(-99, http=429)
    error = Play(page, http_table=HTTP, options={"retries": 0}).error()
    assert type(error) is RateLimitedError
    assert error.submitted is Submitted.NO


def test_only_documented_successes_count_where_the_page_lists_them() -> None:
    assert Play(status(1)).run() == "7"
    assert Play(status(1), documented=("-1", "-2")).run() == "7"
    error = Play(status(1), documented=("0", "-1")).error()
    assert type(error) is OutcomeUnknownError
    assert error.status is Status.QUEUED


def test_texts_of_the_operation_come_first() -> None:
    error = Play(status(-2), texts={"-2": "key of the other account"}).error()
    assert "key of the other account" in str(error)
