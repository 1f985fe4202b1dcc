"""`wirebook try`: one call over a real connection, and nothing secret on the screen."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.support.loopback import Answer, loopback
from tests.support.project import Project
from wirebook.trial.hidden import Hiding

KEY = "k3y/with+signs="
SENT = Answer(b'{"code": 0, "message": "OK", "messageId": "m-1"}')
REFUSED = Answer(b'{"code": -2, "message": "Insufficient balance"}')


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ACME_API_KEY", raising=False)
    made = Project(tmp_path)
    made.configure("package = 'clients'")
    assert made.run("init", "acme").exit_code == 0
    return made


def test_it_prints_request_reply_and_result(
    acme: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_API_KEY", KEY)
    with loopback([SENT]) as server:
        result = acme.run(
            "try", "acme", "send", "recipients=+49151", "recipients=+49152",
            "content=a=b", "--base-url", server.url,
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert server.received[0].header("X-Api-Key") == KEY
    assert server.received[0].body == b'{"to":["+49151","+49152"],"text":"a=b"}'
    assert '> {"to":["+49151","+49152"],"text":"a=b"}\n' in result.output
    assert "< HTTP 200 OK\n" in result.output
    assert '"message_id": "m-1"' in result.output
    assert KEY not in result.output
    assert "> X-Api-Key: ••••••\n" in result.output


def test_a_refusal_is_told_with_its_class_and_exits_1(
    acme: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_API_KEY", KEY)
    with loopback([REFUSED]) as server:
        words = ("try", "acme", "send", 'recipients=["+49151"]', "content=hello")
        result = acme.run(*words, "--base-url", server.url, "--json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["error"]["class"] == "InsufficientBalanceError"
    assert told["error"]["status"] == "BALANCE_TOO_LOW"
    assert told["error"]["submitted"] == "NO"
    assert told["exchanges"][0]["reply"]["body"] == REFUSED.body.decode()
    assert len(server.received) == 1
    assert KEY not in result.output


def test_a_dry_run_prints_the_bytes_that_would_be_sent(
    acme: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_API_KEY", KEY)
    words = ("try", "acme", "send", "recipients=+49151", "content=hello")
    dry = acme.run(*words, "--dry-run", "--show-secrets")
    head, _, body = dry.stdout_bytes.rstrip(b"\n").partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/messages HTTP/1.1\r\nHost: ")
    assert f"X-Api-Key: {KEY}".encode() in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert body == b'{"to":["+49151"],"text":"hello"}'
    assert KEY not in acme.run(*words, "--dry-run").output


def test_a_dry_run_does_without_an_account(acme: Project) -> None:
    result = acme.run("try", "acme", "get_balance", "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("GET /v1/balance HTTP/1.1")
    assert "ACME_API_KEY is not set" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("send",), "missing 2 required arguments: 'recipients' and 'content'"),
        (("sent",), "no operation 'sent'; did you mean 'send'?"),
        (("send", "contant=x"), "no parameter 'contant'; did you mean 'content'?"),
        (("send", "hello"), "'hello' is no argument: write NAME=VALUE"),
        (("send", "content=@nowhere.txt"), "nowhere.txt"),
        (("send", "--server", "eu"), "there are"),
        (("send", "--set", "api_key=x"), "secrets come from the environment"),
    ],
)
def test_mistakes_are_named_with_the_way_out(
    acme: Project, words: tuple[str, ...], said: str
) -> None:
    result = acme.run("try", "acme", *words, "--dry-run")
    assert result.exit_code == 2
    assert said in result.output


PERSON = """\
models:
  person:
    summary: Somebody.
    fields:
      phone: {type: phone, summary: The number.}
operations:
  greet:
    summary: Greet people.
    src: "doc#send"
    does: submits
    method: POST
    path: /v1/greet
    in: json
    parameters:
      people: {type: object, model: person, list: {json: true}, summary: "Who."}
      at: {type: datetime, format: iso8601, zone: UTC, optional: true, summary: "When."}
    statuses: {table: result}
    reply: {format: json, status: code}
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (['people={"phon": "1"}'], "people: person has no field 'phon'; did you mean"),
        (["people=x"], "people: 'x' is no object; write it as JSON"),
        (['people={"phone": "1"}', "at=today"], "at: 'today' is no moment; write 2026"),
    ],
)
def test_values_of_another_type_are_refused_before_anything_is_made(
    acme: Project, words: list[str], said: str
) -> None:
    models, operations = PERSON.split("operations:\n")
    acme.replace("specs/acme/provider.yaml", "models:\n", models)
    acme.replace(
        "specs/acme/provider.yaml", "operations:\n", f"operations:\n{operations}"
    )
    result = acme.run("try", "acme", "greet", *words, "--dry-run")
    assert result.exit_code == 2
    assert said in result.output
    fine = acme.run("try", "acme", "greet", 'people={"phone": "1"}', "--dry-run")
    assert fine.stdout.rstrip().endswith('{"people":[{"phone":"1"}]}')


