"""Signed in derived steps; flattened lists and maps; XML with two roots."""

import hashlib
import hmac
from urllib.parse import quote

KEYS = {"access_key": "CWID", "secret_key": "wave/secret+1", "region": "us-east-9"}
BAD = "<Err><Error><Code>{0}</Code><Message>no: {0}</Message></Error></Err>"


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def verify(request):
    stamp = request.header("X-Cw-Date")
    day = stamp[:8]
    scope = f"{day}/us-east-9/notify/cw4_request"
    pairs = sorted((quote(n, safe=""), quote(v, safe="")) for n, v in request.query)
    canonical = "\n".join(
        [
            request.method,
            request.path,
            "&".join(f"{name}={value}" for name, value in pairs),
            f"content-type:{request.header('Content-Type')}",
            f"host:{request.header('Host')}",
            f"x-cw-date:{stamp}",
            "",
            "content-type;host;x-cw-date",
            hashlib.sha256(request.body).hexdigest(),
        ]
    )
    told = hashlib.sha256(canonical.encode()).hexdigest()
    key = b"CW4wave/secret+1"
    for part in (day, "us-east-9", "notify", "cw4_request"):
        key = keyed(key, part)
    text = "\n".join(["CW4-HMAC-SHA256", stamp, scope, told])
    signature = keyed(key, text).hex()
    assert request.header("Authorization") == (
        f"CW4-HMAC-SHA256 Credential=CWID/{scope}, "
        f"SignedHeaders=content-type;host;x-cw-date, Signature={signature}"
    )


def provider(request):
    verify(request)
    if request.method == "GET":
        assert request.query[0] == ("Action", "ListTopics")
        if ("NextToken", "a b/é~") not in request.query:
            return "<R><ListTopicsResult><Topics/></ListTopicsResult></R>"
        return (
            '<ListTopicsResponse xmlns="http://cloudwave.example/doc"><ListTopicsResult>'
            "<Topics><member>one</member><member>two</member></Topics>"
            "</ListTopicsResult></ListTopicsResponse>"
        )
    form = dict(request.form())
    if form["Action"] == "PublishBatch":
        prefix = "PublishBatchRequestEntries.member."
        assert [form[f"{prefix}{n}.Id"] for n in (1, 2)] == ["a", "b"]
        assert form[f"{prefix}2.Message"] == "zwei"
        assert form[f"{prefix}2.MessageAttributes.entry.1.Name"] == "Type"
        assert form[f"{prefix}2.MessageAttributes.entry.1.Value.StringValue"] == "x"
        return (
            "<B><PublishBatchResult><Successful><member><Id>a</Id><MessageId>m-1"
            "</MessageId></member></Successful><Failed><member><Id>b</Id><Code>"
            "InvalidParameter</Code></member></Failed></PublishBatchResult></B>"
        )
    if form["PhoneNumber"] == "+4900":
        return 400, BAD.format("InvalidParameter")
    if form["PhoneNumber"] == "+4901":
        return 400, BAD.format("Unheard")
    assert list(form.items()) == [
        ("Action", "Publish"),
        ("Version", "2010-03-31"),
        ("PhoneNumber", "+49170"),
        ("Message", "Grüße & mehr"),
        ("MessageAttributes.entry.1.Name", "SenderID"),
        ("MessageAttributes.entry.1.Value.DataType", "String"),
        ("MessageAttributes.entry.1.Value.StringValue", "Wave"),
    ]
    return (
        '<PublishResponse xmlns="http://cloudwave.example/doc"><PublishResult>'
        "<MessageId>m-7</MessageId></PublishResult><ResponseMetadata>"
        "<RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>"
    )


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        sent = api.call(
            "publish",
            phone="+49170",
            text="Grüße & mehr",
            attributes={"SenderID": "Wave"},
        )
        assert (sent.message_id, sent.request_id) == ("m-7", "r-1")
        entry = api.module.Entry
        entries = [
            entry(id="a", text="eins"),
            entry(id="b", text="zwei", attributes={"Type": "x"}),
        ]
        batch = api.call("publish_batch", entries=entries)
        assert [(one.id, one.message_id) for one in batch.taken] == [("a", "m-1")]
        (refused,) = batch.refused
        assert (refused.id, refused.code.name) == ("b", "INVALID_PARAMETER")
        assert list(api.call("list_topics", next_token="a b/é~")) == ["one", "two"]
        assert list(api.call("list_topics")) == []


def test_refusals(connect):
    with connect(provider, **KEYS) as (api, _):
        error = api.fails("publish", phone="+4900", text="x")
        assert isinstance(error, api.errors.InvalidRequest)
        assert error.status.name == "INVALID_PARAMETER"
        assert error.provider_message == "no: InvalidParameter"
        error = api.fails("publish", phone="+4901", text="x")
        assert (error.status, error.code) == (None, "Unheard")
        assert error.submitted.name == "MAYBE"
