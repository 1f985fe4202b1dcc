"""Waiting for deliveries whose reports come in pages, or one by one."""

import json

import pytest

KEYS = {"key": "wk"}


class Post:
    """Every message is on its way when it is first asked for, and then is done."""

    def __init__(self):
        self.asked = {}

    def report(self, id):
        self.asked[id] = self.asked.get(id, 0) + 1
        return {"id": id, "state": "done" if self.asked[id] > 1 else "sent"}

    def __call__(self, request):
        query = dict(request.query)
        assert request.header("X-Key") == "wk"
        if request.path == "/report":
            return json.dumps(self.report(query["id"]))
        if request.path == "/answer":
            known = query["id"] in self.asked
            report = self.report(query["id"])
            return json.dumps({"report": report} if known else {})
        ids, start = query["ids"].split(","), int(query.get("cursor", 0))
        end = start + int(query["size"])
        found = [self.report(id) for id in ids[start:end]]
        following = str(end) if end < len(ids) else None
        return json.dumps({"reports": found, "next": following})


def test_reports_on_further_pages_are_found(connect):
    with connect(Post(), **KEYS) as (api, played):
        found = api.call(
            "wait_for_delivery_by_list_reports", interval=0.01, ids=["a", "b", "c", "d"]
        )
        assert [(one.id, one.state.name) for one in found] == [
            (id, "DONE") for id in "abcd"
        ]
        asked = [
            (dict(r.query)["ids"], "cursor" in r.query_text) for r in played.requests
        ]
        assert asked == [("a,b,c", False), ("a,b,c", True), ("d", False)] * 2


def test_pages_are_turned_until_all_is_known(connect):
    post = Post()
    post.asked = {"a": 1, "b": 1}
    with connect(post, **KEYS) as (api, played):
        api.call(
            "wait_for_delivery_by_list_reports", interval=0.01, ids=["a", "b"], size=2
        )
        assert len(played.requests) == 1


@pytest.mark.parametrize("operation", ["get_report", "get_answer"])
def test_a_report_that_stands_alone(connect, operation):
    with connect(Post(), **KEYS) as (api, _):
        found = api.call(
            f"wait_for_delivery_by_{operation}", interval=0.01, id=["a", "b"]
        )
        assert [one.state.name for one in found] == ["DONE", "DONE"]
