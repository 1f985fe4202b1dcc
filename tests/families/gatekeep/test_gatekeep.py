"""A header made of a digest, a nonce and a moment; a JSON list in a form."""

import base64
import hashlib
import json
import re

KEYS = {"app_key": "gk", "app_secret": "gs"}


def provider(request):
    found = re.fullmatch(
        r'UsernameToken Username="gk",PasswordDigest="(.+)",Nonce="([0-9a-f]{24})",'
        r'Created="(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"',
        request.header("X-WSSE"),
    )
    assert found is not None
    digest = hashlib.sha256(f"{found[2]}{found[3]}gs".encode()).digest()
    assert found[1] == base64.b64encode(digest).decode()
    assert request.header("Authorization").startswith("WSSE realm=")
    form = dict(request.form())
    if form["to"] == "+1":
        return '{"code": "E200033", "description": "later"}'
    if form["to"] == "+2":
        return '{"code": "E000999", "description": "what"}'
    assert form["from"] == "s +&"
    assert json.loads(form["templateParas"]) == ["3", "人"]
    return '{"code": "000000", "result": [{"smsMsgId": "x1"}, {"smsMsgId": "x2"}]}'


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        given = {"sender": "s +&", "template_values": ["3", "人"]}
        found = api.call("send", recipients=["+86", "+87"], **given)
        assert [item.message_id for item in found] == ["x1", "x2"]
        error = api.fails("send", sender="s", recipients=["+1"])
        assert isinstance(error, api.errors.TemporarilyUnavailable)
        assert error.submitted.name == "NO"
        error = api.fails("send", sender="s", recipients=["+2"])
        assert isinstance(error, api.errors.ProviderFailure)
        assert error.code == "E000999"
