"""Items are judged one by one; what holds no code at all is no reply."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from tests.support.fault_server import fault_server, reply
from tests.support.specimen import (
    NO_WAIT,
    OutcomeUnknownError,
    RateLimitedError,
    RecipientRejectedError,
    StillClock,
    call,
    modes,
    operation,
    perform,
)
from wirebook.runtime import decode, errors
from wirebook.runtime.call import Reply
from wirebook.runtime.results import Results
from wirebook.runtime.status import Does, Effect, Submitted
from wirebook.runtime.transport import Response


def read(reply: Reply) -> Results[str]:
    tree = reply.delimited("|", ("status", "id"), records=",", min_fields=1)
    nodes = decode.each(tree, "")
    items = [decode.optional_text(node, "id") or "" for node in nodes]
    return reply.results(
        items, [reply.item_error(decode.status(node, "status")) for node in nodes]
    )


def received(body: bytes) -> Any:
    made = call(operation(Does.SUBMITS), to=["1", "2"], reader=read)
    return Reply(made, Response(200, (), body)).read()


@pytest.mark.parametrize(
    "body", [b"<html><body>Welcome</body></html>", b"|1", b"", b"\xef\xbc\x90|1"]
)
def test_a_reply_without_any_code_is_not_believed(body: bytes) -> None:
    with pytest.raises(errors.UnreadableReply) as caught:
        received(body)

    assert caught.value.submitted is Submitted.MAYBE


def test_a_code_that_no_table_lists_is_kept() -> None:
    with pytest.raises(OutcomeUnknownError) as caught:
        received(b"4711")

    assert caught.value.code == "4711"


def test_an_item_without_a_code_does_not_hide_the_others() -> None:
    results = received(b"0|a,|b")

    assert list(results.accepted) == ["a"]
    assert [error is None for error in results.errors] == [True, False]


def test_the_error_of_results_does_not_hold_itself() -> None:
    results: Results[str] = received(b"0|a,-8|b")

    with pytest.raises(RecipientRejectedError) as caught:
        results.raise_for_status()

    assert caught.value.results is results
    assert [error.results for error in results.errors if error] == [None]
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (again.code, list(again.results or ())) == ("-8", ["a", "b"])


@modes
@pytest.mark.parametrize(
    ("refusals", "requests"),
    [
        pytest.param(b"-1|a,-1|b", 2, id="each allows it"),
        pytest.param(b"-1|a,-8|b", 1, id="one advises against"),
        pytest.param(b"-1|a,-3|b", 1, id="one proves nothing"),
        pytest.param(b"-1|a,-99|b", 1, id="one is unknown"),
        pytest.param(b"-1|a,-9|b", 1, id="one is done"),
    ],
)
def test_a_refusal_of_all_is_as_repeatable_as_its_strictest(
    mode: str, refusals: bytes, requests: int
) -> None:
    send = operation(Does.SUBMITS, timeout=5, retry=NO_WAIT)
    with fault_server([reply(refusals)], [reply(b"0|a,0|b")]) as server:
        items = call(send, reader=read, to=["1", "2"])
        found, _ = perform(mode, server.url, items, clock=StillClock())
        assert server.received == requests
    assert isinstance(found, Results) is (requests == 2)


def test_what_a_code_proves_for_an_operation_decides_about_repetition() -> None:
    send = operation(
        Does.SUBMITS, timeout=5, retry=NO_WAIT, effects={"-1": Effect.MAYBE}
    )
    with fault_server([reply(b"-1|a,-1|b")], [reply(b"0|a")]) as server:
        found, _ = perform("sync", server.url, call(send, reader=read))
        assert server.received == 1
    assert type(found) is OutcomeUnknownError
    assert found.retry_safe is False


def test_a_single_refusal_still_says_how_long_to_wait() -> None:
    with pytest.raises(RateLimitedError) as caught:
        received(b"-1|a")

    assert caught.value.submitted is Submitted.NO
