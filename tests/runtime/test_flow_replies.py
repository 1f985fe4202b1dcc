"""Replies: which shape they have, what each item came to, whose it is."""

from __future__ import annotations

import pickle
from typing import Any, cast

import pytest

from tests.support.specimen import (
    HTTP,
    SECRET,
    TEXT,
    InvalidCredentialsError,
    OutcomeUnknownError,
    RecipientRejectedError,
    SpecimenError,
    call,
    operation,
    read,
)
from wirebook.runtime import decode, errors
from wirebook.runtime.call import Reply
from wirebook.runtime.results import Results
from wirebook.runtime.secret import Secret
from wirebook.runtime.status import Does, Outcome, Submitted
from wirebook.runtime.transport import Response

SEND = operation(Does.SUBMITS)


def received(
    body: bytes,
    http: int = 200,
    content_type: str = "application/json",
    reader: Any = None,
    does: Does = Does.SUBMITS,
    to: list[str] | None = None,
    arguments: dict[str, object] | None = None,
    **facts: Any,
) -> Reply:
    made = call(
        operation(does, **facts),
        to=to or ["491", "492", "493"],
        reader=reader or read,
        **cast("dict[str, Any]", arguments or {}),
    )
    response = Response(http, (("Content-Type", content_type),), body)
    return Reply(made, response, 1, [Secret(SECRET)])


# Shapes.


def test_shapes_by_their_signs() -> None:
    reply = received(
        b" Scheduled|7", 202, "Text/CSV; charset=x", arguments={"format": "2"}
    )
    assert reply.matches(starts_with="Scheduled|")
    assert not reply.matches(starts_with="Queued")
    assert reply.matches(content_type="text/csv")
    assert not reply.matches(content_type="text/plain")
    assert reply.matches(http=(201, 202))
    assert not reply.matches(http=(200,))
    assert reply.matches(parameter="format", values=("1", "2"))
    assert reply.matches(parameter="format")
    assert not reply.matches(parameter="format", values=("1",))
    assert not reply.matches(parameter="other")
    assert reply.matches(starts_with="S", content_type="text/csv", http=(202,))
    assert not reply.matches(starts_with="S", content_type="text/csv", http=(200,))


def missing(reply: Reply) -> str | None:
    if reply.matches(http=(404,)):
        return None
    return decode.text(reply.json(), "id")


def test_an_http_status_that_a_shape_names_is_no_failure() -> None:
    assert received(b"<html>", 404, reader=missing).read() is None
    assert received(b'{"id": "7"}', reader=missing).read() == "7"
    with pytest.raises(errors.UnreadableReply):
        received(b'{"id": "7"}', 500, reader=missing).read()


def by_http(reply: Reply) -> str:
    reply.judge(reply.http_code)
    return "fine"


def test_http_as_the_status() -> None:
    assert received(b"", 204, reader=by_http, table=HTTP).read() == "fine"
    with pytest.raises(errors.RateLimited) as caught:
        received(b"", 429, reader=by_http, table=HTTP).read()
    assert caught.value.code == "429"


def test_no_status_where_that_means_success() -> None:
    def lenient(reply: Reply) -> str:
        reply.judge(None, absent_is_success=True)
        return "fine"

    assert received(b"{}", reader=lenient).read() == "fine"
    with pytest.raises(errors.UnreadableReply):
        received(b"{}", 500, reader=lenient).read()


def test_a_reply_must_answer_the_operation() -> None:
    def echo(reply: Reply) -> str:
        tree = reply.json()
        reply.expect(tree, "name", "sendOnce")
        return "fine"

    assert received(b'{"name": "sendOnce"}', reader=echo).read() == "fine"
    for other in (b'{"name": "getBalance"}', b"{}", b'{"name": null}', b"[]"):
        with pytest.raises(errors.UnreadableReply, match="sendOnce"):
            received(other, reader=echo).read()


def test_a_reader_that_fails_leaves_the_outcome_unknown() -> None:
    def broken(reply: Reply) -> str:
        raise ZeroDivisionError(SECRET)

    with pytest.raises(errors.UnreadableReply, match="ZeroDivisionError") as caught:
        received(b"{}", reader=broken).read()
    assert caught.value.submitted is Submitted.MAYBE
    assert SECRET not in str(caught.value)


def test_files() -> None:
    def load(reply: Reply) -> Any:
        return reply.download()

    made = call(operation(Does.READS), reader=load)
    headers = (
        ("Content-Type", "audio/WAV"),
        ("Content-Disposition", 'attachment; filename="a.wav"'),
    )
    found = Reply(made, Response(200, headers, b"RIFF")).read()
    assert (found.content, found.media_type, found.file_name) == (
        b"RIFF",
        "audio/wav",
        "a.wav",
    )
    sly = (("Content-Disposition", 'attachment; filename="../../x"'),)
    assert Reply(made, Response(200, sly, b"")).read().file_name is None


@pytest.mark.parametrize(
    "words",
    [SECRET, "CANARYsecret%2F9f3c%2B", "canarysecret%2f9f3c%2b"],
)
def test_an_echo_of_the_credentials_is_not_shown(words: str) -> None:
    reply = received(f"<html>key={words} to=4917612345678</html>".encode())
    with pytest.raises(errors.UnreadableReply) as caught:
        reply.read()
    beginning = caught.value.reply.beginning if caught.value.reply else ""
    assert beginning == "<html>key=*** to=***5678</html>"


