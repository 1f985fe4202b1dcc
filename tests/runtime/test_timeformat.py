"""Moments in wire formats: exact, locale-free, ASCII, across zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import timeformat
from wirebook.runtime.moment import Clock, Moment, Random
from wirebook.runtime.zone import zone

KOLKATA = timezone(timedelta(hours=5, minutes=30))
NOON = datetime(2013, 7, 21, 15, 4, 5, 678_000, tzinfo=KOLKATA)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("yyyyMMddHHmmss", "20130721150405"),
        ("MM/dd/yyyy", "07/21/2013"),
        ("hh:mm a", "03:04 pm"),
        ("h A", "3 PM"),
        ("'GMT' xxx", "GMT +05:30"),
        ("d/M/yy H:mm", "21/7/13 15:04"),
        ("EEE dd MMM yyyy", "Sun 21 Jul 2013"),
        ("HH:mm:ss.SSS Z", "15:04:05.678 +0530"),
        ("X", "+0530"),
        ("'o''clock' HH", "o'clock 15"),
        ("iso8601", "2013-07-21T15:04:05+05:30"),
        ("iso8601_basic", "20130721T093405Z"),
        ("rfc1123", "Sun, 21 Jul 2013 09:34:05 GMT"),
        ("unix_seconds", "1374399245"),
        ("unix_milliseconds", "1374399245678"),
    ],
)
def test_formats(format, text):
    assert timeformat.write(NOON, format, "Asia/Kolkata") == text


def test_utc_is_z_in_iso8601():
    assert timeformat.write(NOON, "iso8601") == "2013-07-21T09:34:05Z"


ZONES = ["UTC", "Asia/Shanghai", "Asia/Kolkata", "America/St_Johns", "+05:45"]
WHOLE = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(
    lambda naive: naive.replace(microsecond=0, tzinfo=UTC)
)


@given(WHOLE, st.sampled_from(ZONES))
@pytest.mark.parametrize(
    "format",
    ["unix_seconds", "iso8601", "rfc1123", "iso8601_basic", "yyyyMMddHHmmss Z"],
)
def test_what_is_written_is_read_back(format, value, zone):
    text = timeformat.write(value, format, zone)
    assert timeformat.read(text, format, None) == value


@given(WHOLE, st.sampled_from(["UTC", "Asia/Shanghai", "Asia/Kolkata", "+05:45"]))
def test_local_times_are_read_in_their_zone(value, zone):
    text = timeformat.write(value, "yyyyMMddHHmmss", zone)
    assert timeformat.read(text, "yyyyMMddHHmmss", zone) == value


@given(
    st.tuples(*(st.integers(0, most) for most in (2, 13, 32, 25, 61, 61))),
    st.sampled_from(["", "Z", "+08:00", "-05:45", "+23:59", "+24:00", "+08:60"]),
    st.sampled_from([None, "UTC", "Asia/Shanghai"]),
)
def test_plain_moments_are_read_as_those_with_fractions(parts, offset, zone):
    year, *rest = parts
    text = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(year * 1011, *rest)
    assert _moment(text + offset, zone) == _moment(f"{text}.0{offset}", zone)
    local = "yyyy-MM-dd HH:mm:ss"
    spaced = text.replace("T", " ") + offset
    assert _moment(spaced, zone, local) == _moment(f"{spaced}.0", zone, f"{local}'.0'")


def _moment(text, zone, format="iso8601"):
    try:
        found = timeformat.read(text, format, zone)
    except ValueError:
        return None
    return found, found.utcoffset()


def test_daylight_saving_shifts_the_local_time():
    winter = datetime(2026, 1, 15, 12, tzinfo=UTC)
    summer = datetime(2026, 7, 15, 12, tzinfo=UTC)
    assert timeformat.write(winter, "HH:mm xxx", "Europe/Berlin") == "13:00 +01:00"
    assert timeformat.write(summer, "HH:mm xxx", "Europe/Berlin") == "14:00 +02:00"
    spring = timeformat.read("2026-03-29 03:30", "yyyy-MM-dd HH:mm", "Europe/Berlin")
    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("1374399245", "unix_auto"),
        ("1374399245000", "unix_auto"),
        ("1374399245.0", "unix_seconds"),
        (" 1374399245 ", "unix_seconds"),
        ("2013-07-21T09:34:05Z", "iso8601"),
        ("2013-07-21 09:34:05.000+0000", "iso8601"),
        ("2013-07-21T15:04:05+05:30", "iso8601"),
    ],
)
def test_readings(text, format):
    moment = timeformat.read(text, format, None)
    assert moment == datetime(2013, 7, 21, 9, 34, 5, tzinfo=UTC)


def test_numbers_are_read_exactly():
    moment = timeformat.read(Decimal("1374399245.678"), "unix_seconds", None)
    assert moment.microsecond == 678_000
    assert timeformat.read(0, "unix_seconds", None).year == 1970


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("２０１３0721", "yyyyMMdd"),
        ("2013 721", "yyyyMMdd"),
        ("20130732", "yyyyMMdd"),
        ("1_374", "unix_seconds"),
        ("１３７４", "unix_seconds"),
        ("9999999999999999", "unix_seconds"),
        ("nan", "unix_seconds"),
        ("13:00 pm", "hh:mm a"),
        ("Mon, 21 Foo 2013 09:34:05 GMT", "rfc1123"),
        ("2013-07-21T09:34:05", "iso8601"),
        ("2013-07-21T25:00:00Z", "iso8601"),
    ],
)
def test_what_is_no_moment_is_refused_without_being_quoted(text, format):
    with pytest.raises(ValueError, match=r"\w") as caught:
        timeformat.read(text, format, None)
    assert text not in str(caught.value)


def test_naive_moments_are_refused():
    with pytest.raises(ValueError, match="tzinfo"):
        timeformat.write(datetime(2026, 1, 1), "unix_seconds")


@pytest.mark.parametrize("pattern", ["q", "yyyyy", "'open", "HH 'x", "dd e"])
def test_patterns_that_mean_nothing_are_refused(pattern):
    with pytest.raises(ValueError, match="means nothing"):
        timeformat.tokens(pattern)


def test_a_field_cannot_be_read_twice():
    with pytest.raises(ValueError, match="twice"):
        timeformat.read("01", "HH HH", "UTC")


def test_unknown_zones_are_named():
    with pytest.raises(ValueError, match="Mars/Olympus"):
        zone("Mars/Olympus")


def test_days_and_times():
    assert timeformat.read_date("07/21/2013", "MM/dd/yyyy") == date(2013, 7, 21)
    assert timeformat.read_date("2013-07-21", "iso8601") == date(2013, 7, 21)
    assert timeformat.read_time("03:04 PM", "hh:mm a") == time(15, 4)
    assert timeformat.write_fields(date(2013, 7, 21), "dd MMM yyyy") == "21 Jul 2013"
    assert timeformat.write_fields(time(0, 5), "h:mm A") == "12:05 AM"
    with pytest.raises(ValueError, match="date has no"):
        timeformat.write_fields(date(2013, 7, 21), "HH")


class Stopped(Clock):
    def now(self) -> datetime:
        return NOON


def test_an_attempt_has_one_moment_corrected_by_what_was_learnt():
    moment = Moment(Stopped(), Random(), timedelta(seconds=10))
    assert moment.text("HH:mm:ss", "+05:30") == "15:04:15"
    assert moment.text("unix_seconds") == "1374399255"


@pytest.mark.parametrize(
    ("alphabet", "length", "pattern_length"),
    [
        ("hex", 16, 16),
        ("digits", 6, 6),
        ("alphanumeric", None, 32),
        ("uuid4", None, 36),
    ],
)
def test_nonces_are_fresh(alphabet, length, pattern_length):
    moment = Moment(Stopped(), Random())
    made = {moment.nonce(alphabet, length) for _ in range(20)}
    assert len(made) == 20
    assert {len(nonce) for nonce in made} == {pattern_length}


def test_chance_is_a_fraction():
    assert all(0 <= Random().fraction() < 1 for _ in range(100))
