"""Status tables: canonical codes, families, success."""

from __future__ import annotations

from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.errors import InsufficientBalance, ProviderError
from wirebook.runtime.status import Effect, Family, Prefix, Range, Row, Table


class Code(IntEnum):
    OK = 0
    BALANCE = 1025
    NEGATIVE = -9


class Word(StrEnum):
    OK = "OK"
    BAD = "bad"


def numbers(**options) -> Table[Code]:
    rows = {"1025": Row(InsufficientBalance, "no money", effect=Effect.NONE)}
    given = {"success": ("0",), "rows": rows} | options
    return Table(Code, unknown=ProviderError, undecided=ProviderError, **given)


def words(row: Row | None) -> str | None:
    return None if row is None else row.text


@pytest.mark.parametrize("code", ["1025", "01025", " 1025\r\n", "0000000001025"])
def test_integers_have_one_canonical_spelling(code):
    assert numbers().member(code) is Code.BALANCE
    assert words(numbers().row(code)) == "no money"


@pytest.mark.parametrize(
    "code",
    ["１０２５", "1_025", "1025.0", "+1025", "1 025", "", "true", "x", "9" * 5000, "٠"],
)
def test_what_only_looks_like_a_code_is_none(code):
    assert numbers().member(code) is None
    assert numbers().row(code) is None
    assert not numbers().is_success(code)


@pytest.mark.parametrize("code", ["0", "-0", "00", " 0"])
def test_zero_is_zero(code):
    assert numbers().is_success(code)
    assert numbers().member(code) is Code.OK


def test_texts_are_taken_as_they_are():
    table = Table(
        Word, unknown=ProviderError, undecided=ProviderError, success=("OK",), rows={}
    )
    assert table.is_success("OK")
    assert not table.is_success("ok")
    assert not table.is_success(" OK")
    assert table.member("bad") is Word.BAD


def test_aliases_lead_to_the_row():
    table = numbers(aliases={"1725": "1025"})
    assert table.member("1725") is Code.BALANCE
    assert words(table.row("01725")) == "no money"


def test_families_cover_what_no_row_lists():
    smpp = Family(ProviderError, "smpp", minimum=1, maximum=255)
    http = Family(ProviderError, "13", prefix="13")
    some = Family(ProviderError, "some", codes=("7000",))
    table = numbers(families=(smpp, http, some))
    assert table.row("255") is smpp
    assert table.row("256") is None
    assert table.row("1301") is http
    assert table.row("7000") is some
    assert words(table.row("1025")) == "no money"


def test_success_may_be_a_prefix_or_a_range():
    assert numbers(success=Prefix("2")).is_success("204")
    assert not numbers(success=Prefix("2")).is_success("404")
    assert numbers(success=Range(minimum=200, maximum=299)).is_success("299")
    assert not numbers(success=Range(minimum=200, maximum=299)).is_success("300")
    assert not numbers(success=Range(minimum=200, maximum=299)).is_success("２００")
    assert numbers(success=Range(minimum=1)).is_success("20261121143355000017")
    assert not numbers(success=Range(minimum=1)).is_success("0")
    assert numbers(success=Range(maximum=-1)).is_success("-20261121143355000017")


@given(st.text(max_size=30))
def test_no_text_makes_a_table_raise(code):
    table = numbers(families=(Family(ProviderError, "", minimum=1),))
    table.member(code)
    table.row(code)
    assert isinstance(table.is_success(code), bool)


@given(st.integers(-(10**30), 10**30))
def test_the_canonical_code_of_an_integer_is_its_decimal_text(number):
    assert numbers().code(f" {number}\n") == str(number)
