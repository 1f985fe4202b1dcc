"""What stand-ins answer where a spec says less than most: no code, no record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from wirebook.simulate.exchange import Incoming
from wirebook.simulate.loading import quickly
from wirebook.simulate.simulator import Simulator

SPEC = """
spec: 1
provider: {id: acme, title: Acme}
servers: {main: {url: "https://api.example.com"}}
credentials: {secret: {secret: true, example: s3cret}}
auth: {main: {headers: {X-Key: $secret}}}
statuses:
  faults:
    type: string
    success: []
    codes:
      BadKey: {name: BAD_KEY, text: bad key, reaction: credentials}
      BadRequest: {name: BAD_REQUEST, text: bad request, reaction: request}
models:
  item: {fields: {id: {type: string}, text: {wire: body.text, type: text}}}
  sent: {fields: {message_ids: {wire: ids, type: string, list: true}}}
operations:
  send:
    does: submits
    method: POST
    path: /send
    in: form
    parameters: {to: {type: phone}, text: {type: text}}
    variants: {form: {}, query: {in: query}}
    statuses: {table: faults}
    reply:
      {format: json, status: error.code, absent_status: success, message: error.text,
       at: data, returns: sent}
  send_many:
    does: submits
    method: POST
    path: /all
    in: form
    headers: {X-Action: Many}
    parameters:
      items: {wire: "e.{i}", type: object, model: item, list: {indexed: true}, nested: dots}
    statuses: {table: faults}
    reply:
      {format: json, status: error.code, absent_status: success, at: count, returns: integer}
  count:
    does: reads
    method: POST
    path: /all
    in: form
    headers: {X-Action: Count}
    reply: {format: json, at: seen, returns: integer}
  balance:
    does: reads
    method: GET
    path: /balance
    reply: {format: json, at: amount, returns: decimal}
  blocked:
    does: reads
    method: GET
    path: /blocked
    parameters: {to: {type: phone}}
    reply: {format: json, at: blocked, returns: boolean}
"""


@pytest.fixture
def acme(tmp_path: Path) -> Simulator:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "provider.yaml").write_text(SPEC)
    found = quickly(folder, tmp_path)
    assert found is not None
    return Simulator([found])


def answer(
    simulated: Simulator, method: str, target: str, body: str = "", action: str = ""
) -> Any:
    headers = (
        ("X-Key", "s3cret"),
        ("X-Action", action),
        ("Content-Type", "application/x-www-form-urlencoded"),
    )
    incoming = Incoming(method, f"/acme{target}", headers, body.encode())
    return json.loads(simulated.handle(incoming).body)


def test_a_success_has_no_code_where_only_failures_have_one(acme: Simulator) -> None:
    sent = answer(acme, "POST", "/send", urlencode({"to": "+491", "text": "hello"}))
    assert "error" not in sent
    (message,) = sent["data"]["ids"]
    assert len(message) > 4
    assert "data" in answer(acme, "POST", "/send?to=%2B491&text=hello")
    refused = answer(acme, "POST", "/send", urlencode({"to": "+491"}))
    assert refused["error"]["code"] == "BadRequest"


def test_results_that_are_no_records_have_their_type(acme: Simulator) -> None:
    assert float(answer(acme, "GET", "/balance")["amount"]) > 0
    assert answer(acme, "GET", "/blocked?to=%2B491")["blocked"] is False


def test_operations_of_one_path_are_told_apart_by_a_header(acme: Simulator) -> None:
    items = urlencode({"e.1.id": "a", "e.1.body.text": "x", "e.2.id": "b"})
    assert "seen" in answer(acme, "POST", "/all", action="Count")
    refused = answer(acme, "POST", "/all", items, action="Many")
    assert refused["error"]["code"] == "BadRequest"
    whole = f"{items}&e.2.body.text=y"
    assert "error" not in answer(acme, "POST", "/all", whole, action="Many")
