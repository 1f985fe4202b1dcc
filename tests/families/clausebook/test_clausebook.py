"""Conditions that all hold, rules inside of records, forms with names of their own."""

import json
from datetime import UTC, datetime

import pytest

NOON = datetime(2030, 1, 2, 12, 30, tzinfo=UTC)


def provider(request):
    body = json.loads(request.body)
    assert body["channel"] in (1, 2)
    return ""


@pytest.mark.parametrize(
    ("variant", "fields"),
    [
        ("main", {"day": "01/02/2030", "hour": "12:30"}),
        ("sibling", {"scheduledate": "20300102", "scheduletime": "1230"}),
    ],
)
def test_a_form_splits_a_moment_in_its_own_way(connect, variant, fields):
    with connect(provider) as (api, server):
        lines = [api.module.Line(text="x")]
        channel = api.module.Channel.PHONE
        given = {"channel": channel, "lines": lines, "send_at": NOON}
        assert api.call("send", variant=variant, **given) is None
        body = json.loads(server.requests[0].body)
        assert {name: body.get(name) for name in fields} == fields
        assert set(body) == {"channel", "trunk", "lines", *fields}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"channel": 1, "trunk": True}, "account"),
        ({"channel": 2}, "ring"),
        ({"channel": 1, "line": {}}, "text"),
        ({"channel": 1, "line": {"text": "x", "template": "t"}}, "text"),
        ({"channel": 1, "line": {"template": "t"}}, "language"),
    ],
)
def test_what_breaks_a_rule_is_not_sent(connect, given, named):
    given = dict(given)
    with connect(provider) as (api, server):
        line = api.module.Line(**given.pop("line", {"text": "x"}))
        channel = api.module.Channel(given.pop("channel"))
        error = api.fails("send", channel=channel, lines=[line], **given)
        assert isinstance(error, api.errors.InvalidArgument)
        assert error.parameter == named
        assert server.requests == []


@pytest.mark.parametrize(
    "given",
    [
        {"channel": 1},
        {"channel": 2, "trunk": True, "ring": "r"},
        {"channel": 1, "trunk": True, "account": "a"},
        {"channel": 1, "line": {"template": "t", "language": "de"}},
    ],
)
def test_what_keeps_the_rules_is_sent(connect, given):
    given = dict(given)
    with connect(provider) as (api, server):
        line = api.module.Line(**given.pop("line", {"text": "x"}))
        channel = api.module.Channel(given.pop("channel"))
        api.call("send", channel=channel, lines=[line], **given)
        assert len(server.requests) == 1
