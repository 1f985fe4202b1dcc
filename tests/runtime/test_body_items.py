"""A step `*` of a JSON wire name reaches every item of a list."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wirebook.runtime.draft import Draft, Place

MESSAGES: list[Any] = [{"to": "1", "text": "a"}, {"to": "2", "text": "b"}]


def body(draft: Draft) -> str:
    return draft.build("https://api.example.com").body.decode()


def drafted(*messages: Any) -> Draft:
    draft = Draft("POST", "/bulk", Place.JSON)
    draft.add("request", list(messages))
    return draft


def test_credentials_come_first_in_every_item_in_their_order() -> None:
    draft = drafted(*MESSAGES)
    draft.lead(None, "request.*.username", "me")
    draft.lead(None, "request.*.password", "secret")

    assert body(draft) == (
        '{"request":['
        '{"username":"me","password":"secret","to":"1","text":"a"},'
        '{"username":"me","password":"secret","to":"2","text":"b"}]}'
    )


def test_what_trails_comes_last() -> None:
    draft = drafted(*MESSAGES)
    draft.trail(None, "request.*.sign", "x")

    assert list(json.loads(body(draft))["request"][0]) == ["to", "text", "sign"]


def test_a_name_below_an_item_nests() -> None:
    draft = drafted({"auth": {"kind": "basic"}})
    draft.lead(None, "request.*.auth.user", "me")
    draft.lead(None, "request.*.auth.key", "k")

    assert json.loads(body(draft)) == {
        "request": [{"auth": {"user": "me", "key": "k", "kind": "basic"}}]
    }


def test_the_list_may_lie_deeper() -> None:
    draft = Draft("POST", "/bulk", Place.JSON)
    draft.add("data.request", [{}])
    draft.lead(None, "data.request.*.user", "me")

    assert json.loads(body(draft)) == {"data": {"request": [{"user": "me"}]}}


def test_the_mappings_of_the_caller_stay_as_they_are() -> None:
    message = {"to": "1"}
    draft = drafted(message)
    draft.lead(None, "request.*.username", "me")
    body(draft)

    assert message == {"to": "1"}


@pytest.mark.parametrize(
    "items", [["no mapping"], [{"user": "taken"}]], ids=["text", "twice"]
)
def test_an_item_that_has_no_room_is_refused(items: list[Any]) -> None:
    draft = drafted(*items)
    draft.lead(None, "request.*.user", "me")

    with pytest.raises(ValueError, match=r"request\.\*\.user"):
        body(draft)


def test_a_list_that_is_missing_is_refused() -> None:
    draft = Draft("POST", "/bulk", Place.JSON)
    draft.lead(None, "request.*.user", "me")

    with pytest.raises(ValueError, match="there is no list"):
        body(draft)
