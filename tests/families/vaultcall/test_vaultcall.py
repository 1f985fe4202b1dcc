"""A digest over method, URL and body, stamped with the server's own clock."""

import hashlib
import json
import time
from decimal import Decimal

KEYS = {"application_key": "ak", "application_secret": "as", "consumer_key": "ck"}
AHEAD = 3000


def provider(request):
    if request.path == "/1.0/auth/time":
        assert request.header("X-Vc-Signature") is None
        return str(int(time.time()) + AHEAD)
    at = request.header("X-Vc-Timestamp")
    assert abs(int(at) - time.time() - AHEAD) < 30
    url = f"http://{request.header('Host')}{request.target}"
    parts = ["as", "ck", request.method, url, request.body.decode(), at]
    made = hashlib.sha1("+".join(parts).encode()).hexdigest()
    assert request.header("X-Vc-Signature") == f"$1${made}"
    match request.method, request.path:
        case "POST", "/1.0/sms/a%20b/jobs":
            body = json.loads(request.body)
            if body["receivers"] == ["+0"]:
                return 403, '{"message": "not yours"}'
            return '{"ids": [7, 8], "totalCreditsRemoved": 1.50}'
        case "GET", "/1.0/sms/a%20b/senders":
            return '["One", "Two"]'
        case "DELETE", "/1.0/sms/a%20b/senders/O%2Fe":
            return "null"
    return 404, '{"message": "nothing here"}'


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        job = api.call("send", service="a b", receivers=["+1"], text="hé")
        assert (job.ids, job.credits) == ((7, 8), Decimal("1.50"))
        assert list(api.call("senders", service="a b")) == ["One", "Two"]
        assert api.call("delete_sender", service="a b", sender="O/e") is None
        assert api.call("server_time") > time.time() + 2000


def test_refusals(connect):
    with connect(provider, **KEYS) as (api, _):
        error = api.fails("send", service="a b", receivers=["+0"], text="x")
        assert isinstance(error, api.errors.PermissionDenied)
        assert error.provider_message == "not yours"
        error = api.fails("senders", service="none")
        assert isinstance(error, api.errors.InvalidRequest)
