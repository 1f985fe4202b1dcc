"""What comes back and must be read exactly: codes, fields and items, in both clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.answered import got, unbelievable
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
    modes,
    operation,
    perform,
)
from wirebook.runtime import decode, errors, timeformat
from wirebook.runtime.call import Reply
from wirebook.runtime.status import Does, Outcome, Submitted
from wirebook.runtime.tree import Tree

pytestmark = modes


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
