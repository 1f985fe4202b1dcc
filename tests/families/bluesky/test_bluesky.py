"""A key in Base64, the host chosen by a credential, errors known by HTTP status."""

import base64
import hashlib
import hmac
import json

SECRET = base64.b64encode(b"\x00\xffblue").decode()
KEYS = {"resource": "acme", "access_key": SECRET}


def provider(request):
    date = request.header("x-bs-date")
    hashed = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
    assert request.header("x-bs-content-sha256") == hashed
    text = f"POST\n{request.target}\n{date};{request.header('Host')};{hashed}"
    made = hmac.new(b"\x00\xffblue", text.encode(), hashlib.sha256).digest()
    assert request.header("Authorization").endswith(
        f"&Signature={base64.b64encode(made).decode()}"
    )
    body = json.loads(request.body)
    numbers = [one["to"] for one in body["smsRecipients"]]
    if numbers == ["+401"]:
        return 401, '{"error": {"message": "denied"}}'
    if numbers == ["+429"]:
        return 429, '{"error": {"message": "slower", "wait": 7}}'
    if numbers == ["+500"]:
        return 500, "<html>oops</html>"
    assert body["smsSendOptions"] == {"enableDeliveryReport": True}
    items = [
        {"to": "+1", "messageId": "a", "httpStatusCode": 202},
        {"to": "+2", "httpStatusCode": 400},
    ]
    return 202, json.dumps({"value": items})


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, server):
        results = api.call(
            "send", sender="B", recipients=["+1", "+2"], text="é", report=True
        )
        assert [one.message_id for one in results] == ["a", None]
        assert [bool(error) for error in results.errors] == [False, True]
        assert server.requests[0].target == "/sms?api-version=2021-03-07"
        error = api.fails("send", sender="B", recipients=["+401"], text="x")
        assert isinstance(error, api.errors.InvalidCredentials)
        assert error.provider_message == "denied"
        error = api.fails("send", sender="B", recipients=["+429"], text="x")
        assert isinstance(error, api.errors.RateLimited)
        assert error.retry_after == 7
        error = api.fails("send", sender="B", recipients=["+500"], text="x")
        assert error.submitted.name == "MAYBE"


def batch(request):
    numbers = [one["to"] for one in json.loads(request.body)["smsRecipients"]]
    items = [
        {"to": number, "httpStatusCode": 400 if number == "+2" else 202}
        for number in numbers
    ]
    return 202, json.dumps({"data": {"cost": "0.10", "value": items}})


def test_items_inside_of_a_result_that_were_all_refused(connect):
    with connect(batch, **KEYS) as (api, _):
        result = api.call("send_batch", recipients=["+1", "+2"])
        assert [one.status.name for one in result.results] == ["TAKEN", "REFUSED"]
        assert str(result.cost) == "0.10"
        error = api.fails("send_batch", recipients=["+2"])
        assert isinstance(error, api.errors.RecipientRejected)
        assert error.submitted.name == "NO"
        assert [one.to for one in error.results] == ["+2"]
