"""An MD5 over the sorted form, raw, with the secret at its end, signs that would part them
replaced; a status per part."""

import hashlib
import json

KEYS = {"api_key": "rk", "signature_secret": "rs"}


def provider(request):
    form = dict(request.form())
    sig = form.pop("sig")
    safe = {name: form[name].replace("&", "_").replace("=", "_") for name in form}
    text = "".join(f"&{name}={safe[name]}" for name in sorted(safe))
    assert hashlib.md5(f"{text}rs".encode()).hexdigest() == sig
    if form["to"] == "9":
        return '{"messages": [{"status": "9", "error-text": "empty"}]}'
    assert form["message-class"] == "0"
    part = {"status": "0", "message-id": "p1", "message-price": "0.0333"}
    return json.dumps({"messages": [part, {"status": "1"}]})


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        parts = api.call("send", sender="R & Ö", recipient="1", text="a=b", flash=True)
        assert [part.id for part in parts] == ["p1", None]
        assert isinstance(parts.errors[1], api.errors.RateLimited)
        error = api.fails("send", sender="R", recipient="9", text="x")
        assert isinstance(error, api.errors.InsufficientBalance)
        assert error.provider_message == "empty"
