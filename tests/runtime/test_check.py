"""Arguments are refused by name, with the limit and without the value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import check
from wirebook.runtime.errors import InvalidArgument
from wirebook.runtime.secret import Secret
from wirebook.runtime.status import Outcome, Submitted


class Kind(IntEnum):
    PLAIN = 0
    UNICODE = 2


class Word(StrEnum):
    YES = "y"


NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "options", "words"),
    [
        ("", {}, "is empty"),
        ("ab", {"shortest": 3}, "at least 3 characters, not 2"),
        ("abcd", {"longest": 3}, "at most 3 characters, not 4"),
        ("+1234567", {"longest": 20, "longest_numeric": 6}, "at most 6 digits, not 7"),
        ("abcdefg", {"longest": 6, "longest_numeric": 18}, "at most 6 characters"),
        ("a1", {"pattern": "[a-z]+"}, "does not match"),
        ("１", {"pattern": r"\d"}, "does not match"),
        ("a\n", {"pattern": "[a-z]"}, "does not match"),
        ("é", {"charset": "ascii"}, "outside ascii"),
        ("１", {"charset": "digits"}, "outside digits"),
        ("a-", {"charset": "alphanumeric"}, "outside alphanumeric"),
        ("测", {"charset": "gsm"}, "outside gsm"),
        ("😀", {"charset": "gbk"}, "character 1 cannot be written in gbk"),
        ("x\ud800", {}, "character 2 is half a surrogate pair"),
        (5, {}, "must be str, not int"),
        (None, {}, "must be str, not NoneType"),
        (b"x", {}, "must be str, not bytes"),
    ],
)
def test_texts_are_refused(value, options, words):
    with pytest.raises(InvalidArgument, match=words) as caught:
        check.text("content", value, **options)
    assert str(caught.value).startswith("content: ")
    assert caught.value.parameter == "content"
    assert (caught.value.outcome, caught.value.submitted) == (
        Outcome.NOT_SENT,
        Submitted.NO,
    )


@given(st.text(min_size=4, max_size=50))
def test_a_refused_text_is_never_quoted(value):
    canary = f"canary{value}"
    for options in ({"longest": 3}, {"pattern": "x"}, {"charset": "digits"}):
        with pytest.raises(InvalidArgument) as caught:
            check.text("content", canary, **options)
        assert "canary" not in f"{caught.value!r}{caught.value.args}"


def test_texts_are_returned_plain():
    assert check.text("a", "", allow_empty=True) == ""
    assert check.text("a", Secret("k")) == "k"
    assert type(check.text("a", Word.YES)) is str
    assert check.text("a", "123456789012345678", longest=11, longest_numeric=18)


@pytest.mark.parametrize("value", [True, 1.0, "1", Decimal(1), None])
def test_only_an_int_is_an_integer(value):
    with pytest.raises(InvalidArgument, match="must be an int"):
        check.integer("n", value)


def test_limits_of_numbers_belong_to_the_range():
    assert check.integer("n", 1, least=1, most=1) == 1
    with pytest.raises(InvalidArgument, match="at least 1"):
        check.integer("n", 0, least=1)
    with pytest.raises(InvalidArgument, match="at most 1"):
        check.integer("n", 2, most=1)
    assert check.decimal("n", Decimal("0.10"), least="0.1", most="0.1")
    assert check.decimal("n", 3) == 3
    values: list[Any] = [0.1, True, "1", Decimal("NaN"), Decimal("1e999")]
    for value in values:
        with pytest.raises(InvalidArgument, match=r"^n: must be a"):
            check.decimal("n", value)


def test_booleans_are_booleans():
    assert check.boolean("b", False) is False
    values: list[Any] = [0, 1, "true", None]
    for value in values:
        with pytest.raises(InvalidArgument, match="must be a bool"):
            check.boolean("b", value)


def test_enums_are_taken_as_member_or_value():
    assert check.enum("k", Kind.UNICODE, Kind) == "2"
    assert check.enum("k", 2, Kind) == check.enum("k", "2", Kind) == "2"
    assert check.enum("k", "y", Word) == "y"
    values: list[Any] = [True, 7, "PLAIN", None, Word.YES, 2.0]
    for value in values:
        with pytest.raises(InvalidArgument, match="one of Kind: PLAIN, UNICODE"):
            check.enum("k", value, Kind)


def test_moments_need_a_zone_and_a_future():
    with pytest.raises(InvalidArgument, match="tzinfo"):
        check.moment("t", datetime(2026, 1, 1))
    with pytest.raises(InvalidArgument, match="must be datetime, not date"):
        check.moment("t", date(2026, 1, 1))  # type: ignore[arg-type] # on purpose
    soon = NOW + timedelta(seconds=60)
    assert check.moment("t", soon, ahead=60, now=NOW) is soon
    with pytest.raises(InvalidArgument, match="at least 61 seconds ahead"):
        check.moment("t", soon, ahead=61, now=NOW)


def test_offsets_that_a_wire_cannot_say():
    def at(minutes: int) -> datetime:
        return NOW.astimezone(timezone(timedelta(minutes=minutes)))

    check.moment("t", at(-720), max_offset=720, offset_step=30)
    with pytest.raises(InvalidArgument, match="at most 720 minutes"):
        check.moment("t", at(780), max_offset=720)
    with pytest.raises(InvalidArgument, match="steps of 30"):
        check.moment("t", at(345), offset_step=30)


@pytest.mark.parametrize("value", ["abc", b"abc", {"a": 1}, 5, None, Secret("x")])
def test_only_a_list_is_a_list(value):
    with pytest.raises(InvalidArgument, match="must be"):
        check.items("r", value)


def test_items_are_counted_checked_and_unique():
    assert check.items("r", (x for x in "ab"), each=check.text) == ["a", "b"]
    with pytest.raises(InvalidArgument, match="at least 1 item, not 0"):
        check.items("r", [])
    with pytest.raises(InvalidArgument, match="at most 1 item, not 2"):
        check.items("r", ["a", "b"], most=1)
    with pytest.raises(InvalidArgument, match="holds an item twice"):
        check.items("r", ["a", "a"], unique=True)
    with pytest.raises(InvalidArgument, match=r"^r\[1\]: is empty"):
        check.items("r", ["a", ""], each=check.text)


@pytest.mark.parametrize(
    "value",
    ["a\r\nb", "a\nb", "a\0b", "\x7f", "测", " a", "a ", "\x85", "a\x1b"],
)
def test_headers_cannot_be_broken(value):
    with pytest.raises(InvalidArgument, match="X-Key") as caught:
        check.header_value("X-Key", value)
    assert "printable Latin-1" in str(caught.value)


@pytest.mark.parametrize("value", ["", "a", "a b", "a\tb", "é", "!~"])
def test_headers_carry_latin1(value):
    assert check.header_value("X-Key", value) == value


def test_headers_have_token_names():
    for name in ("", "a b", "a:", "é", "a\n"):
        with pytest.raises(InvalidArgument):
            check.header_value(name, "x")


REFUSED = [
    (lambda: check.same_count(a=[1], b=[1, 2]), "a, b: .*a has 1, b has 2"),
    (lambda: check.exactly_one(a=None, b=None), "a, b: exactly one is needed, none"),
    (lambda: check.exactly_one(a=1, b=2), "given: a, b"),
    (lambda: check.at_least_one(a=None, b=None), "at least one"),
    (lambda: check.at_least_one(a=False, b=None), "at least one"),
    (lambda: check.exactly_one(a=False, b=False), "exactly one is needed, none"),
    (lambda: check.at_most_one(a=0, b=""), "at most one is allowed, given: a, b"),
    (lambda: check.all_or_none(a=1, b=None), "all or none is needed, given: a"),
    (lambda: check.required_when("s", "1", ("1",), a=None, b=2), "a: .*when s is 1"),
    (lambda: check.required_when("s", "x", a=None), "a: .*when s is given"),
    (lambda: check.forbidden_when("s", "2", ("1", "2"), a=0), "when s is 1 or 2"),
    (lambda: check.order(a=NOW, b=NOW - timedelta(1)), "b lies before a"),
    (lambda: check.order(60, a=NOW, b=NOW + timedelta(1)), "at most 60 seconds"),
    (lambda: check.total_length(3, a="ab", b=["c", "d"]), "at most 3 .*, not 4"),
]


@pytest.mark.parametrize(("rule", "words"), REFUSED)
def test_rules_refuse(rule, words):
    with pytest.raises(InvalidArgument, match=words) as caught:
        rule()
    assert caught.value.parameter in ("a", "b")


def test_rules_let_through():
    check.same_count(a=[1], b="x", c=None)
    check.exactly_one(a=None, b=0)
    check.at_least_one(a="", b=None)
    check.at_most_one(a=None, b=None)
    check.at_most_one(a=True, b=False)
    check.exactly_one(a=0, b=False)
    check.all_or_none(a=None, b=None)
    check.all_or_none(a=1, b=2)
    check.required_when("s", "2", ("1",), a=None)
    check.required_when("s", None, a=None)
    check.forbidden_when("s", None, a=1)
    check.order(86400, a=NOW, b=None, c=NOW + timedelta(1))
    check.order(a=date(2026, 1, 1), b=date(2026, 1, 1))
    check.total_length(3, a="ab", b=["c"], c=None)


def test_placeholders():
    rows = [["a", "b"], ["c", "d"]]
    check.placeholders(
        "{p{i}}", text=("c", "{p1} {p2} {p1} {p} {1}"), values=("v", rows)
    )
    check.placeholders("{p{i}}", text=("c", "none"), values=("v", None))
    check.placeholders("${i}", 0, text=("c", ["$0", "$1"]), values=("v", rows))
    for text in ("{p3}", "{p0}"):
        with pytest.raises(InvalidArgument, match=f"c: uses {text}, but v has no such"):
            check.placeholders("{p{i}}", text=("c", text), values=("v", rows))
    with pytest.raises(InvalidArgument, match=r"uses \{p1\}"):
        check.placeholders("{p{i}}", text=("c", "{p1}"), values=("v", None))
