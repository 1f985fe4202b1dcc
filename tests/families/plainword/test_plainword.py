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


def test_refusals(connect):
    with connect(provider, **KEYS) as (api, _):
        error = api.fails("send", recipients=["0"], text="x")
        assert isinstance(error, api.errors.RecipientRejected)
        assert error.code == "105"
    with connect(provider, key="other") as (api, _):
        assert api.fails("balance").code == "001"
