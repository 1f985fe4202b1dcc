"""The tree of errors: one constructor, honest defaults, safe to print and pickle."""

from __future__ import annotations

import copy
import inspect
import pickle
from enum import IntEnum

import pytest

from wirebook.runtime import errors
from wirebook.runtime.errors import (
    DeliveryPending,
    Error,
    Excerpt,
    InsufficientBalance,
    InvalidArgument,
    NotSent,
    OutcomeUnknown,
    ProviderError,
    ReplyTimeout,
    UnreadableReply,
)
from wirebook.runtime.record import Record
from wirebook.runtime.results import Results
from wirebook.runtime.status import Outcome, Submitted


class Code(IntEnum):
    BALANCE_TOO_LOW = -9


class AisixError(ProviderError):
    pass


class InsufficientBalanceError(AisixError, InsufficientBalance):
    pass


class OutcomeUnknownError(AisixError, OutcomeUnknown):
    pass


CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, Error)
] + [AisixError, InsufficientBalanceError, OutcomeUnknownError]


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_survives_pickle_and_copy(kind):
    error = kind(
        "why",
        operation="aisix.send_once",
        attempts=2,
        retry_safe=False,
        reason="timeout",
        reply=Excerpt(http_status=200, size=3, beginning="<x>"),
        recovery="aisix.get_send_state",
    )
    pickled = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    for twin in (pickled, copy.copy(error)):
        assert type(twin) is kind
        assert twin.__dict__ == error.__dict__
        assert twin.args == error.args == ("why",)
        assert str(twin) == str(error)


class Sent(Record, hidden=("phone", "parts")):
    id: str
    phone: str
    parts: tuple[str, ...] = ()


PHONE = "447700900123"
SENT = Sent(id="m1", phone=PHONE, parts=("Dear Ann",))


def test_a_pickle_keeps_results_without_what_a_repr_masks():
    refused = ProviderError("no", submitted=Submitted.NO)
    results = Results([[SENT]], [refused], [PHONE])
    error = ProviderError("no", results=results)

    dumped = pickle.dumps(error)
    assert PHONE.encode() not in dumped
    assert b"Dear" not in dumped
    twin = pickle.loads(dumped)  # noqa: S301 - our own
    assert twin.results[0] == [Sent(id="m1", phone="***", parts=())]
    assert twin.results.resendable == []
    copied = copy.copy(error).results
    assert copied is not None
    assert copied.resendable == [PHONE]


def test_a_pickle_keeps_reports_without_what_a_repr_masks():
    dumped = pickle.dumps(DeliveryPending("late", pending=["m1"], reports=[SENT]))
    assert PHONE.encode() not in dumped
    assert pickle.loads(dumped).reports[0].id == "m1"  # noqa: S301 - our own


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_can_be_made_without_arguments(kind):
    assert kind().operation is None
    assert str(kind())
    assert kind.__name__ in repr(kind())


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_says_what_the_caller_can_do(kind):
    if kind.__module__ == errors.__name__:
        assert kind.__doc__


@pytest.mark.parametrize(
    ("kind", "outcome", "submitted"),
    [
        (InvalidArgument, Outcome.NOT_SENT, Submitted.NO),
        (NotSent, Outcome.NOT_SENT, Submitted.NO),
        (ReplyTimeout, Outcome.UNKNOWN, Submitted.MAYBE),
        (UnreadableReply, Outcome.UNKNOWN, Submitted.MAYBE),
        (InsufficientBalanceError, Outcome.REJECTED, Submitted.NO),
        (OutcomeUnknownError, Outcome.UNKNOWN, Submitted.MAYBE),
    ],
)
def test_defaults_promise_no_more_than_the_class_proves(kind, outcome, submitted):
    assert (kind().outcome, kind().submitted) == (outcome, submitted)
    assert kind(submitted=Submitted.YES).submitted is Submitted.YES


def test_callers_can_catch_by_builtin_by_reaction_and_by_provider():
    assert issubclass(InvalidArgument, ValueError)
    assert issubclass(ReplyTimeout, TimeoutError)
    for kind in (AisixError, InsufficientBalance, ProviderError, Error):
        assert issubclass(InsufficientBalanceError, kind)
    for kind in (AisixError, OutcomeUnknown):
        assert issubclass(OutcomeUnknownError, kind)


def test_the_text_names_operation_status_code_words_and_what_was_submitted():
    error = InsufficientBalanceError(
        operation="aisix.send_once",
        status=Code.BALANCE_TOO_LOW,
        code="-9",
        text="Account balance is less",
        http_status=200,
        attempts=1,
    )
    assert str(error) == (
        "aisix.send_once: BALANCE_TOO_LOW (-9): Account balance is less"
        " (HTTP 200, submitted: NO)"
    )


def test_the_text_of_an_unknown_outcome_says_what_to_ask():
    error = OutcomeUnknownError(code="-77", recovery="aisix.get_send_state")
    assert "unknown status '-77'" in str(error)
    assert "ask aisix.get_send_state before sending again" in str(error)


def test_providers_words_are_kept_whole_but_printed_scrubbed():
    words = "no route to 8618100002707\x1b[31m"
    error = AisixError(code="1", provider_message=words)
    assert error.provider_message == words
    assert "8618100002707" not in str(error) + repr(error)
    assert "\x1b" not in str(error)
    assert error.args == ("",)


def test_results_hang_on_the_error_that_they_raise():
    error = AisixError(code="5")
    results = Results(["a", "b"], [None, error])
    with pytest.raises(AisixError) as caught:
        results.raise_for_status()
    assert caught.value.results is results


def test_a_code_of_a_family_has_the_words_of_the_family():
    error = ProviderError(code="30034", text="Messaging errors", operation="acme.send")
    assert str(error).startswith("acme.send: Messaging errors (30034)")
    error = ProviderError(
        code="30034",
        text="Messaging errors",
        provider_message="not now",
        operation="acme.send",
    )
    assert "Messaging errors (30034): not now" in str(error)
