"""A MAC over host and port, pages that link to the next one, offsets from the first
item, a token that ends when it is idle."""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlencode

KEYS = {"key": "lk", "secret": "ls"}
WHEN = datetime(2030, 1, 2, tzinfo=UTC)


def signed(request):
    header = request.header("Authorization")
    pattern = r'MAC id="lk", ts="(\d+)", nonce="(\w{32})", mac="(.+)"'
    found = re.fullmatch(pattern, header)
    assert found is not None, header
    at, nonce, mac = found.groups()
    host, _, port = request.header("Host").partition(":")
    parts = (at, nonce, request.method, request.target, host, port, "")
    text = "".join(f"{part}\n" for part in parts)
    made = base64.urlsafe_b64encode(hmac.digest(b"ls", text.encode(), hashlib.sha256))
    return mac == made.decode().rstrip("=").replace("-", "").replace("_", "~")


def provider(request):
    query = dict(request.query)
    if request.path == "/v2/ping":
        return "1" if request.header("X-Token") == "t-1" else (403, "{}")
    if not signed(request):
        return 403, '{"error": "no"}'
    if request.path == "/v2/session":
        return '"t-1"'
    if request.path == "/v2/sheets":
        start = int(query.get("start", 0))
        found = [{"id": number} for number in range(start, min(start + 2, 5))]
        return json.dumps({"messages": found, "total": 5})
    assert (query["kind"], query["limit"]) == ("sms", "2")
    assert query["sent>"] == "2030-01-02T00:00:00Z"
    page = int(query.get("page", 0))
    if page:
        assert query["mark"] == f"ä&{page}"
    following = f"/v2/messages?kind=sms&page={page + 1}&mark=%C3%A4%26{page + 1}"
    following += "&limit=2&sent%3E=2030-01-02T00%3A00%3A00Z"
    links = {"next": f"https://elsewhere.example{following}" if page < 2 else None}
    found = [{"id": 2 * page}, {"id": 2 * page + 1}]
    return json.dumps({"messages": found, "links": links})


def test_links_are_followed_where_the_call_goes(connect):
    with connect(provider, **KEYS) as (api, played):
        found = api.call("iter_messages", after=WHEN, limit=2)
        assert [one.id for one in found] == [0, 1, 2, 3, 4, 5]
        assert len(played.requests) == 3


def echoing(request):
    """Links to the next page as the request was, signature and all."""
    names = [name for name, _ in request.query]
    assert sorted(set(names)) == sorted(names)
    query = dict(request.query)
    fields = "&".join(
        f"{name}={query[name]}" for name in sorted(query.keys() - {"sign"})
    )
    sign = hmac.new(b"ls", fields.encode(), hashlib.sha256).hexdigest()
    assert (query["key"], query["sign"], query["kind"]) == ("lk", sign, "sms")
    page = int(query.pop("page", 0))
    link = f"/v2/sealed?{urlencode(query)}&page={page + 1}" if page < 2 else None
    return json.dumps({"messages": [{"id": page}], "links": {"next": link}})


def test_links_that_repeat_the_authentication(connect):
    with connect(echoing, **KEYS) as (api, played):
        found = api.call("iter_sealed", limit=2)
        assert [one.id for one in found] == [0, 1, 2]
        assert "page=2" in played.requests[-1].query_text


def test_offsets_begin_with_the_first_item(connect):
    with connect(provider, **KEYS) as (api, _):
        found = api.call("iter_sheets", position="x", max_items=4)
        assert [one.id for one in found] == [0, 1, 2, 3]


def test_a_link_without_a_query_leads_nowhere(connect):
    def confused(request):
        return '{"messages": [{"id": 1}], "links": {"next": "/v2/more"}}'

    with connect(confused, **KEYS) as (api, _):
        error = api.fails("iter_messages")
        assert "no query" in str(error)


def test_the_reply_is_the_token(connect):
    with connect(provider, **KEYS) as (api, played):
        assert api.call("ping") == api.call("ping") == 1
        assert [request.method for request in played.requests] == ["POST", "GET", "GET"]


def test_words_under_names_that_nobody_knows(connect):
    def picky(request):
        return 400, '{"errors": {"limit": ["is too large"]}}'

    with connect(picky, **KEYS) as (api, _):
        assert api.fails("list_messages").provider_message == "is too large"
    with connect(provider, key="lk", secret="other") as (api, _):
        assert isinstance(api.fails("list_messages"), api.errors.InvalidCredentials)
