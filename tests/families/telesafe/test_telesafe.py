"""A key in Base64, a header list with an empty line, a status in two places."""

import base64
import hashlib
import hmac
import json

KEYS = {"customer": "TS-1", "api_key": base64.b64encode(b"\x01key").decode()}


def provider(request):
    text = "\n".join(
        [
            request.method,
            request.header("Content-Type") or "",
            "",
            "x-ts-auth-method:HMAC-SHA256",
            f"x-ts-date:{request.header('x-ts-date')}",
            f"x-ts-nonce:{request.header('x-ts-nonce')}",
            request.body.decode(),
            request.path,
        ]
    )
    made = hmac.new(b"\x01key", text.encode(), hashlib.sha256).digest()
    signature = base64.b64encode(made).decode()
    assert request.header("Authorization") == f"TSA TS-1:{signature}"
    if request.method == "GET":
        if request.path == "/v1/messaging/none":
            error = {"code": -10001, "description": "unknown"}
            return 404, json.dumps({"errors": [error], "status": {"code": 501}})
        return json.dumps({"reference_id": "R", "status": {"code": 203}})
    form = dict(request.form())
    if form["message"] == "busy":
        return json.dumps({"status": {"code": 505, "description": "busy"}})
    assert form == {"phone_number": "+1", "message": "a b", "message_type": "ARN"}
    return json.dumps({"reference_id": "R", "status": {"code": 290}, "errors": []})


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        sent = api.call("message", phone="+1", text="a b")
        assert (sent.reference_id, sent.code.name) == ("R", "IN_PROGRESS")
        assert api.call("status", reference="R").code.name == "DELIVERED"
        error = api.fails("status", reference="none")
        assert isinstance(error, api.errors.InvalidRequest)
        assert (error.code, error.provider_message) == ("-10001", "unknown")
        error = api.fails("message", phone="+1", text="busy")
        assert (error.code, error.submitted.name) == ("505", "MAYBE")