def test_a_missing_credential_names_its_variable(acme: Project) -> None:
    result = acme.run("try", "acme", "get_balance")
    assert result.exit_code == 2
    assert "api_key is missing: set ACME_API_KEY" in result.output


def test_a_spec_with_errors_is_not_tried(acme: Project) -> None:
    acme.replace("specs/acme/provider.yaml", "does: reads", "does: raeds")
    result = acme.run("try", "acme", "get_balance", "--dry-run")
    assert result.exit_code == 2
    assert "provider.yaml" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "GET https://x.example/a?sign=s3cretvalue&b=1",
        "sign=s3cretvalue&b=1",
        '{"a": {"sign": "s3cretvalue"}}',
        "<m><sign>s3cretvalue</sign></m>",
        '<m sign="s3cretvalue"/>',
        "> Sign: s3cretvalue",
        'Content-Disposition: form-data; name="sign"\r\n\r\ns3cretvalue\r\n--b--',
        "Authorization: Basic s3cretvalue",
    ],
)
def test_what_stands_under_a_secret_name_is_masked(text: str) -> None:
    hidden = Hiding(["sign"], ())(text)
    assert "s3cretvalue" not in hidden
    assert "•" in hidden


def test_what_was_sent_under_a_secret_name_is_masked_wherever_it_comes_back() -> None:
    hidden = Hiding(["sign"], ["pw"], ["GET /a?sign=abcdef HTTP/1.1"])
    assert hidden("no abcdef for pw, pwx") == "no •••••• for ••••••, pwx"


CANARY = "c4n4ry-ünïque-Zq7"


@pytest.mark.parametrize("charset", ["latin-1", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("json_format", [True, False])
def test_a_body_that_is_no_utf_8_is_masked_before_it_is_encoded(
    acme: Project, monkeypatch: pytest.MonkeyPatch, charset: str, json_format: bool
) -> None:
    key = CANARY.encode("ascii", "ignore").decode()
    monkeypatch.setenv("ACME_API_KEY", key)
    body = b"\xff\xfe\x00" + f"key {key} refused".encode(charset) + b"\xff\xfe"
    with loopback([Answer(body)]) as server:
        words = ("try", "acme", "get_balance", "--base-url", server.url)
        result = acme.run(*words, *(["--json"] if json_format else []))
        bare = acme.run(*words, "--json", "--show-secrets")
    assert result.exit_code == 1
    leaked = (key, repr(key.encode(charset))[2:-1])
    if json_format:
        reply = json.loads(result.output)["exchanges"][0]["reply"]
        seen = base64.b64decode(reply["body_base64"])
        assert "••••••".encode() in seen
        assert key.encode(charset) not in seen
    assert not any(secret in result.output for secret in leaked)
    shown = json.loads(bare.output)["exchanges"][0]["reply"]["body_base64"]
    assert base64.b64decode(shown) == body


def test_a_secret_beyond_ascii_is_found_in_other_charsets() -> None:
    hide = Hiding((), [CANARY])
    for charset in ("utf-8", "latin-1", "gb18030", "utf-16-le", "utf-16-be"):
        data = b"\xff" + CANARY.encode(charset)
        assert CANARY.encode(charset) not in hide.octets(data)


def test_errors_and_problems_are_masked(
    acme: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_API_KEY", KEY)
    words = json.dumps({"code": f"x{KEY}x", "message": f"{KEY} is wrong"})
    for style in ((), ("--json",)):
        with loopback([Answer(words.encode())]) as server:
            call = ("try", "acme", "get_balance", "--base-url", server.url)
            result = acme.run(*call, *style)
        assert result.exit_code == 1
        assert "••••••" in result.output
        assert KEY not in result.output


def test_a_value_of_json_is_masked_by_value_and_by_name() -> None:
    hide = Hiding(["pin"], ["s3cretvalue"])
    told = {"pin": 1234, "text": 'no "s3cretvalue"', "rest": [{"pin": None, "n": 1}]}
    assert hide.tree(told) == {
        "pin": "••••••",
        "text": 'no "••••••"',
        "rest": [{"pin": None, "n": 1}],
    }
