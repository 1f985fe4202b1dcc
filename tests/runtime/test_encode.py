"""Percent-encoding, JSON, XML and multipart, byte for byte."""

from __future__ import annotations

import email.parser
import email.policy
import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import encode
from wirebook.runtime.errors import InvalidArgument
from wirebook.runtime.multipart import multipart_body
from wirebook.runtime.record import File
from wirebook.runtime.secret import Secret
from wirebook.runtime.xml_writer import xml_document

PAIRS = st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5)


@given(PAIRS)
def test_form_is_what_the_standard_library_writes(pairs):
    assert encode.pairs(pairs) == urlencode(pairs)
    assert encode.pairs(pairs, "rfc3986") == urlencode(pairs, quote_via=quote, safe="")


@given(PAIRS, st.sampled_from(["form", "rfc3986", "php"]))
def test_every_style_is_read_back(pairs, style):
    written = encode.pairs(pairs, style)
    assert parse_qsl(written, keep_blank_values=True) == pairs
    assert written.isascii()


def test_php_escapes_everything_but_alphanumerics_and_three_marks():
    every = "".join(map(chr, range(0x21, 0x7F)))
    kept = [letter for letter in every if encode.percent(letter, "php") == letter]
    assert "".join(kept) == (
        "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    )
    written = encode.percent("测试 a+b ~*-_.", "php")
    assert written == "%E6%B5%8B%E8%AF%95+a%2Bb+%7E%2A-_."


@given(st.text())
def test_php_differs_from_form_in_the_tilde_only(text):
    assert encode.percent(text, "php") == encode.percent(text).replace("~", "%7E")


def test_other_charsets():
    assert encode.percent("测", charset="gbk") == "%B2%E2"
    assert unquote_plus(encode.pairs([("a", "测")], charset="gbk"), "gbk") == "a=测"
    with pytest.raises(
        InvalidArgument, match=r"content: character 2 .*ascii"
    ) as caught:
        encode.pairs([("content", "a测")], charset="ascii")
    assert caught.value.parameter == "content"
    assert caught.value.__context__ is None


def test_lists_and_mappings_of_a_form():
    assert list(encode.flatten("to", ["a", "b"])) == [("to", "a"), ("to", "b")]
    assert list(encode.flatten("p{i}", ["a", "b"])) == [("p1", "a"), ("p2", "b")]
    assert list(encode.flatten("m", {"k": "v"})) == [("m[k]", "v")]
    assert list(encode.flatten("m_{key}", {"k": "v"})) == [("m_k", "v")]
    rows = [{"x": 1}, {"x": 2}]
    assert list(encode.flatten("r[{i}]", rows, 0)) == [
        ("r[0][x]", "1"),
        ("r[1][x]", "2"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (5, "5"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.10"), "0.10"),
        (Secret("k"), "k"),
        ("x", "x"),
    ],
)
def test_single_values(value, text):
    assert encode.plain(value) == text


@pytest.mark.parametrize("value", [None, 0.5, Decimal("NaN"), object()])
def test_values_without_a_text(value):
    with pytest.raises(InvalidArgument, match=r"x: .* has no text form"):
        encode.plain(value, "x")


# JSON.

TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(TREES)
def test_json_is_what_the_standard_library_writes(tree):
    compact = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    assert encode.json_text(tree) == compact
    assert encode.json_text(tree, "spaced") == json.dumps(tree, ensure_ascii=False)


def test_json_keeps_order_exact_numbers_and_secrets():
    tree: Any = {"b": Decimal("0.10"), "a": Secret('"'), "ü": [Decimal("1E+2")]}
    assert encode.json_text(tree) == '{"b":0.10,"a":"\\"","ü":[100]}'


def test_json_that_cannot_be_written():
    deep: list = []
    for _ in range(40):
        deep = [deep]
    values: list[Any] = [deep, b"x", {"a": float("nan")}, Decimal("Infinity"), object()]
    for value in values:
        with pytest.raises(InvalidArgument):
            encode.json_text(value)


# XML.

TEXTS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\ufffe\uffff",
    )
)


@given(TEXTS, TEXTS)
def test_xml_is_read_back(text, attribute):
    document = xml_document("r", {"a": {"@x": attribute, "#text": text}, "b": text})
    root: Any = ElementTree.fromstring(document)
    assert root.find("a").get("x") == attribute
    assert (root.find("a").text or "") == text == (root.find("b").text or "")


def test_xml_document():
    tree: Any = {"to": {"@id": 5, "n": ["1", "<2>"]}, "none": None, "t": 'a&"\r\n'}
    assert xml_document("req", tree, "urn:x") == (
        b'<?xml version="1.0" encoding="utf-8"?><req xmlns="urn:x"><to id="5"><n>1</n>'
        b'<n>&lt;2&gt;</n></to><none></none><t>a&amp;"&#13;\n</t></req>'
    )
    quoted = xml_document("r", {"@a": 'x"\n\t<'})
    assert b'a="x&quot;&#10;&#9;&lt;"' in quoted


def test_xml_that_cannot_be_written():
    for letter in "\x00\x08\x0b\x1f\ufffe\ud800":
        with pytest.raises(InvalidArgument, match="content: character 2") as caught:
            xml_document("r", {"content": f"x{letter}"})
        assert caught.value.parameter == "content"
    for name in ("a b", "1", "", "a>"):
        with pytest.raises(ValueError, match="no name of an XML"):
            xml_document("r", {name: "x"})


# Multipart.


def test_multipart_is_read_back():
    body = multipart_body(
        [
            ("text", "测\r\n"),
            ("raw", b"\x00\xff"),
            ("file", File(name='a"b\r\n.txt', content=b"hi", media_type="text/plain")),
        ],
        "BOUNDARY",
    )
    head = b"Content-Type: multipart/form-data; boundary=BOUNDARY\r\n\r\n"
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    text, raw, file = message.iter_parts()
    assert text.get_payload(decode=True) == "测\r\n".encode()
    assert raw.get_payload(decode=True) == b"\x00\xff"
    assert file.get_content_type() == "text/plain"
    assert b'filename="a%22b%0D%0A.txt"' in body
    assert body.endswith(b"--BOUNDARY--\r\n")


def test_multipart_refuses_what_would_break_it():
    with pytest.raises(InvalidArgument, match="boundary"):
        multipart_body([("a", "x--B")], "B")
    broken = File(name="a", content=b"", media_type="a/b\r\nX: y")
    with pytest.raises(InvalidArgument):
        multipart_body([("a", broken)], "B")
    with pytest.raises(ValueError, match="boundary"):
        multipart_body([], "b\r\n")
