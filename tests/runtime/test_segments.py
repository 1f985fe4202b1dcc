"""Counting messages as networks do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.segments import count, fits, fits_gsm, length, split

GSM: dict[str, Any] = {
    "unit": "gsm_septets",
    "single": 160,
    "part": 153,
    "charset": "gsm",
}
UCS2: dict[str, Any] = {"unit": "utf16_units", "single": 70, "part": 67}


def test_the_basic_alphabet_has_127_characters_besides_escape():
    basic = [chr(point) for point in range(0x10000) if fits_gsm(chr(point))]
    assert len(basic) == 127 + 10
    assert sum(length(letter, "gsm_septets") == 2 for letter in basic) == 10


@pytest.mark.parametrize("letter", "@£Δ_ΦΓΛΩΠΨΣΘΞ§¿¡Ññà€[]{}~\\|^\f\n\r")
def test_characters_of_the_standard(letter):
    assert fits_gsm(letter)


@pytest.mark.parametrize("letter", "ç`\tαБ测😀’\x1b")
def test_characters_outside_it(letter):
    assert not fits_gsm(letter)
    with pytest.raises(ValueError, match="outside gsm"):
        count(letter, **GSM)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # 153 is odd: an escape and its septet stay together, one septet is lost.
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
    ],
)
def test_gsm(text, messages):
    assert count(text, **GSM) == messages


@pytest.mark.parametrize(
    ("text", "messages"),
    [("测" * 70, 1), ("测" * 71, 2), ("😀" * 35, 1), ("😀" * 36, 2), ("😀" * 67, 3)],
)
def test_ucs2(text, messages):
    assert count(text, **UCS2) == messages


def test_bytes_and_characters():
    assert count("é" * 70, unit="bytes", single=140, part=134) == 1
    assert count("é" * 71, unit="bytes", single=140, part=134) == 2
    assert count("😀" * 70, unit="characters", single=70, part=64) == 1
    with pytest.raises(ValueError, match="unit"):
        count("a", unit="miles", single=1, part=1)


def test_other_charsets():
    assert fits("é", "latin1")
    assert not fits("测", "latin1")
    assert fits("测", None)


@given(st.text(max_size=400), st.sampled_from(["utf16_units", "characters", "bytes"]))
def test_parts_are_the_text_and_none_is_too_long(text, unit):
    parts = split(text, unit=unit, single=70, part=67)
    assert "".join(parts) == text
    if len(parts) > 1:
        assert all(0 < length(part, unit) <= 67 for part in parts)
        # No smaller number would do.
        assert length(text, unit) > 70
