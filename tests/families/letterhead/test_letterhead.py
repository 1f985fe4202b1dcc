"""What replies say in headers, and under roots that differ; queries inside of paths."""

import pytest

from tests.support.families import FAMILIES, KINDS, Caller, generated, provider
from tests.support.loopback import Answer
from wirebook.simulate.server import Running
from wirebook.simulate.simulator import Simulator
from wirebook.simulate.snippets import base_url
from wirebook.simulate.world import Settings

KEYS = {"key": "lh"}


def answering(body, http=200, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda request: Answer(body.encode(), http, named)


def test_the_query_of_a_path_is_sent_with_every_call(connect):
    def handler(request):
        assert request.target == "/api/http?action=send&v=2.0"
        assert request.form() == [("to", "+1")]
        return "<Response><Id>m-1</Id></Response>"

    with connect(handler, **KEYS) as (api, _):
        assert api.call("send", phone="+1") == "m-1"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<Response><Code>17</Code><Text>no</Text></Response>", "InsufficientBalance"),
        (
            "<x:Error xmlns:x='u'><x:Number>17</x:Number></x:Error>",
            "InsufficientBalance",
        ),
        ("<Other><Id>m-1</Id></Other>", "UnreadableReply"),
        ("<Response><Id>m-1</Id>", "UnreadableReply"),
    ],
)
def test_either_root_is_read_with_its_own_paths(connect, body, kind):
    with connect(answering(body), **KEYS) as (api, _):
        assert isinstance(api.fails("send", phone="+1"), getattr(api.errors, kind))


def test_a_root_chooses_the_shape(connect):
    body = "<Reports><Report><to>+1</to><parts>2</parts></Report></Reports>"
    with connect(answering(body, X_Request_Id="r-1"), **KEYS) as (api, _):
        (report,) = api.call("ask")
        assert (report.phone, report.parts, report.trace) == ("+1", 2, "r-1")
    for root in ("Error", "Fault"):
        body = (
            f"<?xml version='1.0'?><!-- - --><{root} code='17'><Text>no</Text></{root}>"
        )
        with connect(answering(body), **KEYS) as (api, _):
            error = api.fails("ask")
            assert isinstance(error, api.errors.InsufficientBalance)
            assert error.provider_message == "no"
    for body in ("<!DOCTYPE Error><Error code='17'/>", "<Error code='17'", "Error"):
        with connect(answering(body), **KEYS) as (api, _):
            assert isinstance(api.fails("ask"), api.errors.UnreadableReply)


def test_an_empty_reply_says_everything_in_headers(connect):
    handler = answering("", 201, X_Status="00", Location="/m/1", x_request_id="r-1")
    with connect(handler, **KEYS) as (api, _):
        accepted = api.call("create", phone="+1")
        assert (accepted.message_id, accepted.trace) == ("/m/1", "r-1")
    with connect(answering("", 201, Location="/m/1", X_Trace="t"), **KEYS) as (api, _):
        assert api.call("create", phone="+1").trace == "t"
    with connect(answering("", 201, X_Status="00"), **KEYS) as (api, _):
        error = api.fails("create", phone="+1")
        assert isinstance(error, api.errors.UnreadableReply)
        assert "$header.Location: missing" in str(error)


def test_a_header_refuses_with_words_and_a_wait(connect):
    handler = answering("", 201, X_Status="17", X_Reason="top up", Location="/m/1")
    with connect(handler, **KEYS) as (api, _):
        error = api.fails("create", phone="+1")
        assert isinstance(error, api.errors.InsufficientBalance)
        assert (error.code, error.provider_message) == ("17", "top up")
        assert error.submitted.name == "NO"
    with connect(answering("", 401), **KEYS) as (api, _):
        assert isinstance(
            api.fails("create", phone="+1"), api.errors.InvalidCredentials
        )

    def busy_once(request):
        first = len(server.requests) == 1
        given = (("X-Status", "18"), ("X-Wait", "0.01")) if first else ()
        return Answer(b"", 201, (*given, ("Location", "/m/2")))

    with connect(busy_once, **KEYS, retries=1) as (api, server):
        assert api.call("create", phone="+1").message_id == "/m/2"
        assert len(server.requests) == 2


def test_one_header_is_the_result(connect):
    with connect(answering("", Location="/m/1"), **KEYS) as (api, _):
        assert api.call("locate") == "/m/1"
    with connect(answering(""), **KEYS) as (api, _):
        assert api.call("locate") is None


def test_body_and_header_take_turns(connect):
    items = '"items": [{"to": "+1", "parts": 1}, {"to": "+2", "parts": 1}]'
    kind = {"X_Kind": "reports"}
    for body, headers in (
        ('{"code": "00", %s}', {}),
        ("{%s}", {"X_Status": "00"}),
        ('{"code": "00", %s}', {"X_Status": "17"}),
    ):
        handler = answering(body % items, X_Request_Id="r", **headers, **kind)
        with connect(handler, **KEYS) as (api, _):
            reports = api.call("get_reports")
            assert [report.trace for report in reports] == ["r", "r"]
    handler = answering("{}", X_Status="17", X_Reason="words", **kind)
    with connect(handler, **KEYS) as (api, _):
        assert api.fails("get_reports").provider_message == "words"
    handler = answering(f'{{"code": "00", {items}}}')
    with connect(handler, **KEYS) as (api, _):
        assert "$header.X-Kind" in str(api.fails("get_reports"))


def test_a_file_is_judged_by_its_header(connect):
    with connect(answering("%PDF", X_Status="00"), **KEYS) as (api, _):
        assert api.call("get_page").content == b"%PDF"
    with connect(answering("%PDF", X_Status="17"), **KEYS) as (api, _):
        assert isinstance(api.fails("get_page"), api.errors.InsufficientBalance)
    with connect(answering("%PDF"), **KEYS) as (api, _):
        assert isinstance(api.fails("get_page"), api.errors.UnreadableReply)


@pytest.mark.parametrize("kind", KINDS)
def test_the_simulator_answers_in_headers_and_roots(kind):
    spec = provider(FAMILIES / "letterhead")
    module = generated(FAMILIES / "letterhead")
    with Running(Simulator([spec], Settings(seed=1))) as running:
        account = running.simulator.state.accounts["letterhead"]
        caller = Caller(
            module,
            kind,
            {
                **account.credentials,
                "base_url": base_url(spec, running.url),
                "retries": 0,
            },
        )
        try:
            assert caller.call("send", phone="+4915112345678")
            assert caller.call("create", phone="+4915112345678").message_id
            assert caller.call("get_page").content
            running.simulator.state.accounts["letterhead"].balance *= 0
            for name in ("send", "create"):
                error = caller.fails(name, phone="+4915112345678")
                assert isinstance(error, caller.errors.InsufficientBalance), error
        finally:
            caller.close()
