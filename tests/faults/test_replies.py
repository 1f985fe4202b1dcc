"""What comes back and must not be believed, or must be read exactly: in both clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.fault_server import Reset, fault_server, refused_url, reply
from tests.support.specimen import (
    HTTP,
    NO_WAIT,
    InvalidCredentialsError,
    OutcomeUnknownError,
    RecipientRejectedError,
    SpecimenError,
    Status,
    StillClock,
    call,
    operation,
    perform,
)
from wirebook.runtime import decode, errors, timeformat
from wirebook.runtime.call import Reply
from wirebook.runtime.status import Does, Outcome, Submitted
from wirebook.runtime.tree import Tree

pytestmark = pytest.mark.parametrize("mode", ["sync", "async"])


def got(
    mode: str,
    body: bytes | str,
    reader: Callable[[Reply], Any] | None = None,
    http: int = 200,
    does: Does = Does.SUBMITS,
    to: tuple[str, ...] = ("4917612345678",),
    **facts: Any,
) -> Any:
    """What a call comes to that is answered with a body, once and for all."""
    facts.setdefault("retry", NO_WAIT)
    more: dict[str, Any] = {"reader": reader} if reader is not None else {}
    once = call(operation(does, timeout=5, **facts), to=to, **more)
    content = body.encode() if isinstance(body, str) else body
    with fault_server([reply(content, http)]) as server:
        found, connections = perform(mode, server.url, once)
        assert server.received == 1
    assert connections <= 1
    return found


def unbelievable(found: Any) -> None:
    assert isinstance(found, errors.UnreadableReply), found
    assert (found.outcome, found.submitted) == (Outcome.UNKNOWN, Submitted.MAYBE)
    assert found.retry_safe is False


def json_id(reply: Reply) -> str:
    tree = reply.json()
    reply.judge(decode.status(tree, "status"))
    return decode.text(tree, "id")


# Text and its charset.


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "utf-16", "iso-8859-1"])
def test_only_the_documented_charset(mode: str, charset: str) -> None:
    def read(reply: Reply) -> str:
        tree = reply.text(charset="gbk")
        reply.judge("0")
        return decode.text(tree, "text")

    found = got(mode, "余额".encode(charset, "ignore") or b"\xe4\x00", read)
    if charset == "gbk":
        assert found == "余额"
    else:
        assert found != "余额"


def test_bytes_that_are_no_text_are_not_replaced(mode: str) -> None:
    unbelievable(got(mode, b'{"status": 0, "id": "\xff\xfe"}'))


@pytest.mark.parametrize(
    ("body", "trim", "fine"),
    [
        (b"\xef\xbb\xbf0|7", True, True),
        (b"0|7\r\n", True, True),
        (b" 0 | 7 ", True, True),
        (b"0|7\r\n", False, False),
        (b"0|7\x00", True, False),
        (b"0|7\n0|8", True, False),
    ],
    ids=["a mark", "a line end", "blanks", "untrimmed", "a zero", "a second line"],
)
def test_only_documented_trimming(
    mode: str, body: bytes, trim: bool, fine: bool
) -> None:
    def read(reply: Reply) -> str:
        tree = reply.delimited("|", ("status", "id"), trim=trim)
        reply.judge(decode.status(tree, "status"))
        found = decode.text(tree, "id")
        if not found.isalnum():
            raise reply.unbelievable("an id has letters and digits")
        return found

    found = got(mode, body, read)
    assert (found == "7") is fine
    if not fine:
        unbelievable(found)


# Formats that lie.


@pytest.mark.parametrize(
    "body",
    [
        '{"status": 0, "status": -2, "id": "7"}',
        '{"status": NaN, "id": "7"}',
        '{"status": 0, "id": Infinity}',
        '{"status": 0, "id": "7"} {}',
        "[" * 100_000,
        '{"id":' * 5000 + "1" + "}" * 5000,
        '{"status": true, "id": "7"}',
        '{"status": 0.0, "id": "7"}',
        '{"status": [0], "id": "7"}',
        '{"status": ' + "9" * 5000 + ', "id": "7"}',
    ],
    ids=lambda body: body[:24],
)
def test_json_that_lies(mode: str, body: str) -> None:
    found = got(mode, body)
    assert isinstance(found, errors.OutcomeUnknown), found
    assert found.submitted is Submitted.MAYBE


@pytest.mark.parametrize("status", ["0", '"0"', "-0"])
def test_zero_is_zero_as_a_number_and_as_text(mode: str, status: str) -> None:
    assert got(mode, f'{{"status": {status}, "id": "7"}}') == "7"


@pytest.mark.parametrize("body", ["0", "0|7|8", "0|7,0", "", "|", "0|7|", "<html>"])
def test_fields_are_counted(mode: str, body: str) -> None:
    def read(reply: Reply) -> Any:
        tree = reply.delimited("|", ("status", "id"), records=",")
        nodes = decode.each(tree, "")
        for node in nodes:
            reply.judge(decode.status(node, "status"))
        return [decode.text(node, "id") for node in nodes]

    unbelievable(got(mode, body, read))
    assert got(mode, "0|7,0|8", read) == ["7", "8"]


def xml_id(reply: Reply) -> str:
    tree = reply.xml("r")
    reply.judge(decode.status(tree, "@status"))
    return decode.text(tree, "id")


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 9))
NEST = "<r status='0'>" + "<a>" * 200_000 + "</a>" * 200_000 + "</r>"
WIDE = "<r status='0' " + " ".join(f"a{n}=''" for n in range(50_000)) + "/>"
TRAPS = {
    "laughs": f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><r status="0"><id>&a8;</id></r>',
    "a file": '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<r status='0'><id>&f;</id></r>",
    "a doctype": "<!DOCTYPE r><r status='0'><id>7</id></r>",
    "in UTF-16": "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE r [<!ENTITY a 'x'>]>"
    "<r status='0'><id>&a;</id></r>",
    "too deep": NEST,
    "too wide": WIDE,
    "the wrong root": "<q status='0'><id>7</id></q>",
    "half": "<r status='0'><id>7</id>",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_xml_that_is_a_trap(mode: str, trap: str) -> None:
    text = TRAPS[trap]
    body = text.encode("utf-16") if trap == "in UTF-16" else text.encode()
    found = got(mode, body, xml_id, max_bytes=2_000_000)
    unbelievable(found)
    assert "root:" not in str(found)
    assert got(mode, "<r status='0'><id>7</id></r>", xml_id) == "7"


# Codes.


def test_a_code_that_nobody_knows(mode: str) -> None:
    found = got(mode, '{"status": -4711, "message": "what?"}')
    assert type(found) is OutcomeUnknownError
    assert (found.status, found.code) == (None, "-4711")
    assert (found.outcome, found.submitted) == (Outcome.UNKNOWN, Submitted.MAYBE)
    found = got(mode, '{"status": -4711}', does=Does.READS)
    assert type(found) is SpecimenError
    assert (found.code, found.submitted) == ("-4711", Submitted.NO)


def test_http_statuses_of_a_range(mode: str) -> None:
    found = got(mode, "<html>", http=599, http_table=HTTP)
    assert type(found) is OutcomeUnknownError
    assert (found.code, found.http_status) == ("599", 599)


@pytest.mark.parametrize("code", ["-3", "-9"])
def test_internal_errors_are_not_repeated(mode: str, code: str) -> None:
    found = got(mode, f'{{"status": {code}}}')
    assert found.submitted is not Submitted.NO
    assert found.retry_safe is False


@pytest.mark.parametrize(
    "code", ["\uff10", " 0", "0 ", "0_0", "+0", "0.0", "0x0", "\u0660", "", "O"]
)
def test_what_only_looks_like_a_code(mode: str, code: str) -> None:
    """Blanks around a code are none where nothing documents them."""
    found = got(mode, f'{{"status": "{code}", "id": "7"}}')
    if code.strip(" ") == "0" and code != "0":
        # Read as the documented code, or not at all; never as another one.
        assert found == "7" or isinstance(found, errors.OutcomeUnknown)
    else:
        assert isinstance(found, errors.OutcomeUnknown), found


def test_duplicates_after_an_own_repetition_may_be_ours(mode: str) -> None:
    send = call(operation(Does.SUBMITS, timeout=5, retry=NO_WAIT))
    duplicate = reply(b'{"status": -5}')
    with fault_server([duplicate]) as server:
        first, _ = perform(mode, server.url, send)
    with fault_server([reply(b'{"status": -1}')], [duplicate]) as server:
        second, _ = perform(mode, server.url, send, clock=StillClock())
        assert server.received == 2
    assert isinstance(first, errors.DuplicateRequest)
    assert first.submitted is Submitted.NO
    assert type(second) is OutcomeUnknownError
    assert (second.status, second.submitted) == (Status.DUPLICATE, Submitted.MAYBE)


# Fields.


def test_new_fields_pass_and_missing_ones_are_named(mode: str) -> None:
    assert got(mode, '{"status": 0, "id": "7", "new": {"x": [1]}}') == "7"
    found = got(mode, '{"status": 0}')
    unbelievable(found)
    assert "id" in str(found)

    def nested(reply: Reply) -> int:
        tree = reply.json()
        reply.judge(decode.status(tree, "status"))
        rows = decode.each(decode.node(tree, "rows"), "")
        return next(decode.integer(row, "count") for row in rows)

    for count in ('"1"', "1"):
        body = f'{{"status": 0, "rows": [{{"count": {count}}}]}}'
        assert got(mode, body, nested) == 1
    unbelievable(got(mode, '{"status": 0, "rows": [{"count": true}]}', nested))


def test_amounts_and_ids_are_exact(mode: str) -> None:
    def read(reply: Reply) -> tuple[Decimal, str]:
        tree = reply.json()
        reply.judge(decode.status(tree, "status"))
        return decode.decimal(tree, "price"), decode.text(tree, "id")

    body = '{"status": 0, "price": %s, "id": %s}'
    wanted = (Decimal("0.10"), "12345678901234567890")
    for price, id in (('"0.10"', '"12345678901234567890"'), ("0.10", wanted[1])):
        found = got(mode, body % (price, id), read)
        assert found == wanted
        assert str(found[0]) == "0.10"


@pytest.mark.parametrize(
    ("text", "format", "zone", "hour"),
    [
        ("2026-07-01 12:00:00", "yyyy-MM-dd HH:mm:ss", "Europe/Berlin", 10),
        ("2026-12-01 12:00:00", "yyyy-MM-dd HH:mm:ss", "Europe/Berlin", 11),
        ("1782900000000", "unix_milliseconds", "UTC", 10),
        ("07/01/2026 12:00 PM", "MM/dd/yyyy hh:mm a", "UTC", 12),
    ],
)
def test_moments_are_aware(
    mode: str, text: str, format: str, zone: str, hour: int
) -> None:
    def read(reply: Reply) -> datetime:
        tree: Tree = reply.json()
        reply.judge(decode.status(tree, "status"))
        return timeformat.read(decode.text(tree, "at"), format, zone)

    found = got(mode, f'{{"status": 0, "at": "{text}"}}', read)
    assert found.tzinfo is not None
    assert found.astimezone(UTC).hour == hour


# The body against HTTP.


def test_a_contradiction_is_never_a_success(mode: str) -> None:
    found = got(mode, '{"status": 0, "id": "7"}', http=500)
    unbelievable(found)
    assert found.reason == "contradiction"
    refused = got(mode, '{"status": -2}', http=500)
    assert type(refused) is InvalidCredentialsError
    assert (refused.http_status, refused.code) == (500, "-2")
    in_band = got(mode, '{"status": -2}', http=200)
    assert type(in_band) is InvalidCredentialsError


# Items.


def items(ordered: bool) -> Callable[[Reply], list[str]]:
    def read(reply: Reply) -> list[str]:
        tree = reply.json()
        reply.judge("0")
        rows = decode.each(decode.node(tree, "items"), "")
        ids = [decode.text(row, "id") for row in rows]
        keys = [decode.optional_text(row, "to") for row in rows]
        return reply.matched(ids, keys, "to", ordered=ordered)

    return read


def listed(*to: str) -> str:
    rows = ", ".join(f'{{"id": "{n}", "to": "{one}"}}' for n, one in enumerate(to))
    return f'{{"items": [{rows}]}}'


@pytest.mark.parametrize("ordered", [False, True])
def test_items_go_to_whom_they_belong(mode: str, ordered: bool) -> None:
    to = ("491701111111", "491702222222", "491703333333")
    shuffled = listed(to[2], to[0], to[1])
    assert got(mode, shuffled, items(ordered), to=to) == ["1", "2", "0"]
    masked = listed("4917***1111", to[1], to[2])
    found = got(mode, masked, items(ordered), to=to)
    if ordered:
        assert found == ["0", "1", "2"]
    else:
        unbelievable(found)
    for wrong in (listed(*to[:2]), listed(*to, to[0]), listed(to[0], to[1], "499")):
        unbelievable(got(mode, wrong, items(ordered), to=to))


def test_each_recipient_has_a_verdict(mode: str) -> None:
    def read(reply: Reply) -> Any:
        rows = decode.each(decode.node(reply.json(), "items"), "")
        ids = [decode.text(row, "id") for row in rows]
        keys = [decode.optional_text(row, "to") for row in rows]
        codes = [reply.item_error(decode.status(row, "code")) for row in rows]
        return reply.results(ids, codes, "to", keys)

    to = ("491701111111", "491702222222", "491703333333")
    rows = ", ".join(
        f'{{"id": "{n}", "to": "{one}", "code": {code}}}'
        for n, (one, code) in enumerate(zip(to, (0, -8, -3), strict=True))
    )
    found = got(mode, f'{{"items": [{rows}]}}', read, to=to)
    assert found.accepted == ["0"]
    assert [type(error) for error in found.errors[1:]] == [
        RecipientRejectedError,
        OutcomeUnknownError,
    ]
    # Accepted ones, and those of whom nobody knows, are not sent to again.
    assert found.resendable == [to[1]]


def test_what_was_lost_is_no_refusal(mode: str) -> None:
    send = call(operation(Does.SUBMITS, timeout=5, retry=NO_WAIT))
    with fault_server([Reset()]) as server:
        lost, _ = perform(mode, server.url, send)
    refused, _ = perform(mode, refused_url(), send)
    assert (lost.outcome, refused.outcome) == (Outcome.UNKNOWN, Outcome.NOT_SENT)
