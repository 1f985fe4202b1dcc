"""What goes over the wire, or is refused before it does: the same for both clients."""

from __future__ import annotations

import asyncio
import json
import warnings
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telecoms import aisix
from telecoms._runtime import errors as shared
from tests.support.fault_server import fault_server, reply
from tests.support.sinks import chain
from tests.support.specimen import NO_WAIT, OK, call, modes, operation, perform, read
from wirebook.runtime import check, convert, errors
from wirebook.runtime.call import Call
from wirebook.runtime.draft import Draft
from wirebook.runtime.request import Place
from wirebook.runtime.status import Does, Submitted

pytestmark = modes
NASTY = st.text(
    st.one_of(
        st.sampled_from("\r\n\0&#+|%=?/\\{}\"'<> \u2028\u2029\ufeffß漢😀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def sent(mode: str, *drafts: Draft, **options: Any) -> list[bytes]:
    """The requests as they arrived."""
    facts = operation(Does.SUBMITS, timeout=5, retry=NO_WAIT, authenticate=None)
    calls = [Call(facts, draft, read) for draft in drafts]
    with fault_server([OK]) as server:
        found = perform(mode, server.url, *calls, **options)
        assert found[:-1] == ["7"] * len(drafts), found
        return server.requests


def query(method: str, **values: Any) -> Draft:
    draft = Draft(
        method, "/do?action=x", Place.QUERY if method == "GET" else Place.FORM
    )
    for name, value in values.items():
        draft.add(name, value)
    return draft


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(NASTY, min_size=1, max_size=4))
def test_any_text_arrives_as_it_is(mode: str, texts: list[str]) -> None:
    values = {f"p{n}": text for n, text in enumerate(texts)}
    made = Draft("POST", "/do", Place.JSON)
    for name, text in values.items():
        made.add(name, text)
    get, post, body = sent(mode, query("GET", **values), query("POST", **values), made)
    target = get.split(b" ")[1].decode("ascii")
    pairs = parse_qsl(target.partition("?")[2], keep_blank_values=True)
    assert pairs == [("action", "x"), *values.items()]
    form = post.partition(b"\r\n\r\n")[2].decode("ascii")
    assert parse_qsl(form, keep_blank_values=True) == list(values.items())
    assert json.loads(body.partition(b"\r\n\r\n")[2]) == values
    # One head each: no text has become a header or another request.
    assert all(one.count(b"Content-Length:") <= 1 for one in (get, post, body))


@pytest.mark.parametrize(
    ("encoding", "quoted"), [("form", quote_plus), ("rfc3986", quote)]
)
def test_blanks_are_spelled_as_documented(
    mode: str, encoding: str, quoted: Any
) -> None:
    draft = Draft("GET", "/do", Place.QUERY, encoding=encoding)
    draft.add("text", "a b+c&d~")
    [request] = sent(mode, draft)
    wanted = quoted("a b+c&d~", safe="")
    assert request.startswith(f"GET /do?text={wanted} HTTP/1.1\r\n".encode())


def test_a_query_in_the_path_stays(mode: str) -> None:
    get, post = sent(mode, query("GET", a="1"), query("POST", a="1"))
    assert get.startswith(b"GET /do?action=x&a=1 HTTP/1.1\r\n")
    assert post.startswith(b"POST /do?action=x HTTP/1.1\r\n")


def aisix_request(mode: str, **changes: Any) -> Any:
    """The form that `send_once` sends, or the error that it raises."""
    options: dict[str, Any] = {
        "account": "admin@acme",
        "authkey": "ABCDEFGH123456789012345678901234",
        "timeout": 5,
    }
    arguments: dict[str, Any] = {
        "channel_group": "1",
        "content": "hello",
        "recipients": ["13512345678"],
        **changes,
    }

    async def main(url: str) -> None:
        async with aisix.AsyncClient(base_url=url, **options) as client:
            await client.send_once(**arguments)

    with fault_server([reply(b"")]) as server:
        try:
            if mode == "async":
                asyncio.run(main(server.url))
            else:
                with aisix.Client(base_url=server.url, **options) as client:
                    client.send_once(**arguments)
        except shared.OutcomeUnknown:
            body = server.requests[0].partition(b"\r\n\r\n")[2].decode("ascii")
            return dict(parse_qsl(body, keep_blank_values=True))
        except shared.Error as error:
            assert server.accepted == 0
            return error
    raise AssertionError("an empty reply was believed")


def test_none_is_left_out_and_empty_is_refused(mode: str) -> None:
    assert "t" not in aisix_request(mode, send_at=None)
    unfit: list[dict[str, Any]] = [
        {"content": ""},
        {"content": None},
        {"recipients": []},
    ]
    for changes in unfit:
        error = aisix_request(mode, **changes)
        assert isinstance(error, shared.InvalidArgument)
        assert error.submitted.value == "no"


@pytest.mark.parametrize("text", ["1,2", ",", "1\r\n2", "\ud800"])
def test_a_joiner_inside_of_an_item_is_refused(mode: str, text: str) -> None:
    error = aisix_request(mode, recipients=["13512345678", text])
    if text == "1\r\n2":
        assert error["m"] == "13512345678,1\r\n2"
    else:
        assert isinstance(error, shared.InvalidArgument)
        assert (error.parameter or "").startswith("recipients")
    with pytest.raises(errors.InvalidArgument):
        convert.joined("numbers", ["1", "a{|}b"], "{|}")


def test_truths_are_spelled_as_documented(mode: str) -> None:
    draft = query("POST")
    draft.add(
        "dlr", convert.boolean_text(check.boolean("dlr", True), spelling=("0", "1"))
    )
    [request] = sent(mode, draft)
    assert request.endswith(b"\r\n\r\ndlr=1")
    for other in (1, "true", None):
        with pytest.raises(errors.InvalidArgument):
            check.boolean("dlr", other)  # type: ignore[arg-type] # what a caller may do


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "a\0b", "漢字", "a\x7f"])
def test_a_header_cannot_be_broken(mode: str, value: str) -> None:
    facts = operation(
        Does.SUBMITS, timeout=5, authenticate=lambda draft, *_: put(draft)
    )

    def put(draft: Draft) -> None:
        draft.header("X-Key", f"CANARY{value}")

    with fault_server([OK]) as server:
        error, _ = perform(mode, server.url, call(facts))
        assert server.accepted == 0
    assert isinstance(error, errors.InvalidArgument)
    assert error.submitted is Submitted.NO
    assert "X-Key" in str(error)
    assert not any("CANARY" in repr(one) for one in chain(error))


def test_plain_http_is_refused_and_where_it_is_documented_it_is_seen(mode: str) -> None:
    """Nothing is sent in clear to another machine that nobody has allowed."""
    with pytest.raises(errors.InvalidArgument, match="allow_insecure") as caught:
        perform(mode, "http://api.example", call(operation(Does.SUBMITS)))
    assert caught.value.parameter == "base_url"
    client = aisix.Client if mode == "sync" else aisix.AsyncClient
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = client(account="a@b", authkey="ABCDEFGH123456789012345678901234")
    assert "http://api.aisix.com" in repr(made)
    assert "Plain HTTP, as" in (client.__doc__ or "")
