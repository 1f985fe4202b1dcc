"""Texts and verdicts under the numbers that they belong to."""

import json

KEYS = {"api_id": "qn"}


def provider(request):
    form = request.form()
    assert form[:2] == [("json", "1"), ("api_id", "qn")]
    texts = dict(form[2:])
    if "to[0]" in texts:
        return '{"status": "ERROR", "status_code": 201, "status_text": "empty"}'
    assert texts == {"to[+7495]": "один", "to[+7499]": "b&c"}
    items = {
        "+7495": {"status_code": 103, "sms_id": "000-1"},
        "+7499": {"status_code": 207, "status_text": "no"},
    }
    return json.dumps({"status_code": 100, "sms": items})


def test_sent_and_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        parts = api.call("send", texts={"+7495": "один", "+7499": "b&c"})
        assert [(part.phone, part.id) for part in parts] == [
            ("+7495", "000-1"),
            ("+7499", None),
        ]
        assert isinstance(parts.errors[1], api.errors.RecipientRejected)
        error = api.fails("send", texts={"0": "x"})
        assert isinstance(error, api.errors.InsufficientBalance)
