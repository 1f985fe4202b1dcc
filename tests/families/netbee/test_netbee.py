"""A checksum in headers; JSON lists and objects inside a form."""

import hashlib
import json

KEYS = {"app_key": "nk", "app_secret": "ns"}


def provider(request):
    once, at = request.header("Nonce"), request.header("CurTime")
    assert (request.header("AppKey"), len(once)) == ("nk", 20)
    made = hashlib.sha1(f"ns{once}{at}".encode()).hexdigest()
    assert request.header("CheckSum") == made
    form = dict(request.form())
    if form["templateid"] == "403":
        return '{"code": 403, "msg": "no"}'
    assert json.loads(form["mobiles"]) == ["+1", "+2"]
    assert form["params"] == '["甲","乙"]'
    assert json.loads(form["session"]) == {"a": [1, None, True]}
    return '{"code": 200, "msg": "sendid", "obj": 81}'


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        made = api.call(
            "send_template",
            template=9,
            mobiles=["+1", "+2"],
            variables=["甲", "乙"],
            session={"a": [1, None, True]},
        )
        assert made == 81
        error = api.fails("send_template", template=403, mobiles=["+1"])
        assert isinstance(error, api.errors.PermissionDenied)
