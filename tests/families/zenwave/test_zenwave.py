"""HMAC in hex, then in Base64; query and form signed together; zones."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import urlencode

KEYS = {"key": "zk", "secret": "zs"}


def provider(request):
    form = request.form() if request.body else []
    canonical = urlencode(sorted(request.query + form))
    digest = hashlib.md5(canonical.encode()).hexdigest()
    text = f"{request.path}{canonical}{digest}"
    made = hmac.new(b"zs", text.encode(), hashlib.sha1).hexdigest()
    signature = base64.b64encode(made.encode()).decode()
    assert request.header("Authorization") == f"zk:{signature}"
    if ("number", "0") in request.query + form:
        return '{"status": "error", "message": "Wrong number"}'
    if request.method == "POST":
        assert ("message", "a b/ü~") in form
        return '{"status": "success", "messages": 2}'
    assert ("since", "2024-07-01 15:00:00") in request.query
    price = '{"price": "0.015", "until": "2024-01-01 02:00:00"}'
    return f'{{"status": "success", "info": {price}}}'


def test_every_operation(connect):
    with connect(provider, **KEYS) as (api, _):
        noon = datetime(2024, 7, 1, 12, tzinfo=UTC)
        rate = api.call("price", number="+380", since=noon)
        assert rate.price == Decimal("0.015")
        assert rate.until == datetime(2024, 1, 1, tzinfo=UTC)
        assert api.call("send", number="+380", text="a b/ü~") == 2
        for name, given in (("price", {"since": noon}), ("send", {"text": "x"})):
            error = api.fails(name, number="0", **given)
            assert isinstance(error, api.errors.InvalidRequest)
