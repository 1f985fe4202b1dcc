"""Items are judged one by one; what holds no code at all is no reply."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.specimen import OutcomeUnknownError, call, operation
from wirebook.runtime import decode, errors
from wirebook.runtime.call import Reply
from wirebook.runtime.record import Results
from wirebook.runtime.status import Does, Submitted
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
