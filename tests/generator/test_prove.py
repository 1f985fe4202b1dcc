"""`wirebook prove`: vectors that hold, and what is said of those that do not."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.project import Project
from wirebook.proof import compare
from wirebook.trial.exchange import Exchange

SPEC = """\
spec: 1
provider: {id: acme, title: Acme}
servers: {main: {url: "https://api.example.com/v1"}}
credentials:
  user: {env: ACME_USER}
  secret: {secret: true, env: ACME_SECRET}
auth:
  signed:
    compute:
      time: {now: unix_seconds}
      nonce: {nonce: hex, length: 8}
      key: {hmac: sha256, key: [$secret], of: [$time], output: raw}
      text: {join: "&", of: [$user, $time, $nonce, $request.body]}
      sign: {hmac: sha256, key: [$key], of: [$text]}
    headers: {X-Time: $time, X-Nonce: $nonce, X-Sign: $sign}
  pushed:
    compute: {sign: {digest: md5, of: [$request.body, $secret]}}
    headers: {X-Sign: $sign}
  session: {bearer: $session.token, session: {operation: log_in, token: token}}
statuses:
  result:
    type: int
    success: [0]
    defaults: {effect: none}
    codes:
      0: {name: OK, text: ok}
      1: {name: EMPTY, text: no credit, reaction: balance}
models:
  login: {fields: {token: {type: string, secret: true}}}
  report: {fields: {id: {type: string}, parts: {type: integer}}}
operations:
  log_in: {does: reads, method: POST, path: /login, reply: {format: json, returns: login}}
  send:
    does: submits
    method: POST
    path: /send
    in: form
    parameters: {content: {wire: text, type: text}}
    statuses: {table: result}
    reply: {format: json, status: code, at: id, returns: string}
  balance:
    auth: session
    does: reads
    method: GET
    path: /balance
    reply: {format: text, returns: decimal}
callbacks:
  report: {model: report, format: form, auth: pushed}
"""

VECTORS = """\
spec: 1
client: {user: ann, secret: sesame-open-sesame}
at: "2023-11-14T22:13:20Z"
nonce: 0a0b0c0d
vectors:
  - id: login
    operation: log_in
    request: {method: POST, target: /v1/login, headers: {X-Nonce: 0a0b0c0d}}
    reply: {http: 200, body: '{"token": "t-1"}'}
    result: {token: t-1}
  - id: sent
    operation: send
    arguments: {content: hello}
    request:
      target: /v1/send
      headers: {X-Time: "1700000000", X-Sign: SIGN}
      body: text=hello
    reply: {http: 200, body: '{"code": 0, "id": "m-1"}'}
    result: m-1
  - id: empty
    operation: send
    arguments: {content: hello}
    reply: {http: 200, body: '{"code": 1, "id": null}'}
    raises: {error: InsufficientBalance, status: EMPTY, code: "1", submitted: "NO"}
  - id: balance
    operation: balance
    request: {method: GET, headers: {Authorization: Bearer t-1}}
    reply: {http: 200, body: "12.50"}
    result: "12.50"
  - id: report
    operation: callback:report
    request: {method: POST, target: /, headers: {X-Sign: REPORT_SIGN}, body: id=m-1&parts=2}
    result: {id: m-1, parts: "2"}
  - id: forged
    operation: callback:report
    request: {method: POST, target: /, headers: {X-Sign: none}, body: id=m-1&parts=2}
    raises: {error: InvalidCallback}
