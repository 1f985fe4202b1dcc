"""Sentences for records, pairs in one line, a bare number, codes with zeros."""

from decimal import Decimal

KEYS = {"key": "pw"}


def provider(request):
    query = dict(request.query)
    if query["api_id"] != "pw":
        return "ERR: 001, Authentication failed"
    if request.path.endswith("getbalance"):
        return "user=x&credit=12.50\n"
    if request.path.endswith("count"):
        return " 42\r\n"
    if request.path.endswith("sendeach"):
        if query["text"] == "no":
            return "ERR: 001, Ask your manager"
        refused = "ERR: 105, Unknown number To: "
        lines = [
            f"{refused}{to}" if to == "+9" else f"ID: a{to[1:]} To: {to}"
            for to in query["to"].split(",")
        ]
        return "\n".join(lines)
    if query["to"] == "0":
        return "ERR: 105, Invalid destination"
    assert request.query_text.endswith("text=a+%7E+b")
    return "ID: b2 To: +2\r\nID: a1 To: +1\r\n"


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        found = api.call("send", recipients=["+1", "+2", "+3"], text="a ~ b")
        assert [one.id for one in found] == ["a1", "b2"]
        assert api.call("balance") == Decimal("12.50")
        assert api.call("count") == 42


def test_only_failures_have_a_code(connect):
    with connect(provider, **KEYS) as (api, _):
        found = api.call("send_each", recipients=["+1", "+9"], text="x")
        assert [one.id for one in found] == ["a1", None]
        assert found.errors[0] is None
        assert found.errors[1].provider_message == "Unknown number"
        assert not api.call("send_each", recipients=["+1", "+2"], text="x").rejected
        error = api.fails("send_each", recipients=["+9"], text="x")
        assert isinstance(error, api.errors.RecipientRejected)


def test_one_line_refuses_all_recipients(connect):
    with connect(provider, **KEYS) as (api, _):
        for recipients in (["+1"], ["+1", "+2"]):
            error = api.fails("send_each", recipients=recipients, text="no")
            assert isinstance(error, api.errors.InvalidCredentials)
            assert error.provider_message == "Ask your manager"
            assert error.submitted.name == "NO"


def test_refusals(connect):
    with connect(provider, **KEYS) as (api, _):
        error = api.fails("send", recipients=["0"], text="x")
        assert isinstance(error, api.errors.RecipientRejected)
        assert error.code == "105"
    with connect(provider, key="other") as (api, _):
        assert api.fails("balance").code == "001"
