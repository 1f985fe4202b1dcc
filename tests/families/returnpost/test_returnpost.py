"""Pushes that prove where they come from: signatures over URL and form, over time and
body, in the query, in the body; a password."""

import asyncio
import base64
import hashlib
import hmac
import json
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.families import PACKAGE, generated, provider
from wirebook.simulate.proof import proved
from wirebook.simulate.push import Pushed
from wirebook.simulate.state import Account

URL = "https://hooks.example.com/in?tenant=a%20b"
FIELDS = {"id": "m&1", "state": "delivéred"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json; charset=utf-8"}
KEYS = {"push_key": "pk"}


@pytest.fixture(scope="module")
def callbacks():
    return generated(Path(__file__).parent).callbacks


@pytest.fixture(scope="module")
def errors(callbacks):
    return import_module(f"{PACKAGE}._runtime.errors")


def mac(name, text):
    return hmac.digest(b"pk", text, name)


def form(url=URL):
    text = url + "".join(name + FIELDS[name] for name in sorted(FIELDS))
    sign = base64.b64encode(mac("sha1", text.encode())).decode()
    return {
        "headers": {**FORM, "X-Sign": sign},
        "body": urlencode(FIELDS).encode(),
        "url": url,
    }


def in_json():
    body = json.dumps({"data": FIELDS}).encode()
    sign = mac("sha256", b"17." + body).hex()
    headers = {**JSON, "X-Time": "17", "x-sign": f"v1=old, v1={sign}"}
    return {"headers": headers, "body": body, "url": URL}


def in_query():
    pairs = {**FIELDS, "tenant": "a"}
    text = "&".join(
        f"{name}={pairs[name].replace('&', '_').replace('=', '_')}"
        for name in sorted(pairs)
    )
    sig = hashlib.md5(f"{text}pk".encode()).hexdigest().upper()
    query = urlencode({**pairs, "sig": sig})
    return {"headers": {}, "query": query, "url": "https://hooks.example.com/in"}


def signed():
    text = f"{FIELDS['id']}|{FIELDS['state']}|pk"
    sign = hashlib.sha512(text.encode()).hexdigest()
    body = json.dumps({**FIELDS, "sign": sign}).encode()
    return {"headers": JSON, "body": body, "url": URL}


def basic():
    token = base64.b64encode(b"me:pk").decode()
    headers = {**JSON, "Authorization": f"Basic {token}"}
    return {
        "headers": headers,
        "body": json.dumps(FIELDS).encode(),
        "url": URL,
        "user": "me",
    }


PUSHES = {
    "report_form": form,
    "report_json": in_json,
    "report_query": in_query,
    "report_signed": signed,
    "report_basic": basic,
}
every = pytest.mark.parametrize("name", PUSHES)


@every
def test_a_push_of_the_provider_is_read(callbacks, name):
    parse = getattr(callbacks, f"parse_{name}")
    report = parse(**PUSHES[name](), **KEYS)
    assert (report.id, report.state) == tuple(FIELDS.values())


@every
def test_another_key_is_refused_and_not_shown(callbacks, errors, name):
    parse = getattr(callbacks, f"parse_{name}")
    with pytest.raises(errors.InvalidCallback) as caught:
        parse(**PUSHES[name](), push_key="wrong-key")
    assert caught.value.reason == "signature"
    assert "wrong-key" not in str(caught.value)


@pytest.mark.parametrize("name", sorted(PUSHES.keys() - {"report_basic"}))
def test_a_changed_push_is_refused(callbacks, errors, name):
    push = PUSHES[name]()
    for part, old, new in (
        ("body", b"m", b"n"),
        ("query", "id=m", "id=n"),
    ):
        if part in push:
            push[part] = push[part].replace(old, new)
    with pytest.raises(errors.InvalidCallback, match="does not fit"):
        getattr(callbacks, f"parse_{name}")(**push, **KEYS)


@every
def test_a_push_without_proof_is_refused(callbacks, errors, name):
    push = PUSHES[name]()
    push["headers"] = {k: v for k, v in push["headers"].items() if k in JSON}
    if "query" in push:
        push["query"] = push["query"].replace("sig=", "other=")
    if "body" in push:
        push["body"] = push["body"].replace(b'"sign"', b'"other"')
    with pytest.raises(errors.InvalidCallback, match="is missing"):
        getattr(callbacks, f"parse_{name}")(**push, **KEYS)


def test_what_is_needed_is_asked_for(callbacks, errors, monkeypatch):
    monkeypatch.delenv("RETURNPOST_PUSH_KEY", raising=False)
    with pytest.raises(errors.InvalidArgument, match="push_key: missing"):
        callbacks.parse_report_form(**form())
    with pytest.raises(errors.InvalidArgument, match="url: the whole URL"):
        callbacks.parse_report_form(**{**form(), "url": "/in"}, **KEYS)
    with pytest.raises(errors.InvalidArgument, match="push_key: missing"):
        callbacks.Application(on_report_form=print)
    monkeypatch.setenv("RETURNPOST_PUSH_KEY", "pk")
    assert callbacks.parse_report_form(**form()).id == "m&1"


def test_the_query_that_is_read_is_the_one_that_was_proved(callbacks):
    push = in_query()
    push["url"] += f"?{push['query']}"
    push["query"] = push["query"].replace("id=m", "id=n")
    assert callbacks.parse_report_query(**push, **KEYS).id == "m&1"


def test_the_application_answers_by_the_proof(callbacks):
    received: list[Any] = []
    push = form("https://hooks.example.com/hooks/report_form?tenant=a%20b")

    def answer(**options):
        handlers = {"on_report_form": received.append, "on_report_plain": print}
        application = callbacks.Application(**handlers, **options)
        return asyncio.run(asked(application, push))

    assert answer(**KEYS, origin="https://hooks.example.com/") == 200
    assert [report.id for report in received] == ["m&1"]
    # Behind a proxy the provider knows another URL.
    assert answer(**KEYS) == 403
    assert answer(push_key="wrong-key", origin="https://hooks.example.com") == 403
    assert len(received) == 1


@every
def test_the_simulator_proves_what_it_pushes(callbacks, name):
    spec = provider(Path(__file__).parent)
    callback = next(one for one in spec.products[0].callbacks if one.key == name)
    headers = {"form": FORM, "json": JSON}.get(callback.format, {})
    record = json.dumps({"data": FIELDS} if callback.at else FIELDS).encode()
    url, body = URL, b""
    if callback.format == "query":
        url = f"https://hooks.example.com/in?{urlencode(FIELDS)}"
    else:
        body = record if callback.format == "json" else urlencode(FIELDS).encode()
    account = Account({"key": "k", "push_key": "pk", "user": "me"}, {})
    push = proved(
        spec,
        callback,
        account,
        Pushed(name, callback.method, url, headers, body, (200,)),
    )
    given: dict[str, Any] = {"url": push.url, "headers": push.headers, **KEYS}
    if callback.format == "query":
        given["query"] = push.url.partition("?")[2]
    else:
        given["body"] = push.body
    if name == "report_basic":
        given["user"] = "me"
    assert getattr(callbacks, f"parse_{name}")(**given).state == FIELDS["state"]


async def asked(application, push):
    sent = []
    headers = {**push["headers"], "Host": "10.0.0.1:8000"}
    path, _, query = (
        push["url"].removeprefix("https://hooks.example.com").partition("?")
    )

    async def receive():
        return {"type": "http.request", "body": push["body"], "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
    }
    await application(scope, receive, send)
    return sent[0]["status"]


LINES = [{"number": "4791", "state": "ok"}, {"number": "4792", "state": "late"}]


def test_json_inside_of_a_form(callbacks, errors):
    record = {"request": "r", "report": LINES}
    fields = urlencode({"data": json.dumps([record]), "other": "[x"}).encode()
    [report] = callbacks.parse_report_inside(body=fields, headers=FORM)
    assert [(line.phone, line.state) for line in report.lines] == [
        ("4791", "ok"),
        ("4792", "late"),
    ]
    beside = urlencode({"request": "r", "report": json.dumps(LINES)}).encode()
    assert callbacks.parse_report_beside(body=beside, headers=FORM) == report
    with pytest.raises(errors.InvalidCallback, match="data: ") as caught:
        callbacks.parse_report_inside(body=b"data=%5B%7B4791", headers=FORM)
    assert caught.value.reason == "content"
