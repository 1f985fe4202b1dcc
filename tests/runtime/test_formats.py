"""Replies are read strictly and in linear time."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import formats
from wirebook.runtime.formats import FormatProblem

# JSON.

SCALARS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text()
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(TREES)
def test_json_is_read_as_it_is(tree):
    assert formats.json_tree(json.dumps(tree).encode()) == tree
    assert formats.json_tree(json.dumps(tree, ensure_ascii=False).encode()) == tree


def test_json_numbers_are_exact():
    tree: Any = formats.json_tree(
        b"[1, 0.10, 1e3, -0, 652694368707503301, 12345678901234567890]"
    )
    assert tree == [
        1,
        Decimal("0.10"),
        Decimal("1e3"),
        0,
        652694368707503301,
        12345678901234567890,
    ]
    assert type(tree[1]) is Decimal
    assert str(tree[1]) == "0.10"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"b": [{"a": 1, "a": 1}]}', "twice"),
        (b"[NaN]", "NaN"),
        (b"[Infinity, -Infinity]", "Infinity"),
        (b"[" * 33 + b"]" * 33, "deeper than 32"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "deeper than 32"),
        (b"[" * 1_000_000, "deeper than 32"),
        (b"[" + b"9" * 5000 + b"]", "5000 digits"),
        (b"[1." + b"9" * 5000 + b"]", "5002 characters"),
        (b"[1e999999999]", "proportion"),
        (b"", "no JSON"),
        (b"{} {}", "no JSON: Extra data"),
        (b'{"a": 1,}', "no JSON"),
        (b"{'a': 1}", "no JSON"),
        (b"<html>", "no JSON"),
        (b"\xff\xfe", "byte 1 is no utf-8"),
        (b'"\xed\xa0\x80"', "byte 2 is no utf-8"),
        (b'"a\nb"', "no JSON"),
    ],
)
def test_json_that_is_none(body, words):
    with pytest.raises(FormatProblem, match=words):
        formats.json_tree(body)


def test_json_may_be_as_deep_as_the_limit_and_brackets_in_texts_do_not_count():
    assert formats.json_tree(b"[" * 32 + b"]" * 32)
    text = "[{" * 50 + '"\\'
    assert formats.json_tree(json.dumps([text, [text]]).encode()) == [text, [text]]


def test_a_byte_order_mark_is_dropped():
    assert formats.json_tree(b"\xef\xbb\xbf{}") == {}


def test_hostile_json_costs_one_pass():
    start = time.process_time()
    for body in (b'["' + b"\\" * 500_000, b'"' * 500_000 + b"[" * 40, b"[]," * 200_000):
        with pytest.raises(FormatProblem):
            formats.json_tree(body)
    # The first object is like no other: what it holds is looked for in none of them.
    wide = {f"a{number}": list[int]() for number in range(4_000)}
    assert formats.json_tree(json.dumps([wide, *[{}] * 20_000]).encode())
    assert time.process_time() - start < 2


# XML.

SENT = (
    b'<xml name="sendOnce" result="1"><Item cid="50" sid="1001" msgid="652694368707503300"'
    b' total="1" price="0.1" remain="0.300" /></xml>'
)


def test_xml_attributes_and_children():
    tree: Any = formats.xml_tree(SENT, ("xml",))
    assert tree["@result"] == "1"
    assert tree["Item"]["@msgid"] == "652694368707503300"


def test_xml_repeated_children_are_a_list_and_texts_are_texts():
    body = b"<r><a>1</a><a/><a x='2'>t</a><b> s </b><c>\n <d>3</d>\n</c></r>"
    assert formats.xml_tree(body) == {
        "a": ["1", "", {"@x": "2", "#text": "t"}],
        "b": " s ",
        "c": {"d": "3"},
    }
    assert formats.xml_tree(b"<r>7</r>") == {"#text": "7"}
    assert formats.xml_tree(b"<r><![CDATA[a<b]]>&amp;&#x6d4b;</r>") == {
        "#text": "a<b&测"
    }


def test_xml_namespaces_are_dropped():
    body = b'<s:Envelope xmlns:s="urn:x" xmlns="urn:y"><s:Body s:id="1"/></s:Envelope>'
    assert formats.xml_tree(body, ("Envelope",)) == {"Body": {"@id": "1"}}


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>"""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (LAUGHS, "document type"),
        (b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', "document type"),
        (b"<!DOCTYPE r><r/>", "document type"),
        (b"<r>&undefined;</r>", "undefined entity"),
        (b"<a>" * 17 + b"</a>" * 17, "deeper than 16"),
        (b"<a>" * 200_000, "deeper than 16"),
        (b"<r>" + b"<a/>" * 50_000 + b"</r>", "more than 50000 elements"),
        (
            b"<r " + b" ".join(b"a%d='1'" % i for i in range(65)) + b"/>",
            "64 attributes",
        ),
        (b"<r xmlns:p='x' p:a='1' a='2'/>", "stands twice"),
        (b"<r a='1' a='2'/>", "duplicate attribute"),
        (b"<r>", "no XML"),
        (b"<r/><r/>", "no XML"),
        (b"", "no XML"),
        (b"1701|x", "no XML"),
        (b"<r>\xff</r>", "no utf-8"),
        (b"<r>\x00</r>", "no XML"),
        (
            "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE r><r/>".encode("utf-16"),
            "utf-8",
        ),
    ],
)
def test_xml_that_is_none(body, words):
    with pytest.raises(FormatProblem, match=words):
        formats.xml_tree(body)


