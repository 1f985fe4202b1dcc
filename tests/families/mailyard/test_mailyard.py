"""A signature inside the JSON body, over its sorted members."""

import hashlib
import json
from decimal import Decimal

KEYS = {"appid": "id", "appkey": "key"}


def text_of(value):
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def provider(request):
    body = json.loads(request.body)
    signature = body.pop("signature")
    texts = [
        f"{name}={text_of(body[name])}" for name in sorted(body) if body[name] != ""
    ]
    text = f"idkey{'&'.join(texts)}idkey"
    assert hashlib.sha512(text.encode()).hexdigest().upper() == signature
    assert len(body["timestamp"]) == 13
    assert body["count"] == 1
    if body["project"] == "none":
        return '{"status": "error", "code": 101, "msg": "Incorrect APP ID"}'
    assert body["vars"] == {"名": "x y"}
    return '{"status": "success", "send_id": "s", "fee": "0.05"}'


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        given = {"to": "+1", "tag": "", "variables": {"名": "x y"}}
        sent = api.call("send", project="p", **given)
        assert (sent.send_id, sent.fee) == ("s", Decimal("0.05"))
        error = api.fails("send", to="+1", project="none")
        assert isinstance(error, api.errors.InvalidRequest)
        assert error.provider_message == "Incorrect APP ID"
