"""The control API, over HTTP as any language would use it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from telecoms import aisix
from wirebook.testing import Simulation


def ask(
    simulator: Simulation,
    method: str,
    path: str,
    body: object = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{simulator.url}/_wirebook/{path}", data, headers or {}, method=method
    )
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, json.loads(reply.read() or b"null")
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, json.loads(problem.read() or b"null")


def send(simulator: Simulation) -> None:
    with aisix.Client(**simulator.client("aisix")) as client:
        client.send_once(channel_group="1", content="hi", recipients=["18100002707"])


def test_messages_and_replies(simulator: Simulation) -> None:
    send(simulator)
    status, [message] = ask(simulator, "GET", "messages?provider=aisix&q=hi")
    assert status == 200
    assert (message["recipient"], message["text"]) == ("18100002707", "hi")
    number = message["number"]
    assert ask(simulator, "GET", f"messages/{number}")[1] == message
    assert ask(simulator, "POST", f"messages/{number}/reply", {"text": "yes"})[0] == 201
    status, moved = ask(
        simulator, "POST", f"messages/{number}/deliver", {"state": "expired"}
    )
    assert (status, moved["state"]) == (200, "expired")
    assert len(ask(simulator, "GET", f"messages?after={number}")[1]) == 1


def test_scenarios(simulator: Simulation) -> None:
    simulator.client("aisix")
    status, rule = ask(
        simulator, "POST", "scenarios", {"provider": "aisix", "status": "-9"}
    )
    assert status == 201
    with pytest.raises(aisix.InsufficientBalanceError):
        send(simulator)
    assert ask(simulator, "GET", "scenarios")[1][0]["hits"] == 1
    assert ask(simulator, "DELETE", f"scenarios/{rule['id']}")[0] == 204
    send(simulator)


def test_accounts(simulator: Simulation) -> None:
    simulator.client("aisix")
    assert ask(simulator, "PATCH", "providers/aisix", {"balance": "0.01"})[0] == 204
    with pytest.raises(aisix.InsufficientBalanceError):
        send(simulator)
    [shown] = [
        each for each in ask(simulator, "GET", "providers")[1] if each["id"] == "aisix"
    ]
    assert shown["balance"] == "0.01"
    assert "authkey" not in json.dumps(shown)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("POST", "scenarios", {"colour": "red"}, 400, "no part of a scenario"),
        ("POST", "scenarios", {"ratio": 2}, 400, "between 0 and 1"),
        ("POST", "scenarios", {"trouble": "rain"}, 400, "must be one of reset"),
        ("POST", "scenarios", ["no object"], 400, "must be a JSON object"),
        ("GET", "messages/999999", None, 404, "no such message"),
        ("DELETE", "scenarios/999999", None, 404, "no such scenario"),
        ("PATCH", "providers/nobody", {}, 404, "no such provider"),
        ("PATCH", "providers/aisix", {"colour": 1}, 400, "no part of an account"),
        (
            "PATCH",
            "providers/aisix",
            {"callbacks": {"*": "file:///etc/passwd"}},
            400,
            "http://",
        ),
    ],
)
def test_what_cannot_be_done_is_explained(
    simulator: Simulation, method: str, path: str, body: Any, status: int, words: str
) -> None:
    simulator.client("aisix")
    found, told = ask(simulator, method, path, body)
    assert found == status
    assert words in told["error"]


def test_pages_of_other_sites_may_not_ask(simulator: Simulation) -> None:
    headers = {"Origin": "https://evil.example"}
    assert ask(simulator, "POST", "reset", {}, headers)[0] == 403
    assert ask(simulator, "POST", "reset", {}, {"Origin": simulator.url})[0] == 204


def test_the_page_is_closed_to_injection(simulator: Simulation) -> None:
    with aisix.Client(**simulator.client("aisix")) as client:
        client.send_once(
            channel_group="1",
            content="<img src=x onerror=alert(1)>",
            recipients=["18100002707"],
        )
    with urllib.request.urlopen(simulator.url + "/?q=%3Cimg") as reply:
        page = reply.read().decode()
        policy = reply.headers["Content-Security-Policy"]
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "default-src 'none'" in policy