def test_xml_in_another_charset():
    body = "<?xml version='1.0' encoding='GBK'?><r>测试</r>".encode("gbk")
    assert formats.xml_tree(body, charset="gbk") == {"#text": "测试"}
    hostile = "<!DOCTYPE r><r/>".encode("utf-16")
    with pytest.raises(FormatProblem, match="document type"):
        formats.xml_tree(hostile, charset="utf-16")


def test_xml_with_the_wrong_root():
    with pytest.raises(FormatProblem, match="another root than xml"):
        formats.xml_tree(b"<html/>", ("xml",))


# Texts.

FIELDS = ("status", "destination", "message_id")


def test_delimited():
    assert formats.delimited_tree(b"1701|4477|9\r\n", "|", FIELDS) == {
        "status": "1701",
        "destination": "4477",
        "message_id": "9",
    }
    tree = formats.delimited_tree(
        b"1701|1|9,1704,1701|2|8", "|", FIELDS, records=",", min_fields=1
    )
    assert tree == [
        {"status": "1701", "destination": "1", "message_id": "9"},
        {"status": "1704"},
        {"status": "1701", "destination": "2", "message_id": "8"},
    ]
    lines = formats.delimited_tree(b"1|2\r\n3|4\n", "|", ("a", "b"), records="\n")
    assert lines == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


@pytest.mark.parametrize("blank", [" ", "\t", "\r", "\n"])
def test_white_space_around_the_fields_of_records(blank):
    body = f"1{blank}|{blank}x y{blank},3|{blank}4".encode()
    trimmed = formats.delimited_tree(body, "|", ("a", "b"), records=",")
    assert trimmed == [{"a": "1", "b": "x y"}, {"a": "3", "b": "4"}]
    whole: Any = formats.delimited_tree(body, "|", ("a", "b"), records=",", trim=False)
    assert whole[1] == {"a": "3", "b": f"{blank}4"}
    lines = formats.delimited_tree(b"1 | 2\n3|4", "|", ("a", "b"), records="\n")
    assert lines == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