# Items.


def items(reply: Reply) -> Any:
    rows = decode.each(reply.json(), "items")
    found = [decode.text(row, "id") for row in rows]
    return reply.results(
        found, [reply.item_error(decode.status(row, "code")) for row in rows]
    )


def body(*codes: object) -> bytes:
    rows = ", ".join(f'{{"id": "{n}", "code": {code}}}' for n, code in enumerate(codes))
    return f'{{"items": [{rows}]}}'.encode()


def test_all_accepted() -> None:
    found = received(body(0, 0), reader=items).read()
    assert isinstance(found, Results)
    assert (found.accepted, found.rejected) == (["0", "1"], [])


def test_some_accepted() -> None:
    found = received(body(0, -8, -99, "null"), reader=items).read()
    assert (found.accepted, found.rejected) == (["0"], ["1", "2", "3"])
    kinds = [type(error) for error in found.errors]
    assert kinds == [
        type(None),
        RecipientRejectedError,
        OutcomeUnknownError,
        OutcomeUnknownError,
    ]


def test_none_accepted() -> None:
    with pytest.raises(RecipientRejectedError) as caught:
        received(body(-8, -2), reader=items).read()
    error = caught.value
    assert error.submitted is Submitted.NO
    assert error.results is not None
    kinds = [type(one) for one in error.results.errors]
    assert kinds == [RecipientRejectedError, InvalidCredentialsError]
    assert pickle.loads(pickle.dumps(error)).code == "-8"  # noqa: S301 - our own


def test_none_accepted_but_one_undecided() -> None:
    with pytest.raises(OutcomeUnknownError) as caught:
        received(body(-8, -3), reader=items).read()
    assert (caught.value.outcome, caught.value.submitted) == (
        Outcome.UNKNOWN,
        Submitted.MAYBE,
    )


def test_no_items_at_all() -> None:
    assert list(received(b'{"items": []}', reader=items).read()) == []


def test_items_of_a_read() -> None:
    with pytest.raises(SpecimenError):
        received(body(-99), reader=items, does=Does.READS).read()


# Belonging.


def matched(reply: Reply, ordered: bool = False) -> list[str]:
    rows = decode.each(reply.json(), "items")
    return reply.matched(
        [decode.text(row, "id") for row in rows],
        [decode.optional_text(row, "to") for row in rows],
        "to",
        ordered=ordered,
    )


def ordered(reply: Reply) -> list[str]:
    return matched(reply, True)


def rows(*to: str | None) -> bytes:
    made = ", ".join(
        f'{{"id": "{n}"' + (f', "to": "{one}"}}' if one is not None else "}")
        for n, one in enumerate(to)
    )
    return f'{{"items": [{made}]}}'.encode()


def test_items_come_back_in_the_order_of_the_request() -> None:
    assert received(rows("493", "491", "492"), reader=matched).read() == ["1", "2", "0"]
    spelled = received(rows("00493", "+491", " 49-2 "), reader=matched).read()
    assert spelled == ["1", "2", "0"]
    assert received(rows("492", "493", "491"), reader=ordered).read() == ["2", "0", "1"]


def test_masked_items_are_taken_by_position_where_order_is_kept() -> None:
    masked = rows("4**1", None, "493")
    assert received(masked, reader=ordered).read() == ["0", "1", "2"]
    with pytest.raises(errors.UnreadableReply):
        received(masked, reader=matched).read()


def test_the_same_recipient_twice() -> None:
    twice = received(
        rows("492", "491", "491"), reader=matched, to=["491", "491", "492"]
    )
    assert twice.read() == ["1", "2", "0"]


@pytest.mark.parametrize(
    "to", [("491", "492"), ("491", "492", "493", "494"), ("491", "492", "499"), ()]
)
def test_items_that_do_not_belong(to: tuple[str, ...]) -> None:
    for reader in (matched, ordered):
        with pytest.raises(errors.UnreadableReply) as caught:
            received(rows(*to), reader=reader).read()
        assert caught.value.submitted is Submitted.MAYBE


@pytest.mark.parametrize(
    "echo",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace(" ", "+"),
        TEXT.replace(" ", "%20"),
        TEXT[:18],
    ],
)
def test_an_echo_of_the_message_is_not_shown(echo: str) -> None:
    with pytest.raises(errors.UnreadableReply) as caught:
        received(f"<b>{echo}</b>{echo}".encode()).read()
    beginning = caught.value.reply.beginning if caught.value.reply else ""
    assert beginning == "<b>***</b>***"


def test_a_refusal_that_repeats_the_credentials_does_not_keep_them() -> None:
    def judged(reply: Reply) -> None:
        tree = reply.json()
        reply.judge(decode.status(tree, "status"), decode.text(tree, "message"))

    message = f"key {SECRET} of 4917612345678 is bad"
    body = f'{{"status": -2, "message": "{message}"}}'.encode()
    with pytest.raises(InvalidCredentialsError) as caught:
        received(body, reader=judged).read()
    assert caught.value.provider_message == "key *** of 4917612345678 is bad"
    assert "key *** of ***5678 is bad" in str(caught.value)
    odd = f'{{"status": "{SECRET}", "message": ""}}'.encode()
    with pytest.raises(OutcomeUnknownError) as unknown:
        received(odd, reader=judged).read()
    assert unknown.value.code == "***"
