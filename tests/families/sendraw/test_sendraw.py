"""A raw body in another charset, parameters in headers, errors that are sentences."""

import base64
import hashlib


def provider(request):
    made = hashlib.sha512(b"sr:pw").digest()
    assert request.header("X-Pass") == base64.b64encode(made).decode()
    assert request.header("Content-Type") == "text/plain; charset=gbk"
    text = request.body.decode("gbk")
    if text == "403":
        return 403, "拒绝".encode("gbk")
    if text == "503":
        return 503, b"later"
    assert (text, request.header("X-To")) == ("你好 & 再见", "+1 +2")
    assert (request.header("X-Flash"), request.query) == ("yes", [("smsc", "a b")])
    return 202, "0: 已接受".encode("gbk")


def test_sent_and_refused(connect):
    with connect(provider, user="sr", password="pw") as (api, _):
        given = {"recipients": ["+1", "+2"], "flash": True}
        taken = api.call("send", text="你好 & 再见", smsc="a b", **given)
        assert (taken.code, taken.words) == (0, "已接受")
        error = api.fails("send", text="403", **given)
        assert isinstance(error, api.errors.InvalidCredentials)
        assert error.provider_message == "拒绝"
        error = api.fails("send", text="503", **given)
        assert isinstance(error, api.errors.TemporarilyUnavailable)
