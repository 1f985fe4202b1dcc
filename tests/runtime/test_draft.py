"""Drafts become requests: order, places, addresses, and what may be shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.draft import Draft, Place
from wirebook.runtime.errors import InvalidArgument
from wirebook.runtime.record import File
from wirebook.runtime.secret import Secret

BASE = "https://api.example.com"


def test_pairs_stand_as_fixed_lead_parameters_trail():
    draft = Draft("GET", "/send?action=once", Place.QUERY)
    draft.add("to", "1")
    draft.trail(None, "sign", "s")
    draft.lead(None, "key", Secret("k"))
    draft.fixed("v", "2")
    draft.add("text", "a b")
    request = draft.build(BASE)
    assert request.target == "/send?action=once&v=2&key=k&to=1&text=a+b&sign=s"
    assert request.url == BASE + request.target
    assert (request.body, request.headers) == (b"", [("Host", "api.example.com")])


def test_a_form_and_a_query_at_once():
    draft = Draft("POST", "/send", Place.FORM, encoding="php")
    draft.add("c", "测试 ~")
    draft.add("n", Decimal("0.10"))
    draft.add("on", True)
    draft.add("to", ["1", "2"])
    draft.add("p{i}", ["x", "y"], first=0)
    draft.lead(Place.QUERY, "key", "k")
    request = draft.build(BASE)
    assert request.target == "/send?key=k"
    assert (
        request.body == b"c=%E6%B5%8B%E8%AF%95+%7E&n=0.10&on=true&to=1&to=2&p0=x&p1=y"
    )
    assert request.header("content-type") == "application/x-www-form-urlencoded"


def test_json_nests_by_dots():
    message = {"to": "1"}
    draft = Draft("POST", "/", Place.JSON, array_root=True)
    draft.add("message", message)
    draft.add("message.text", "ü")
    draft.add("a.b", [1, {"x": None}])
    draft.add("a\\.b", Decimal("0.10"))
    draft.lead(None, "auth.key", Secret("k"))
    assert draft.build(BASE).body.decode() == (
        '[{"auth":{"key":"k"},"message":{"to":"1","text":"ü"},'
        '"a":{"b":[1,{"x":null}]},"a.b":0.10}]'
    )
    assert message == {"to": "1"}


def test_json_that_is_one_value():
    draft = Draft("POST", "/", Place.JSON)
    draft.add("", [{"to": "1"}])
    assert draft.build(BASE).body == b'[{"to":"1"}]'
    assert Draft("POST", "/", Place.JSON).build(BASE).body == b"{}"
    assert Draft("GET", "/", Place.JSON).build(BASE).body == b""


def test_fields_that_collide_are_a_mistake():
    for wires in (("a", "a"), ("a", "a.b"), ("a.b", "a")):
        draft = Draft("POST", "/", Place.JSON)
        for wire in wires:
            draft.add(wire, "x")
        with pytest.raises(ValueError, match=r"twice|already"):
            draft.build(BASE)
    draft = Draft("POST", "/", Place.JSON)
    draft.add("a", "x", Place.FORM)
    with pytest.raises(ValueError, match="one body cannot be"):
        draft.build(BASE)


def test_xml():
    draft = Draft("POST", "/", Place.XML, xml_root="req", xml_namespace="urn:x")
    draft.add("to.@type", "1")
    draft.add("to.number", ["1", "2"])
    draft.lead(None, "key", Secret("k"))
    request = draft.build(BASE)
    assert request.body.endswith(
        b'<req xmlns="urn:x"><key>k</key><to type="1"><number>1</number>'
        b"<number>2</number></to></req>"
    )
    assert request.header("Content-Type") == "application/xml"


def test_multipart_has_one_boundary_in_head_and_body():
    draft = Draft("POST", "/", Place.MULTIPART)
    draft.add("file", File(name="a.txt", content=b"hi"))
    draft.add("tag", ["x", "y"])
    assert draft.body
    draft.bind(BASE, boundary="NONCE")
    assert draft.header_value("content-type") == "multipart/form-data; boundary=NONCE"
    assert draft.body.count(b"--NONCE") == 4
    other = Draft("POST", "/", Place.MULTIPART).build(BASE)
    mark = str(other.header("content-type")).rpartition("=")[2]
    assert len(mark) == 32
    assert mark.encode() in other.body


@pytest.mark.parametrize(
    ("value", "body", "media_type"),
    [
        ("é", "é".encode(), "text/plain; charset=utf-8"),
        (b"\0", b"\0", "application/octet-stream"),
    ],
)
def test_a_raw_body(value, body, media_type):
    draft = Draft("PUT", "/", Place.BODY)
    draft.add("content", value)
    draft.lead(None, "key", "k")
    request = draft.build(BASE)
    assert (request.body, request.target) == (body, "/?key=k")
    assert request.header("Content-Type") == media_type


def test_charsets_are_said_and_refused():
    draft = Draft("POST", "/", Place.FORM, charset="gbk")
    draft.add("c", "测")
    request = draft.build(BASE)
    assert request.body == b"c=%B2%E2"
    assert str(request.header("Content-Type")).endswith("; charset=gbk")
    draft.add("d", "😀")
    with pytest.raises(InvalidArgument, match="d: character 1"):
        draft.build(BASE)


def test_headers_replace_their_namesakes_and_cannot_be_broken():
    draft = Draft(
        "POST", "/", Place.JSON, content_type="application/json;charset=UTF-8"
    )
    draft.header("X-Key", "a")
    draft.header("x-key", Secret("b"))
    draft.header("X-Count", 5)
    headers = draft.build(BASE).headers
    assert headers == [
        ("Host", "api.example.com"),
        ("Content-Type", "application/json;charset=UTF-8"),
        ("x-key", "b"),
        ("X-Count", "5"),
    ]
    with pytest.raises(InvalidArgument, match="Sign") as caught:
        draft.header("Sign", Secret("canary\r\nX: y"))
    assert "canary" not in str(caught.value)


@given(st.text(min_size=1, max_size=20).filter(lambda text: text not in (".", "..")))
def test_path_parameters_are_one_segment(value):
    draft = Draft("GET", "/v1/{id}/x", Place.QUERY)
    draft.path("id", value)
    _, version, segment, end = draft.build(BASE).target.split("/")
    assert (version, end) == ("v1", "x")
    assert segment.isascii()
    assert not set(segment) & set("?# ")


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_path_parameters_cannot_climb(value):
    with pytest.raises(InvalidArgument, match="id: "):
        Draft("GET", "/v1/{id}", Place.QUERY).path("id", value)


def test_settings_fill_paths_and_hosts():
    draft = Draft("GET", "/{platform}/x?v={version}", Place.QUERY)
    settings = {"platform": "Open Platform", "version": "1", "region": "eu"}
    request = draft.build("https://{region}.example.com/base/", settings)
    assert request.url == "https://eu.example.com/base/Open%20Platform/x?v=1"
    with pytest.raises(InvalidArgument, match="base_url"):
        draft.build("https://{region}.example.com", settings | {"region": "evil/"})
    with pytest.raises(InvalidArgument, match="version: the path needs it"):
        draft.build(BASE, {"platform": "x"})


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Api.Example.com:80", "api.example.com"),
        ("https://api.example.com:443/", "api.example.com"),
        ("http://api.example.com:8080", "api.example.com:8080"),
        ("http://127.0.0.1:1", "127.0.0.1:1"),
        ("http://[::1]:8080", "[::1]:8080"),
        ("http://[::1]", "[::1]"),
    ],
)
def test_hosts(url, host):
    assert Draft("GET", "/", Place.QUERY).bind(url).host == host


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a",
        "//a",
        "a.example.com",
        "http://",
        "http://user:pass@a",
        "http://a?x",
        "http://a?",
        "http://a#x",
        "http://a b",
        "http://a\r\nb",
        "http://a:x",
        "http://a:",
        "http://a:99999999",
        "http://[::1",
        "http://-a",
        "http://é",
    ],
)
def test_addresses_that_are_refused(url):
    with pytest.raises(InvalidArgument, match="base_url"):
        Draft("GET", "/", Place.QUERY).bind(url)


def test_nothing_secret_is_shown():
    draft = Draft("GET", "/{number}?action=once", Place.QUERY)
    draft.path("number", "8618100002707")
    draft.lead(None, "key", Secret("canary"))
    draft.add("text", "canary")
    request = draft.build(BASE)
    assert request.safe_url == f"{BASE}/{{number}}?action=***&key=***&text=***"
    for shown in (repr(request), repr(draft), request.safe_url):
        assert "canary" not in shown
        assert "8618100002707" not in shown


def test_keys_of_a_mapping_are_the_callers_and_not_shown():
    draft = Draft("GET", "/x", Place.QUERY)
    draft.add("vars", {"canary": "1"})
    request = draft.build(BASE)
    assert request.target == "/x?vars%5Bcanary%5D=1"
    assert request.safe_url == f"{BASE}/x?vars=***"


def test_a_copy_is_independent():
    draft = Draft("POST", "/{id}", Place.FORM)
    draft.add("a", "1")
    twin = draft.copy()
    twin.trail(None, "sign", "s")
    twin.header("X", "y")
    twin.path("id", "5")
    assert twin.build(BASE).body == b"a=1&sign=s"
    draft.path("id", "6")
    request = draft.build(BASE)
    assert (request.body, request.target, request.header("X")) == (b"a=1", "/6", None)


def test_the_body_is_written_once_until_it_changes():
    draft = Draft("POST", "/", Place.JSON)
    draft.add("a", "1")
    assert draft.body is draft.body
    draft.add("b", "2")
    assert draft.body == b'{"a":"1","b":"2"}'


def test_signatures_can_look_at_everything():
    draft = Draft("POST", "/v1/x?y=1", Place.FORM)
    draft.add("to", "5")
    draft.bind(BASE + "/p", {"app": "7"}, session_token="t")
    assert draft.field("to") == "5"
    assert draft.field("none") == ""
    assert draft.setting("app") == "7"
    assert draft.session_token == "t"
    assert draft.request_path == "/p/v1/x"
    assert draft.query_text == "y=1"
    assert draft.query_pairs == [("y", "1")]
    assert draft.form_pairs == [("to", "5")]
    assert draft.header_value("HOST") == "api.example.com"
    assert draft.url == "https://api.example.com/p/v1/x?y=1"


def test_moments_ahead_are_judged_by_the_clients_clock():
    now = datetime(2013, 7, 21, 10, tzinfo=UTC)
    draft = Draft("GET", "/", Place.QUERY)
    draft.ahead("send_at", now + timedelta(seconds=60), 60)
    draft.copy().bind(BASE, now=now)
    with pytest.raises(InvalidArgument, match=r"send_at: .* 60 seconds ahead"):
        draft.copy().bind(BASE, now=now + timedelta(seconds=1))


def test_none_is_never_sent_by_accident():
    draft = Draft("GET", "/", Place.QUERY)
    draft.add("m", None)
    with pytest.raises(InvalidArgument, match="m: NoneType"):
        draft.build(BASE)
