"""A sorted query, encoded twice, under a key with a suffix; JSON inside a field."""

import base64
import hashlib
import hmac
import json
from urllib.parse import quote

KEYS = {"key_id": "SPID", "key_secret": "deep"}


def provider(request):
    query = dict(request.query)
    signature = query.pop("Signature")
    canonical = "&".join(
        f"{quote(name, safe='~')}={quote(query[name], safe='~')}"
        for name in sorted(query)
    )
    text = f"GET&%2F&{quote(canonical, safe='~')}"
    made = hmac.new(b"deep&", text.encode(), hashlib.sha1).digest()
    assert base64.b64encode(made).decode() == signature
    assert query["SignName"] == "海 *~"
    if query["PhoneNumbers"] == "139":
        return '{"Code": "isv.AMOUNT_NOT_ENOUGH", "Message": "empty"}'
    if query["PhoneNumbers"] == "138":
        return 400, '{"Code": "isv.PARAM_ERROR", "Message": "bad"}'
    assert query["PhoneNumbers"] == "136,137"
    assert json.loads(query["TemplateParam"]) == {"code": "12 34"}
    return '{"Code": "OK", "Message": "OK", "BizId": "b^1"}'


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, server):
        given = {"sign_name": "海 *~", "variables": {"code": "12 34"}}
        for _ in range(2):
            assert api.call("send_sms", phones=["136", "137"], **given).biz_id == "b^1"
        first, second = (dict(one.query)["SignatureNonce"] for one in server.requests)
        assert first != second
        error = api.fails("send_sms", phones=["139"], **given)
        assert isinstance(error, api.errors.InsufficientBalance)
        error = api.fails("send_sms", phones=["138"], **given)
        assert isinstance(error, api.errors.InvalidRequest)
        assert error.code == "isv.PARAM_ERROR"
