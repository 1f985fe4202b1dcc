"""Texts and formats that lie: nothing is read from them, in both clients."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.answered import got, unbelievable
from tests.support.specimen import modes
from wirebook.runtime import decode, errors
from wirebook.runtime.call import Reply
from wirebook.runtime.status import Submitted

pytestmark = modes


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
