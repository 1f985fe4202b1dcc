"""What a text is billed as, by each provider's documented rule, before it is sent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from telecoms import InvalidArgument, aisix, unified
from telecoms.unified import MessageType as Type

GSM_EXTENSION = "^{}\\[~]|€"


@pytest.fixture(scope="module")
def client() -> unified.Client:
    return unified.Client(
        username="demo",
        password="secret",
        host="example.test",
        port="443",
        server="https",
    )


@pytest.mark.parametrize(
    ("kind", "text", "count"),
    [
        (Type.PLAIN, "", 1),
        (Type.PLAIN, "x" * 160, 1),
        (Type.PLAIN, "x" * 161, 2),
        (Type.PLAIN, "x" * 306, 2),
        (Type.PLAIN, "x" * 307, 3),
        # An extension character is two septets, and stays in one part.
        (Type.PLAIN, "€" * 80, 1),
        (Type.PLAIN, "€" * 81, 2),
        (Type.PLAIN, "x" * 152 + "€" * 9, 2),
        (Type.PLAIN, "x" * 152 + "€" + "x" * 152, 3),
        (Type.PLAIN_LATIN1, "ÿ" * 160, 1),
        (Type.PLAIN_LATIN1, "ÿ" * 161, 2),
        (Type.FLASH, "x" * 140, 1),
        (Type.FLASH, "x" * 141, 2),
        (Type.FLASH_LATIN1, "ÿ" * 140, 1),
        (Type.UNICODE, "中" * 70, 1),
        (Type.UNICODE, "中" * 71, 2),
        (Type.UNICODE, "中" * 134, 2),
        (Type.UNICODE, "中" * 135, 3),
        # Outside of the first plane a character is two units, and stays in one part.
        (Type.UNICODE_FLASH, "😀" * 35, 1),
        (Type.UNICODE_FLASH, "😀" * 36, 2),
        (Type.UNICODE_FLASH, "😀" * 66, 2),
        (Type.UNICODE_FLASH, "😀" * 67, 3),
    ],
)
def test_unified(client: unified.Client, kind: Type, text: str, count: int) -> None:
    assert client.count_segments(text, message_type=kind) == count
    assert unified.segments.count_segments(text, message_type=kind) == count


def test_the_limits_of_unicode_are_the_hex_digits_of_the_page() -> None:
    """280 and 268 hex digits: what `submit` sends for 70 and 67 characters."""
    assert len(("中" * 70).encode("utf-16-be").hex()) == 280
    assert len(("中" * 67).encode("utf-16-be").hex()) == 268


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Type.PLAIN, "中"),
        (Type.PLAIN, "ç"),
        (Type.PLAIN_LATIN1, "€"),
        (Type.WAP_PUSH, "x"),
        (Type.RESERVED, "x"),
    ],
)
def test_unified_refuses(kind: Type, text: str) -> None:
    with pytest.raises(InvalidArgument):
        unified.segments.count_segments(text, message_type=kind)


def test_every_extension_character_counts_two() -> None:
    count = unified.segments.count_segments
    for letter in GSM_EXTENSION:
        assert count(letter * 80, message_type=Type.PLAIN) == 1, letter
        assert count(letter * 81, message_type=Type.PLAIN) == 2, letter


def group(single: str, part: str) -> aisix.ChannelGroup:
    return aisix.ChannelGroup(
        enterprise_number="1",
        employee_number="1",
        number="80",
        single_length=single,
        part_length=part,
        price=Decimal("0.10"),
    )


@pytest.mark.parametrize(
    ("text", "channel_group", "count"),
    [
        ("中" * 70, None, 1),
        ("中" * 71, None, 2),
        ("中" * 128, None, 2),
        ("x" * 129, None, 3),
        ("中" * 71, group("75", "60"), 1),
        ("中" * 121, group("75", "60"), 3),
    ],
)
def test_aisix(text: str, channel_group: aisix.ChannelGroup | None, count: int) -> None:
    with aisix.Client(account="1001@100001", authkey="8" * 32) as client:
        assert client.count_segments(text, channel_group=channel_group) == count


@pytest.mark.parametrize("length", ["xx", "", "0", "-1", "٧٠"])
def test_aisix_group_without_a_length(length: str) -> None:
    """The provider's own sample prints `xx`."""
    with pytest.raises(InvalidArgument, match="single_length"):
        aisix.segments.count_segments("x", channel_group=group(length, "64"))
