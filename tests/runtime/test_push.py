"""Raw requests of strangers to values: strict, bounded, and quoting nothing."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime import decode, push
from wirebook.runtime.errors import Error, InvalidCallback
from wirebook.runtime.tree import ReplyProblem, Tree


def state(tree: Tree) -> str:
    return decode.text(tree, "state")


def callback(**facts: Any) -> push.Callback[str]:
    return push.Callback("acme.report", state, **facts)


def test_json_body() -> None:
    assert callback().parse(method="post", body=b'{"state": "DELIVRD"}') == "DELIVRD"


def test_charset_of_the_header_is_followed() -> None:
    headers = {"Content-Type": "application/json; charset=GBK"}
    body = '{"state": "已送达"}'.encode("gbk")
    assert callback().parse(method="POST", headers=headers, body=body) == "已送达"


def test_form_and_query() -> None:
    form = callback(format="form")
    assert form.parse(method="POST", body=b"state=a+b%26&x=1") == "a b&"
    query = callback(format="query", method="GET")
    assert query.parse(method="GET", query="?state=OK") == "OK"
    assert query.parse(method="GET", query=b"state=OK") == "OK"


def test_xml_body() -> None:
    xml = callback(format="xml")
    assert xml.parse(method="POST", body=b"<r><state>OK</state></r>") == "OK"


@pytest.mark.parametrize(
    ("facts", "request_"),
    [
        ({}, {"method": "GET"}),
        ({}, {"body": b""}),
        ({}, {"body": b"secret-token"}),
        ({}, {"body": b'{"state": "a", "state": "b"}'}),
        ({}, {"body": b"{'state': 'a'}"}),
        ({}, {"body": b"[" * 50_000}),
        ({}, {"body": b'{"secret-token": 1}'}),
        ({}, {"body": b"\xff"}),
        ({}, {"body": b"{}", "headers": {"Content-Encoding": "gzip"}}),
        ({}, {"body": b"{}", "headers": {"Content-Type": "x; charset=zip"}}),
        ({}, {"body": b"{}", "headers": {"Content-Type": "x; charset=nonesuch"}}),
        ({"format": "form"}, {"body": b"state=%ff"}),
        ({"format": "form"}, {"body": b"a=1&" * 2000}),
        ({"format": "query"}, {"query": b"state=\xff"}),
        ({"format": "xml"}, {"body": b'<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>'}),
        ({"lenient": True}, {"body": b"{'state ': 'a', 'state': 'b'}"}),
        ({"lenient": True}, {"body": b"{'state': 'a'"}),
        ({"lenient": True}, {"body": b"{'state': __import__('os')}"}),
    ],
)
def test_what_is_no_push(facts: dict[str, Any], request_: dict[str, Any]) -> None:
    with pytest.raises(InvalidCallback) as failure:
        callback(**facts).parse(**{"method": "POST", **request_})

    assert isinstance(failure.value, ValueError)
    assert isinstance(failure.value, Error)
    assert str(failure.value).startswith("acme.report: ")
    assert "secret-token" not in str(failure.value)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{'a': 'b'}", {"a": "b"}),
        (b"""{"a ":'b'}""", {"a": "b"}),
        (b"""{"a": "it's"}""", {"a": "it's"}),
        (b"""{'a': 'it\\'s'}""", {"a": "it's"}),
        (b"""{'a': 'say "x"'}""", {"a": 'say "x"'}),
        (b"""{'a': 'say \\"x\\"'}""", {"a": 'say "x"'}),
        (b"""{'a': '\\u4e2d\\n'}""", {"a": "中\n"}),
        (b"""[{' a ': [1, null, 'x']}]""", [{"a": [1, None, "x"]}]),
    ],
)
def test_lenient_json(body: bytes, value: object) -> None:
    assert push.lenient_json_tree(body) == value


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
        lambda part: st.lists(part) | st.dictionaries(st.text().map(str.strip), part),
        max_leaves=10,
    )
)
def test_what_is_json_is_lenient_json_too(value: object) -> None:
    assert push.lenient_json_tree(json.dumps(value).encode()) == value


@pytest.mark.parametrize("unit", [b"'", b'"', b"\\'", b'"\\', b"'a'", b"{'"])
def test_hostile_quotes_cost_one_pass(unit: bytes) -> None:
    body = unit * (500_000 // len(unit))
    started = time.process_time()
    with pytest.raises(ReplyProblem):
        push.lenient_json_tree(body)
    assert time.process_time() - started < 2


def test_listed_needs_a_list() -> None:
    assert push.listed({"a": [{"state": "x"}]}, "a", state) == ["x"]
    assert push.listed({"a": []}, "a", state) == []
    trees: list[Tree] = [{}, {"a": None}, {"a": {"state": "x"}}]
    for tree in trees:
        with pytest.raises(ReplyProblem):
            push.listed(tree, "a", state)
    with pytest.raises(ReplyProblem, match=r"a\.1\.state"):
        push.listed({"a": [{"state": "x"}, {}]}, "a", state)
