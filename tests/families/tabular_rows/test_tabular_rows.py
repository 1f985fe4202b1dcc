"""Rows as cells, items of records that have a code or a word, a code that points at them."""

import json

KEYS = {"password": "secret rows"}


def provider(request):
    body = json.loads(request.body)
    if body["password"] != "secret rows":
        return '{"code": "101"}'
    if request.path == "/rows":
        assert body["params"] == "491,Ann,1;492,Bö,2"
        assert body.get("table", [["a", "b"], ["c"]]) == [["a", "b"], ["c"]]
        return '{"code": "000", "id": "m-1"}'
    people = [each["to"] for each in body["people"]]
    phones = [
        phone
        for each in people
        for phone in (each if isinstance(each, list) else [each])
    ]
    # Out of order: they belong to recipients by their number.
    result = [
        (
            {"to": phone, "word": "error", "code": "027"}
            if phone.endswith("0")
            else {"to": phone, "word": "success"}
        )
        for phone in reversed(phones)
    ]
    bad = any(item["word"] != "success" for item in result)
    return json.dumps({"code": "510" if bad else "000", "result": result})


def test_rows_are_joined(connect):
    with connect(provider, **KEYS) as (api, _):
        rows = [["491", "Ann", "1"], ("492", "Bö", "2")]
        assert api.call("send_rows", rows=rows) == "m-1"
        assert api.call("send_rows", rows=rows, table=[["a", "b"], ["c"]]) == "m-1"


def test_rows_that_would_be_others_are_refused(connect):
    with connect(provider, **KEYS) as (api, _):
        for rows in ([["491", "a,b"]], [["491", "a;b"]], ["491,a"], [], [["1", 2]]):
            error = api.fails("send_rows", rows=rows)
            assert isinstance(error, api.errors.InvalidArgument)
            assert error.parameter == "rows"
        error = api.fails("send_rows", rows=[["1"]] * 4)
        assert "at most 3" in str(error)


def test_items_belong_to_records(connect):
    with connect(provider, **KEYS) as (api, _):
        person = api.module.Person
        found = api.call(
            "send_people", people=[person(phone="491"), person(phone="492")]
        )
        assert [sent.phone for sent in found] == ["491", "492"]
        group = api.module.Group
        groups = [group(phones=["491", "493"]), group(phones=["492"])]
        found = api.call("send_groups", groups=groups)
        assert [sent.phone for sent in found] == ["491", "493", "492"]


def test_a_code_that_points_at_the_items(connect):
    with connect(provider, **KEYS) as (api, _):
        person = api.module.Person
        found = api.call(
            "send_people", people=[person(phone="490"), person(phone="492")]
        )
        assert [sent.status.name for sent in found] == ["BAD_NUMBER", "OK"]
        assert len(found.rejected) == 1
        error = api.fails("send_people", people=[person(phone="490")])
        assert isinstance(error, api.errors.RecipientRejected)
    with connect(provider, password="other") as (api, _):
        error = api.fails("send_rows", rows=[["491", "Ann", "1"], ["492", "Bö", "2"]])
        assert isinstance(error, api.errors.InvalidCredentials)
