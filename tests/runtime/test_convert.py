"""Arguments to wire texts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import convert
from wirebook.runtime.errors import InvalidArgument

ITEMS = st.lists(st.text("ab{|},", max_size=6), min_size=1, max_size=5)


@given(ITEMS, st.sampled_from([",", "{|}", "||"]))
def test_what_is_joined_can_be_split_again(items, separator):
    try:
        text = convert.joined("r", items, separator)
    except InvalidArgument:
        unclear = separator.join(items).split(separator) != items
        assert unclear or "" in items
    else:
        assert text.split(separator) == items


def test_joined_names_the_item():
    with pytest.raises(InvalidArgument, match=r"r\[1\]: holds the separator ','"):
        convert.joined("r", ["1", "2,3"], ",")
    with pytest.raises(InvalidArgument, match=r"r\[0\]: is empty"):
        convert.joined("r", [""], ",")
    with pytest.raises(InvalidArgument, match="run together"):
        convert.joined("r", ["a|", "b"], "||")


def test_columns_turn_rows_round():
    rows = [["a1", "a2"], ["b1", "b2"], ["c1", "c2"]]
    assert convert.columns("v", rows, "{|}") == ["a1{|}b1{|}c1", "a2{|}b2{|}c2"]
    with pytest.raises(InvalidArgument, match="every row"):
        convert.columns("v", [["a"], ["b", "c"]], ",")
    with pytest.raises(InvalidArgument, match="list of rows"):
        convert.columns("v", ["ab", "cd"], ",")


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20
    )
)
def test_decimals_have_no_exponent(value):
    text = convert.decimal_text(value)
    assert "E" not in text.upper()
    assert Decimal(text) == value


@given(st.text())
def test_utf16be_hex_round_trip(text):
    written = convert.utf16be_hex(text)
    assert bytes.fromhex(written).decode("utf-16-be") == text
    assert written == written.upper()


def test_texts():
    moment = datetime(2013, 7, 21, 10, tzinfo=UTC)
    assert convert.datetime_text(moment, "yyyyMMddHHmmss", "Asia/Shanghai") == (
        "20130721180000"
    )
    assert convert.local_text(moment, "HH:mm xxx") == "10:00 +00:00"
    assert convert.offset_text(moment, "X") == "Z"
    assert convert.date_text(date(2013, 7, 21)) == "2013-07-21"
    assert convert.time_text(time(1, 2, 3)) == "01:02:03"
    assert convert.boolean_text(True, ("0", "1")) == "1"
    assert convert.boolean_text(False) == "false"
    assert convert.base64_text("é") == "w6k="
    assert convert.hex_text(b"\xab") == "ab"
    assert convert.utf16be_hex("测a") == "6D4B0061"