"""
# HMAC-SHA256 over ann&1700000000&0a0b0c0d&text=hello, with a key made for the time.
SIGN = "6b1f611938ea86c47e5049dbc2cb619f414d61b6e9676e0ff17f995abd9862a3"
REPORT_SIGN = "429ff03e4ef8689faf58e5289a560354"

PUSH = '{"id": "m-1", "parts": 2}'
# MD5 over https://acme.example/in?a=1, the body, and the secret.
PUSHED = "2991d9cbd49e5bf4f4dedba7baa91fde"


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.configure("package = 'clients'")
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True)
    (folder / "provider.yaml").write_text(SPEC, "utf-8")
    (folder / "vectors.yaml").write_text(
        VECTORS.replace("REPORT_SIGN", REPORT_SIGN).replace("SIGN", SIGN), "utf-8"
    )
    return made


def spoiled(acme: Project, old: str, new: str) -> str:
    """What is said once the vectors are changed so."""
    file = acme.root / "specs" / "acme" / "vectors.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    result = acme.run("prove", "acme")
    assert result.exit_code == 1, result.output
    return result.output


def test_vectors_that_hold(acme: Project) -> None:
    result = acme.run("prove")
    assert result.exit_code == 0, result.output
    assert result.output == "6 of 6 vectors hold\n"


def test_a_signature_is_taken_apart(acme: Project) -> None:
    said = spoiled(acme, SIGN, "f" * 64)
    assert "vectors.yaml:11:5: error[broken-vector]: 'sent': the header X-Sign" in said
    assert "sent: computed by signed\n  time: '1700000000'\n" in said
    assert "  text: 'ann&1700000000&0a0b0c0d&text=hello'\n" in said
    assert f"  sign: '{SIGN}'\n" in said
    assert "5 of 6 vectors hold" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("body: text=hello", "body: text=hi", "the body is 'text=hello', expected"),
        ("target: /v1/send", "target: /send", "target is '/v1/send', expected '/send'"),
        ("{X-Time:", "{X-Other: a, X-Time:", "the header X-Other is not sent"),
        ("result: m-1", "result: m-2", "'sent': result is 'm-1', expected 'm-2'"),
        ('"code": 0, "id"', '"code": 1, "id"', "'sent': it raises Insufficient"),
        ("InsufficientBalance, s", "OutcomeUnknown, s", "not OutcomeUnknown"),
        ('"code": 1, "id": null', '"code": 0, "id": ""', "taken for a success"),
        ('submitted: "NO"', "submitted: MAYBE", "submitted of the error is 'NO'"),
        ('parts: "2"', 'parts: "3"', "'report': result.parts is '2', expected '3'"),
        ("parts=2}\n    result", "parts=3}\n    result", "'report': it raises Invalid"),
        ("X-Sign: none", f"X-Sign: {REPORT_SIGN}", "taken for a success, not for InvalidC"),
        ("Bearer t-1", "Bearer t-2", "the header Authorization is 'Bearer t-1'"),
    ],
)  # fmt: skip
def test_what_differs_is_named(acme: Project, old: str, new: str, said: str) -> None:
    assert said in spoiled(acme, old, new)


def test_long_texts_are_shown_where_they_part(acme: Project) -> None:
    content = "a" * 300
    file = acme.root / "specs" / "acme" / "vectors.yaml"
    text = file.read_text("utf-8").replace("content: hello", f"content: {content}")
    file.write_text(text, "utf-8")
    said = spoiled(acme, "text=hello", f"text={content}b")
    assert f"differs from character 306 on: it is …'{'a' * 20}', expected …" in said


def test_what_a_try_computes_is_shown_without_keys(
    acme: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_USER", "ann")
    monkeypatch.setenv("ACME_SECRET", "sesame-open-sesame")
    words = ["try", "acme", "send", "content=hello", "--dry-run", "--steps"]
    held = [*words, "--at", "2023-11-14T22:13:20+00:00", "--nonce", "0a0b0c0d"]
    result = acme.run(*held)
    assert result.exit_code == 0, result.output
    assert "# text: 'ann&1700000000&0a0b0c0d&text=hello'\n" in result.output
    assert "# key: '••••••'\n" in result.output
    assert SIGN not in result.output
    assert SIGN in acme.run(*held, "--show-secrets").output
    wrong = acme.run(*words, "--at", "2023-11-14 22:13")
    assert wrong.exit_code == 2
    assert "write date, time and offset" in wrong.output


def test_a_spec_with_errors_proves_nothing(acme: Project) -> None:
    file = acme.root / "specs" / "acme" / "provider.yaml"
    file.write_text(SPEC.replace("$user,", "$usr,"), "utf-8")
    result = acme.run("prove", "acme")
    assert result.exit_code == 2
    assert "unknown-credential" in result.output


def test_problems_for_machines(acme: Project) -> None:
    file = acme.root / "specs" / "acme" / "vectors.yaml"
    file.write_text(file.read_text("utf-8").replace("result: m-1", "result: m-2"))
    result = acme.run("prove", "--format", "json")
    assert [each["rule"] for each in json.loads(result.output)["problems"]] == [
        "broken-vector"
    ]


def test_a_push_that_signs_its_url(acme: Project) -> None:
    folder = acme.root / "specs" / "acme"
    provider = folder / "provider.yaml"
    text = provider.read_text("utf-8")
    text = text.replace(
        "  session: {bearer",
        "  receipts:\n"
        "    compute: {sign: {digest: md5, of: [$request.url, $request.body, $secret]}}\n"
        "    headers: {X-Sign: $sign}\n"
        "  session: {bearer",
    )
    text += "  receipt: {model: report, format: json, auth: receipts}\n"
    provider.write_text(text, "utf-8")
    acme.replace(
        "specs/acme/vectors.yaml",
        "vectors:\n",
        "vectors:\n"
        "  - id: receipt\n"
        "    operation: callback:receipt\n"
        "    request: {method: POST, target: /in?a=1, headers: {Host: acme.example,"
        f" X-Sign: {PUSHED}}}, body: '{PUSH}'}}\n"
        "    result: {id: m-1}\n",
    )
    assert acme.run("prove").output == "7 of 7 vectors hold\n"
    said = spoiled(acme, "/in?a=1", "/in?a=2")
    assert "'receipt': it raises InvalidCallback" in said
    assert "X-Sign does not fit" in said
    assert "receipt: computed by receipts\n" in said


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("2014-03-19T16:26:15+05:30", True),
        ("2014-03-19T10:56:15Z", True),
        ("2014-03-19T10:56:16Z", False),
        ("2014-03-19T16:26:15", False),
    ],
)
def test_a_moment_is_the_same_in_every_zone(text: str, holds: bool) -> None:
    moment = datetime(2014, 3, 19, 16, 26, 15, tzinfo=ZoneInfo("Asia/Kolkata"))
    assert (compare.result(text, moment) == []) is holds


def exchange(body: bytes) -> Exchange:
    return Exchange("send", "POST", "https://acme.example/", "/", [], body)


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ('{\n  "b": [1],\n  "a": "x"\n}', 'what is sent: {"a":"x","b":[1]}'),
        ('{"a": "x", "b": [2]}', "the body is "),
    ],
)
def test_a_body_that_is_only_laid_out_otherwise(recorded: str, said: str) -> None:
    sent = exchange(b'{"a":"x","b":[1]}')
    [difference] = compare.request({"body": recorded}, sent)
    assert said in difference


def test_a_document_that_is_only_laid_out_otherwise() -> None:
    sent = exchange(b'<?xml version="1.0" encoding="utf-8"?><a b="1"><c></c></a>')
    [difference] = compare.request({"body": '<a b="1"><c/></a>'}, sent)
    assert "what is sent: <?xml" in difference
