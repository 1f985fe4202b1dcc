"""Trees to values: lenient about spelling, strict about meaning."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import decode
from wirebook.runtime.decode import DecodeProblem
from wirebook.runtime.errors import ProviderError
from wirebook.runtime.secret import Secret
from wirebook.runtime.status import Table


class Code(IntEnum):
    OK = 0
    BAD = 1701


class Word(StrEnum):
    SENT = "SENT"


TABLE = Table(
    Code, unknown=ProviderError, undecided=ProviderError, success=("0",), rows={}
)


def test_paths():
    tree: Any = {
        "data": {"records": [{"id": 1}, {"id": 2}], "a.b": "dot"},
        "x.y": "plain",
    }
    assert decode.integer(tree, "data.records.1.id") == 2
    assert decode.text(tree, r"data.a\.b") == "dot"
    assert decode.text(tree, "x.y") == "plain"
    assert decode.node(tree, "") is tree
    for path in ("data.records.2.id", "data.records.x", "data.none", "none.a", "x.y.z"):
        with pytest.raises(DecodeProblem, match="missing") as caught:
            decode.text(tree, path)
        assert caught.value.path == path


def test_aliases_are_tried_in_order():
    assert decode.text({"fee": "1"}, "price", "fee") == "1"
    assert decode.text({"price": None, "fee": "1"}, "price", "fee") == "1"
    assert decode.text({"price": "2", "fee": "1"}, "price", "fee") == "2"
    assert decode.optional_text({"price": None}, "price", "fee") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ("", ""),
        (652694368707503301, "652694368707503301"),
        (Decimal("0.10"), "0.10"),
    ],
)
def test_texts(value, text):
    assert decode.text({"a": value}, "a") == text
    assert decode.optional_text({"a": value}, "a") == text


@pytest.mark.parametrize("value", [True, [], {}, {"b": "1"}])
def test_what_is_no_text(value):
    for read in (decode.text, decode.optional_text):
        with pytest.raises(DecodeProblem, match="a: a text expected"):
            read({"a": value}, "a")


def test_an_xml_element_with_attributes_has_its_own_text():
    assert decode.text({"a": {"@x": "1", "#text": "t"}}, "a") == "t"
    assert decode.text({"a": {"@x": "1"}}, "a") == ""
    assert decode.integer({"a": {"@x": "1", "#text": "5"}}, "a") == 5


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        ("5", 5),
        (" 5\n", 5),
        ("-5", -5),
        ("007", 7),
        (Decimal("5.0"), 5),
        ("+5", 5),
    ],
)
def test_integers(value, number):
    assert decode.integer({"a": value}, "a") == number


@pytest.mark.parametrize(
    "value",
    [
        "１７０１",
        "1_701",
        "1 701",
        "1701.0",
        "1e3",
        "٣",
        "0x1",
        True,
        False,
        Decimal("1.5"),
        Decimal("1e400"),
        "9" * 5000,
        [],
    ],
)
def test_what_is_no_integer(value):
    with pytest.raises(DecodeProblem, match="a: an integer expected"):
        decode.integer({"a": value}, "a")
    with pytest.raises(DecodeProblem):
        decode.optional_integer({"a": value}, "a")


@given(st.integers(-(10**39), 10**39))
def test_every_integer_is_read_from_its_text_and_itself(number):
    assert decode.integer({"a": str(number)}, "a") == number
    assert decode.integer({"a": number}, "a") == number


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_blank_is_absent_where_that_is_allowed(value):
    tree = {"a": value}
    assert decode.optional_integer(tree, "a") is None
    assert decode.optional_decimal(tree, "a") is None
    assert decode.optional_boolean(tree, "a") is None
    assert decode.optional_moment(tree, "a") is None
    assert decode.optional_enum(tree, "a", kind=Code) is None
    assert decode.optional_secret(tree, "a") is None
    assert decode.optional_one(tree, "a", lambda item: decode.text(item, "x")) is None
    for read in (decode.integer, decode.decimal, decode.boolean, decode.moment):
        with pytest.raises(DecodeProblem):
            read(tree, "a")


def test_decimals_are_exact():
    assert str(decode.decimal({"a": "170.040"}, "a")) == "170.040"
    assert decode.decimal({"a": Decimal("0.1")}, "a") == Decimal("0.1")
    assert decode.decimal({"a": 3}, "a") == 3
    for value in ("NaN", "Infinity", "1,5", "١", "1_0", "1e999", True, ".", ""):
        with pytest.raises(DecodeProblem, match="decimal number"):
            decode.decimal({"a": value}, "a")


def test_booleans():
    assert decode.boolean({"a": True}, "a") is True
    assert decode.boolean({"a": "False"}, "a") is False
    assert decode.boolean({"a": 1}, "a", spelling=("0", "1")) is True
    assert decode.boolean({"a": "N"}, "a", spelling=("N", "Y")) is False
    values: list[Any] = [1, 0, "1", "yes", [], Decimal(1)]
    for value in values:
        with pytest.raises(DecodeProblem, match="true or false"):
            decode.boolean({"a": value}, "a")


def test_statuses_are_texts_and_zero_is_there():
    assert decode.status({"a": 0}, "a") == "0"
    assert decode.status({"a": " 1701 "}, "a") == "1701"
    assert decode.status({"a": -1}, "a") == "-1"
    assert decode.status({"a": None}, "a", "b") is None
    assert decode.status({}, "a") is None
    assert decode.status({"a": ""}, "a") is None
    assert decode.status({"b": "9"}, "a", "b") == "9"
    # Neither of these is the code 0 or 1.
    assert decode.status({"a": False}, "a") == "false"
    assert not TABLE.is_success(str(decode.status({"a": Decimal("0.0")}, "a")))
    with pytest.raises(DecodeProblem):
        decode.status({"a": []}, "a")


def test_members_of_value_zero_are_members():
    assert decode.enum({"a": 0}, "a", kind=Code) is Code.OK
    assert decode.member({"a": "0"}, "a", table=TABLE) is Code.OK
    assert decode.optional_member({"a": "00"}, "a", table=TABLE) is Code.OK


def test_unknown_members_survive_as_text():
    assert decode.enum({"a": "SENT"}, "a", kind=Word) is Word.SENT
    assert decode.enum({"a": "LOST"}, "a", kind=Word) == "LOST"
    assert decode.enum({"a": 77}, "a", kind=Code) == "77"
    assert decode.member({"a": "１７０１"}, "a", table=TABLE) == "１７０１"
    assert decode.optional_member({}, "a", table=TABLE) is None
    spellings = {"SNT": Word.SENT}
    assert decode.enum({"a": "SNT"}, "a", kind=Word, spellings=spellings) is Word.SENT


def test_moments_by_the_first_format_that_fits():
    formats = ("yyyyMMddHHmmss", "unix_auto", "rfc1123")
    noon = datetime(2013, 7, 21, 10, tzinfo=UTC)
    for value in (
        "20130721180000",
        1374400800000,
        "1374400800",
        "Sun, 21 Jul 2013 10:00:00 GMT",
    ):
        assert (
            decode.moment({"a": value}, "a", formats=formats, zone="Asia/Shanghai")
            == noon
        )
    assert (
        decode.moment({"a": Decimal("1374400800.0")}, "a", formats=("unix_seconds",))
        == noon
    )
    with pytest.raises(DecodeProblem, match="a moment expected"):
        decode.moment({"a": "yesterday"}, "a", formats=formats)
    assert decode.day({"a": "2013-07-21"}, "a") == date(2013, 7, 21)
    assert decode.time_of_day({"a": "18:00"}, "a", formats=("HH:mm",)) == time(18)


def test_encoded():
    assert decode.octets({"a": "w6k="}, "a") == "é".encode()
    assert decode.octets({"a": "w6k"}, "a", encoding="base64url") == "é".encode()
    assert decode.octets({"a": "C3A9"}, "a", encoding="hex") == "é".encode()
    assert decode.encoded_text({"a": "6D4B"}, "a", encoding="utf16be_hex") == "测"
    assert decode.encoded_text({"a": "%E6%B5%8B+"}, "a", encoding="percent") == "测+"
    assert decode.encoded_text({"a": "w6k="}, "a", encoding="base64") == "é"
    wrong = {
        "w6": "hex",
        "*": "base64",
        "D8": "utf16be_hex",
        "%ff": "percent",
        "é": "hex",
    }
    for value, encoding in wrong.items():
        with pytest.raises(DecodeProblem, match=encoding):
            decode.encoded_text({"a": value}, "a", encoding=encoding)


def test_secrets_are_wrapped():
    assert decode.secret({"a": "k"}, "a") == Secret("k")
    with pytest.raises(DecodeProblem):
        decode.secret({"a": ""}, "a")


def test_each_takes_one_or_many_or_none():
    assert decode.each({"Item": {"a": 1}}, "Item") == [{"a": 1}]
    assert decode.each({"Item": [1, 2]}, "Item") == [1, 2]
    assert decode.each({}, "Item") == decode.each({"Item": None}, "Item") == []
    assert decode.each([1], "") == [1]


def test_nested_problems_name_the_whole_path():
    def read(tree: decode.Tree) -> int:
        return decode.integer(tree, "n")

    tree: Any = {"data": {"rows": [{"n": 1}, {"n": "x"}]}}
    with pytest.raises(DecodeProblem, match=r"^data\.rows\.1\.n: an integer expected"):
        decode.many(tree, "data.rows", read)
    with pytest.raises(DecodeProblem, match=r"^data\.n: missing"):
        decode.one(tree, "data", read)
    with pytest.raises(DecodeProblem, match=r"^data\.rows: one item expected, 2 found"):
        decode.one(tree, "data.rows", read)
    assert decode.one({"a": [{"n": 1}]}, "a", read) == 1
    assert decode.many(["1", 2], "", lambda item: decode.integer(item, "")) == [1, 2]


def test_mappings_pieces_and_json():
    assert decode.texts({"a": {"x": 1, "y": "z"}}, "a") == {"x": "1", "y": "z"}
    assert decode.texts({}, "a") == {}
    assert decode.pieces({"a": "1, 2"}, "a", separator=",") == ["1", "2"]
    assert decode.pieces({"a": ""}, "a", separator=",") == []
    assert decode.json({"a": [1]}, "a") == [1]
    assert decode.json({"a": '{"x": 1}'}, "a", embedded=True) == {"x": 1}
    with pytest.raises(DecodeProblem, match="a: no JSON"):
        decode.json({"a": "{"}, "a", embedded=True)
    with pytest.raises(DecodeProblem):
        decode.texts({"a": []}, "a")


READERS = [decode.integer, decode.decimal, decode.boolean, decode.moment]


@given(st.text(min_size=4), st.sampled_from(READERS))
def test_a_problem_never_quotes_the_value(value, read):
    with pytest.raises(DecodeProblem) as caught:
        read({"a": f"canary{value}"}, "a")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        ({"errors": {"to": ["is no number"], "text": ["is empty"]}}, "is no number"),
        ({"errors": [["is no number"]]}, "is no number"),
        ({"errors": {}}, None),
        ({"errors": "none"}, None),
    ],
)
def test_a_star_is_the_first_of_names_that_nobody_knows(tree, found):
    assert decode.optional_text(tree, "errors.*.0") == found
