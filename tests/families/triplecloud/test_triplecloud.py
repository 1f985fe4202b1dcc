"""Nested keys of a day, signed headers, typed constants, a status for each item."""

import hashlib
import hmac
import json

KEYS = {"secret_id": "TID", "secret_key": "three"}


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def provider(request):
    at = request.header("X-TC-Timestamp")
    given = request.header("Authorization")
    scope = given.partition("Credential=TID/")[2].partition(",")[0]
    day = scope.partition("/")[0]
    canonical = (
        f"POST\n/\n\ncontent-type:application/json; charset=utf-8\n"
        f"host:{request.header('Host')}\nx-tc-action:SendSms\n\n"
        f"content-type;host;x-tc-action\n{hashlib.sha256(request.body).hexdigest()}"
    )
    told = hashlib.sha256(canonical.encode()).hexdigest()
    key = keyed(keyed(keyed(b"TC3three", day), "sms"), "tc3_request")
    text = f"TC3-HMAC-SHA256\n{at}\n{day}/sms/tc3_request\n{told}"
    assert given.endswith(f"Signature={keyed(key, text).hex()}")
    body = json.loads(request.body)
    assert (body["Priority"], body["Session"]["Tracked"]) == (3, True)
    if body["PhoneNumberSet"] == ["+1"]:
        error = {"Code": "LimitExceeded.PhoneNumberDailyLimit", "Message": "slow"}
        return json.dumps({"Response": {"Error": error}})
    black = "FailedOperation.PhoneNumberInBlacklist"
    items = [
        {"SerialNo": "2", "PhoneNumber": "+863", "Code": black},
        {"SerialNo": "1", "PhoneNumber": "+862", "Code": "Ok"},
    ]
    return json.dumps({"Response": {"SendStatusSet": items}})


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, server):
        results = api.call("send_sms", phones=["+862", "+863", "+864"], note="ü")
        assert [item.serial for item in results] == ["1", "2"]
        assert [error and error.status.name for error in results.errors] == [
            None,
            "BLACKLISTED",
        ]
        assert json.loads(server.requests[0].body)["Session"]["Note"] == "ü"
        error = api.fails("send_sms", phones=["+1"])
        assert isinstance(error, api.errors.RateLimited)
        assert error.code == "LimitExceeded.PhoneNumberDailyLimit"
