"""Schemes that no provider here has: canonical signatures, Basic and Bearer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

import pytest

from tests.support.specs import HEAD
from wirebook.simulate.exchange import Incoming
from wirebook.simulate.loading import quickly
from wirebook.simulate.simulator import Simulator, utc_now

REST = """
operations:
  ask: {summary: Ask., does: reads, method: GET, path: /ask, parameters: {
    b: {type: string}, a: {type: string, optional: true}},
    statuses: {table: result}, reply: {format: json, status: status}}
statuses:
  result:
    type: int
    success: [0]
    codes:
      0: {name: SUCCESS, text: ok}
      1: {name: BAD_CREDENTIALS, text: bad credentials, reaction: credentials}
      2: {name: BAD_REQUEST, text: bad request, reaction: request}
"""
CREDENTIALS = """
credentials:
  user: {summary: User, example: ada}
  secret: {summary: Secret, secret: true, example: s3cret}
"""


def answer(home: Path, auth: str, incoming: Incoming) -> int:
    folder = home / "acme"
    folder.mkdir()
    (folder / "provider.yaml").write_text(HEAD + CREDENTIALS + auth + REST)
    found = quickly(folder, home)
    assert found is not None
    simulated = Simulator([found])
    return int(json.loads(simulated.handle(incoming).body)["status"])


@pytest.mark.parametrize(("given", "status"), [("s3cret", 0), ("wrong", 1)])
def test_basic(given: str, status: int, tmp_path: Path) -> None:
    token = base64.b64encode(f"ada:{given}".encode()).decode()
    headers = (("Authorization", f"Basic {token}"),)
    auth = "auth: {main: {basic: {username: $user, password: $secret}}}\n"
    assert answer(tmp_path, auth, Incoming("GET", "/acme/ask?b=1", headers)) == status


@pytest.mark.parametrize(("given", "status"), [("s3cret", 0), ("wrong", 1)])
def test_bearer(given: str, status: int, tmp_path: Path) -> None:
    headers = (("Authorization", f"Bearer {given}"),)
    auth = "auth: {main: {bearer: $secret}}\n"
    assert answer(tmp_path, auth, Incoming("GET", "/acme/ask?b=1", headers)) == status


@pytest.mark.parametrize(
    ("target", "status"), [("b=1&a=2", 0), ("b=1&a=3", 1), ("a=2", 1)]
)
def test_canonical_signature_in_the_query(
    target: str, status: int, tmp_path: Path
) -> None:
    """The signature does not sign itself, and every other value counts."""
    auth = """
auth:
  main:
    compute:
      timestamp: {now: unix_seconds}
      text: {canonical: [query], sort: name}
      sign: {hmac: sha256, key: [$secret], of: [$text]}
    query: {user: $user, ts: $timestamp, sign: $sign}
"""
    now = int(utc_now().timestamp())
    signed = f"a=2&b=1&ts={now}&user=ada"
    sign = hmac.new(b"s3cret", signed.encode(), hashlib.sha256).hexdigest()
    query = f"user=ada&ts={now}&{target}&sign={sign}"
    assert answer(tmp_path, auth, Incoming("GET", f"/acme/ask?{query}")) == status


SESSION = """
spec: 1
provider: {id: acme, title: Acme}
servers: {main: {url: "https://api.example.com"}}
credentials:
  secret: {summary: Secret, secret: true, example: s3cret}
auth:
  signed:
    session: {operation: login, token: token}
    compute:
      key: {join: ":", of: [$secret, $session.token]}
      sign: {hmac: sha256, key: [$key], of: [$request.path]}
    headers: {X-Sign: $sign}
  plain: {query: {secret: $secret}}
models: {grant: {fields: {token: {type: string, secret: true}}}}
operations:
  login: {summary: Log in., does: reads, auth: plain, method: GET, path: /login,
    reply: {format: json, returns: grant}}
  ask: {summary: Ask., does: reads, method: GET, path: /ask,
    reply: {format: text, returns: string}}
"""


def test_a_token_inside_of_a_signature(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "provider.yaml").write_text(SESSION)
    found = quickly(folder, tmp_path)
    assert found is not None
    simulated = Simulator([found])
    login = simulated.handle(Incoming("GET", "/acme/login?secret=s3cret"))
    token = json.loads(login.body)["token"]

    def ask(given: str) -> int:
        key = f"s3cret:{given}".encode()
        sign = hmac.new(key, b"/acme/ask", hashlib.sha256).hexdigest()
        headers = (("X-Sign", sign),)
        return simulated.handle(Incoming("GET", "/acme/ask", headers)).http

    assert ask("another") != 200
    assert ask(token) == 200