@pytest.mark.parametrize(
    "body", [b"1701", b"1701|1", b"1701|1|9|x", b"", b"1|2|3\n1|2|3"]
)
def test_delimited_arity_is_exact(body):
    if body.count(b"|") == 4:
        # Another line is no end of the last field.
        with pytest.raises(FormatProblem, match="fields expected"):
            formats.delimited_tree(body, "|", FIELDS)
        return
    with pytest.raises(FormatProblem, match="3 fields expected"):
        formats.delimited_tree(body, "|", FIELDS)


def test_pairs():
    assert formats.pairs_tree(b"ID: 1\r\n\r\nto : 44:55 \n") == {
        "ID": "1",
        "to": "44:55",
    }
    for body in (b"a:1\na:2", b"plain words"):
        with pytest.raises(FormatProblem):
            formats.pairs_tree(body)


def test_sentences():
    templates = ["Sent {id} to {phone}.", "ERR: {code}, {text}", "OK"]
    read = formats.sentence_tree
    assert read(b"Sent 5 to 44.", templates) == {"id": "5", "phone": "44"}
    assert read(b"ERR: 1, a, b", templates) == {"code": "1", "text": "a, b"}
    assert read(b"OK\n", templates) == {}
    for body in (b"Sent to 44.", b"Sent  to .", b"ok", b"", b"xOK"):
        with pytest.raises(FormatProblem, match="no known sentence"):
            read(body, templates)
    for template in ("{a}{b}", "{a} {a}"):
        with pytest.raises(ValueError, match="touch or stand twice"):
            read(b"x", [template])


@given(
    st.text("ab |", min_size=1, max_size=8),
    st.text("ab |", min_size=1, max_size=8),
    st.sampled_from(["<{x}> {y}!", "{x}|{y}", "a{x}b{y}", "{x} to {y}"]),
)
def test_a_sentence_made_from_a_template_always_matches_it(x, y, template):
    text = template.replace("{x}", x).replace("{y}", y)
    tree: Any = formats.sentence_tree(text.encode(), [template], trim=False)
    # Perhaps with other values: but putting them in gives the same text.
    assert template.replace("{x}", tree["x"]).replace("{y}", tree["y"]) == text


def test_hostile_sentences_cost_one_pass():
    template = "".join(f"a{{n{i}}}" for i in range(30)) + "b"
    start = time.process_time()
    with pytest.raises(FormatProblem):
        formats.sentence_tree(b"a" * 1_000_000, [template])
    assert time.process_time() - start < 1


def test_csv():
    body = b'\xef\xbb\xbfid,text\r\n1,"a, ""b""\r\nc"\r\n\r\n2,\r\n'
    assert formats.csv_tree(body) == [
        {"id": "1", "text": 'a, "b"\r\nc'},
        {"id": "2", "text": ""},
    ]
    plain = formats.csv_tree(b"1;2\n", ";", fields=("a", "b"), header=False)
    assert plain == [{"a": "1", "b": "2"}]
    assert formats.csv_tree(b"") == []
    for body in (b"a,b\n1\n", b"a,a\n", b'a\n"1"x\n', b'a\n"1'):
        with pytest.raises(FormatProblem):
            formats.csv_tree(body)


def test_text_and_empty():
    assert formats.text_tree(b" 1701\r\n") == {"text": "1701"}
    assert formats.text_tree(b" x ", trim=False) == {"text": " x "}
    assert formats.text_tree("é".encode("latin-1"), charset="latin-1") == {"text": "é"}
    assert formats.empty_tree(b"\r\n") == {}
    with pytest.raises(FormatProblem, match="2 bytes found"):
        formats.empty_tree(b"ok")


@given(st.binary(max_size=200))
def test_no_bytes_escape_the_family_of_problems(body):
    for read in (
        formats.json_tree,
        formats.xml_tree,
        formats.pairs_tree,
        formats.csv_tree,
        formats.text_tree,
        formats.empty_tree,
        lambda data: formats.delimited_tree(data, "|", FIELDS),
        lambda data: formats.sentence_tree(data, ["a{b}c"]),
    ):
        with suppress(FormatProblem):
            read(body)
