"""One scheme for requests with and without a body, a token, a query."""

import hashlib
import hmac
import json
from urllib.parse import quote

KEYS = {"access_key": "HEAD/1", "secret_key": "top secret"}
REFUSED = (403, '{"code": 1, "message": "bad signature"}')


def keyed(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def escaped(text):
    return quote(text, safe="-._~")


def provider(request):
    sent = request.header("Authorization")
    names, signature = sent.split("/")[-2:]
    prefix = sent.removesuffix(f"/{names}/{signature}")
    assert prefix == f"head-auth-v1/HEAD/1/{request.header('X-Date')}/1800"
    wanted = ["host", "x-date"]
    if request.method == "POST":
        wanted.insert(0, "content-type")
    if request.header("X-Token"):
        wanted.append("x-token")
    assert names.split(";") == wanted
    pairs = sorted(f"{escaped(name)}={escaped(value)}" for name, value in request.query)
    lines = [f"{name}:{escaped(request.header(name))}" for name in wanted]
    text = "\n".join([request.method, request.path, "&".join(pairs), *lines])
    if signature != keyed(keyed("top secret", prefix), text):
        return REFUSED
    if request.method == "GET":
        return '{"code": 0, "count": 7}'
    return json.dumps({"code": 0, "id": json.loads(request.body)["phone"]})


def lines(request):
    text = "sms|HEAD/1|" + "".join(
        f"{name}={value}|" for name, value in sorted(request.form())
    )
    digest = hashlib.sha256(f"{text}top secret".encode()).hexdigest()
    return "yes" if request.header("X-Sign") == digest else "no"


def test_what_a_request_has_is_what_is_signed(connect):
    for token in ({}, {"token": "a/b+c=="}):
        with connect(provider, **KEYS, **token) as (api, _):
            assert api.call("send", phone="+491", mark="é /~*") == "+491"
            assert api.call("send", phone="+492") == "+492"
            assert api.call("count") == 7


def test_another_key_is_refused(connect):
    with connect(provider, **{**KEYS, "secret_key": "other"}) as (api, _):
        assert isinstance(api.fails("count"), api.errors.InvalidCredentials)


def test_lines_with_an_end(connect):
    with connect(lines, **KEYS) as (api, _):
        assert api.call("ping", b="2 &", a="1") == "yes"
