"""Basic authentication, the account in the path, codes in failures only."""

import base64
import json
from datetime import UTC, datetime

import pytest

from tests.support.loopback import Answer

KEYS = {"account": "AC1", "token": "tok"}
HOME = "/2010/Accounts/AC1/Messages"
JSON = (("Content-Type", "application/json"),)
MESSAGE = {
    "sid": "SM1",
    "status": "queued",
    "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
    "price": None,
}


def failed(http, code):
    body = json.dumps({"code": code, "message": f"e{code}", "status": http})
    return Answer(body.encode(), http, JSON)


def provider(request):
    pair = base64.b64encode(b"AC1:tok").decode()
    assert request.header("Authorization") == f"Basic {pair}"
    message = dict(MESSAGE)
    if request.method == "GET":
        if request.path != f"{HOME}/SM1.json":
            return failed(404, 20404)
        return json.dumps(dict(message, status="delivered", price="-0.00750"))
    if request.method == "DELETE":
        if request.path != f"{HOME}/SM1.json":
            return failed(404, 21999)
        return 204, ""
    assert request.path == f"{HOME}.json"
    form = request.form()
    if ("To", "+0") in form:
        return failed(400, 21211)
    if ("To", "+9") in form:
        return failed(400, 21602)
    assert form == [
        ("To", "+1"),
        ("MessagingServiceSid", "MG"),
        ("MediaUrl", "https://a/?b=c&d"),
        ("MediaUrl", "https://e"),
        ("SendAt", "2024-01-02T03:04:05Z"),
    ]
    return 201, json.dumps(message)


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        message = api.call(
            "send",
            recipient="+1",
            service="MG",
            media=["https://a/?b=c&d", "https://e"],
            send_at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        )
        assert (message.sid, message.status.name) == ("SM1", "QUEUED")
        assert message.sent == datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC)
        assert str(api.call("get_message", sid="SM1").price) == "-0.00750"
        assert api.call("delete_message", sid="SM1") is None


def test_refusals(connect):
    with connect(provider, **KEYS) as (api, _):
        error = api.fails("send", recipient="+0", sender="+2", text="x")
        assert isinstance(error, api.errors.RecipientRejected)
        error = api.fails("send", recipient="+9", sender="+2", text="x")
        assert isinstance(error, api.errors.InvalidRequest)
        assert (error.code, error.provider_message) == ("21602", "e21602")
        assert api.fails("get_message", sid="none").code == "20404"
        error = api.fails("delete_message", sid="none")
        assert isinstance(error, api.errors.InvalidRequest)


@pytest.mark.parametrize(
    "given",
    [
        {"text": "x"},
        {"sender": "+2", "service": "M", "text": "x"},
        {"sender": "+2"},
        {"sender": "+2", "text": "x", "send_at": datetime(2024, 1, 1, tzinfo=UTC)},
    ],
)
def test_rules_are_checked_before_anything_is_sent(connect, given):
    with connect(provider, **KEYS) as (api, server):
        error = api.fails("send", recipient="+1", **given)
        assert isinstance(error, api.errors.InvalidArgument)
        assert server.requests == []
