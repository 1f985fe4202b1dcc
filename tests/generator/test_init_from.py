"""`wirebook init --from`: proposals that are valid, and hold nobody's secrets."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.support.foreign import (
    BASE64,
    HEX,
    INPUTS,
    KEY,
    MARKDOWN,
    PHONE,
)
from tests.support.project import Project
from wirebook.importers.shapes import shape_of


def beside(root: Path) -> Project:
    """A project with every input in its folder."""
    made = Project(root)
    made.configure("package = 'clients'")
    for kind, text in INPUTS.items():
        (root / f"{kind}.txt").write_text(text, "utf-8")
    return made


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return beside(tmp_path)


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The text of what a kind of input becomes; each is read once."""

    @cache
    def folder(kind: str) -> Path:
        root = tmp_path_factory.mktemp(kind)
        with contextlib.chdir(root):
            proposed(beside(root), kind)
        return root / "specs/pidgin"

    def text(kind: str, file: str = "provider") -> str:
        return (folder(kind) / f"{file}.yaml").read_text("utf-8")

    return text


def proposed(project: Project, kind: str) -> str:
    result = project.run("init", "pidgin", "--from", f"{kind}.txt")
    assert result.exit_code == 0, result.output
    return (project.root / "specs/pidgin/provider.yaml").read_text("utf-8")


@pytest.mark.parametrize("kind", INPUTS)
def test_a_proposal_is_valid_and_becomes_a_client(project: Project, kind: str) -> None:
    proposed(project, kind)
    result = project.run("generate")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("kind", INPUTS)
def test_no_value_that_was_sent_is_copied(
    proposal: Callable[..., str], kind: str
) -> None:
    text = proposal(kind) + proposal(kind, "vectors")
    for value in (KEY, KEY.upper(), PHONE, "private words", "Hi there", "m-77"):
        assert value not in text


SEEN = {
    "curl": ["to", "text", "options", "flash", "ttl", "from", "api_key", "account"],
    "pasted": ["action=sendOnce", "action=sendBatch", "ac=", "authkey=", "c=", "m="],
    "har": ["X-Api-Key", '"to"', '"text"', '"parts"'],
    "postman": ["X-Token", "sync=", "to=", "class=", "body="],
    "openapi": ["/v3/messages/sample", '"to"'],
    "answers": ["X-Pidgin-Signature", "to=", "text=", "class=", "Sign"],
}


@pytest.mark.parametrize("kind", SEEN)
def test_vectors_hold_the_request_against_every_field_seen(
    project: Project, kind: str
) -> None:
    proposed(project, kind)
    text = (project.root / "specs/pidgin/vectors.yaml").read_text("utf-8")
    shown = yaml.safe_load(text)["vectors"]
    for vector in shown:
        assert {"method", "target"} <= vector["request"].keys(), vector
    told = "\n".join(str(part) for v in shown for part in v["request"].values())
    for wire in SEEN[kind]:
        assert wire in told, wire
    result = project.run("prove", "pidgin")
    assert result.exit_code == 0, result.output
    path = project.root / "specs/pidgin/vectors.yaml"
    path.write_text(text.replace('target: "/', 'target: "/x', 1), "utf-8")
    assert project.run("prove", "pidgin").exit_code == 1


def test_replies_are_read_in_the_format_of_their_samples(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "page.md").write_text(MARKDOWN, "utf-8")
    words = ("init", "pidgin", "--from", "answers.txt", "--from", "page.md")
    assert project.run(*words).exit_code == 0
    text = (project.root / "specs/pidgin/provider.yaml").read_text("utf-8")
    xml = 'reply: {format: xml, root: "answer", status: "@code", returns: send_result}'
    assert xml in text
    assert 'to_phone: {wire: "to.phone", type: phone' in text
    one = 'separator: "|", fields: ["status", "field_2", "field_3"], min_fields: 1'
    assert (
        f"{{format: delimited, {one}, status: status, returns: submit_result}}" in text
    )
    many = (
        'separator: "|", records: "\\n", fields: ["status", "field_2"], min_fields: 1'
    )
    assert f"{{format: delimited, {many}, returns: bulk_result, list: true}}" in text
    assert "item_status: true" in text
    assert "reply: {format: text, returns: string}" in text
    for result in (project.run("lint", "pidgin"), project.run("generate")):
        assert result.exit_code == 0, result.output


def test_a_signature_is_proposed_by_its_length(proposal: Callable[..., str]) -> None:
    text = proposal("answers")
    assert "X-Pidgin-Signature has the length of sha256 as base64" in text
    assert "of: [$unknown_secret, $request.body], output: base64}" in text
    assert "Sign has the length of md5 as hex" in text
    assert "GUESS: a signature is computed" in text
    # What is proposed is right once it is not unknown any more.
    line = next(row for row in text.splitlines() if "#   sign: {digest: md5" in row)
    value = yaml.safe_load(line.strip().removeprefix("#"))["sign"]
    assert value == {"digest": "md5", "of": ["$unknown_secret", "$request.body"]}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (HEX, "md5 hex"),
        (HEX.upper(), "md5 hex_upper"),
        ("a" * 40, "sha1 hex"),
        ("0" * 128, "sha512 hex"),
        (BASE64, "sha256 base64"),
        (BASE64.replace("+", "-"), "sha256 base64url"),
        ("XUFAKrxLKna5cZ2REBfFkg==", "md5 base64"),
        ("short", ""),
        ("no digest at all, but words!!!!!", ""),
        ("abcdefghijklmnopqrstuvwx", ""),
    ],
)
def test_the_shape_of_a_digest(text: str, shape: str) -> None:
    assert shape_of(text) == shape


def test_what_is_there_is_never_touched(project: Project) -> None:
    before = proposed(project, "curl")
    result = project.run("init", "pidgin", "--from", "har.txt")
    assert result.exit_code == 2
    assert "is there already" in result.output
    assert (project.root / "specs/pidgin/provider.yaml").read_text("utf-8") == before


def test_a_curl_command_becomes_an_operation(proposal: Callable[..., str]) -> None:
    text = proposal("curl")
    assert 'path: "/v2/accounts/{account_id}/messages"' in text
    assert "basic: {username: $username, password: $password}" in text
    assert 'query: {"api_key": $api_key}' in text
    assert "bearer: $token" in text
    assert "x_request_timestamp: {now: unix_seconds}" in text
    assert "to: {type: phone, list: {json: true}" in text
    assert 'options_flash: {wire: "options.flash", type: boolean' in text
    assert 'sender: {wire: "from"' in text
    assert "file: {type: file" in text
    assert "does: submits" in text


def test_urls_and_tables_of_a_page_belong_together(
    proposal: Callable[..., str],
) -> None:
    text = proposal("pasted")
    assert "  send_once:\n" in text
    assert "  send_batch:\n" in text
    assert '"action": "sendOnce"' in text
    assert "authkey: {secret: true, env: PIDGIN_AUTHKEY" in text
    assert 'c: {type: string, summary: "The content, at most 1000' in text
    assert 't: {type: string, optional: true, summary: "Optional param' in text
    assert 'list: {join: "{|}"}' in text
    assert '"-2": {name: AUTHENTICATION_KEY_IS_INCORRECT' in text
    assert text.count("The operation was successful") == 1


@pytest.mark.parametrize("kind", ["markdown", "cells", "stacked", "html"])
def test_tables_of_codes_in_every_layout(
    proposal: Callable[..., str], kind: str
) -> None:
    text = proposal(kind)
    success = "1701" if kind == "html" else "0"
    assert f'success: ["{success}"]' in text
    balance = {"markdown": "-10", "cells": "-10", "html": "1725"}.get(kind)
    if balance:
        line = next(row for row in text.splitlines() if f'"{balance}":' in row)
        assert "reaction: balance" in line


def test_a_recording_names_each_request_once(proposal: Callable[..., str]) -> None:
    text = proposal("har")
    assert text.count("method: POST") == 1
    assert "GET" not in text
    assert 'headers: {"X-Api-Key": $x_api_key}' in text
    assert 'data_message_id: {wire: "data.messageId"' in text
    assert "Cookie" not in text


def test_a_collection_keeps_its_names(proposal: Callable[..., str]) -> None:
    text = proposal("postman")
    assert 'title: "Pidgin API"' in text
    assert "  send_sms:\n" in text
    assert 'path: "/messages/{channel}"' in text
    assert 'class_value: {wire: "class"' in text
    assert 'headers: {"X-Token": $x_token}' in text


def test_a_document_keeps_types_and_limits(proposal: Callable[..., str]) -> None:
    text = proposal("openapi")
    assert "  get_message:\n" in text
    assert 'path: "/v3/messages/{id}"' in text
    assert "text: {type: text, max_length: 1600, optional: true" in text
    assert "to: {type: phone, summary" in text
    assert 'meta_tag: {wire: "meta.tag"' in text
    assert "# HTTP 404: There is no such message" in text


PRINTED = """\
Send
POST https://api.pidgin.example/v2/send

{
  "to": "4915112345678",
  "sms": "sesame",
  "api_key": "sk-1"
}

Response
{"code": 0, "message_id": "m-77", "sent": {"parts": 1}}

Refused: {"code": 7, "error": "bad"}

GET https://api.pidgin.example/v2/balance
{"balance": 12, "currency": "EUR"}

curl -d "user=bob" https://api.pidgin.example/v2/ping
{"pong": true}
"""


def test_samples_below_a_request_are_its_body_and_its_answer(project: Project) -> None:
    (project.root / "printed.txt").write_text(PRINTED, "utf-8")
    text = proposed(project, "printed")
    assert text.count("method: ") == 3
    assert "to: {type: phone" in text
    assert 'json: {"api_key": $api_key}' in text
    assert 'parts: {wire: "sent.parts", type: integer' in text
    assert "currency: {type: string" in text
    assert "pong: {type: boolean" in text
    assert "format: text" not in text
    for value in ("sesame", "m-77", "sk-1", "49151", "EUR"):
        assert value not in text


def test_a_command_may_stand_inside_of_a_line(project: Project) -> None:
    line = 'Example: curl -d "user=bob&pass=xyz&to=49&text=hi" gw.pidgin.example/send\n'
    (project.root / "line.txt").write_text(f"Use curl as you like.\n{line}", "utf-8")
    text = proposed(project, "line")
    assert text.count("method: ") == 1
    assert 'form: {"user": $user, "pass": $pass_value}' in text
    assert "bob" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nothing of use.", "there is no curl command"),
        ('{"log": {"entries": [{"request": {}}]}}', "is not what it says"),
    ],
)
def test_what_cannot_be_read_is_said(project: Project, text: str, said: str) -> None:
    (project.root / "odd.txt").write_text(text, "utf-8")
    result = project.run("init", "pidgin", "--from", "odd.txt")
    assert result.exit_code == 2
    assert said in result.output
    assert not (project.root / "specs/pidgin").exists()


def test_tables_of_failures_and_shell_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    (tmp_path / "page.md").write_text(
        "| Code | Description |\n| --- | --- |\n"
        "| 001 | Authentication failed |\n| 301 | No credit left |\n",
        "utf-8",
    )
    (tmp_path / "calls.txt").write_text(
        'curl -X POST "https://api.pidgin.example/$ACCOUNT/messages/${KIND}" '
        "-d to=49151 -u $ACCOUNT:$TOKEN\n",
        "utf-8",
    )
    result = made.run("init", "pidgin", "--from", "calls.txt", "--from", "page.md")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "specs/pidgin/provider.yaml").read_text("utf-8")
    assert 'path: "/{account}/messages/{kind}"' in text
    assert "success: []  # GUESS" in text
    assert "$ACCOUNT" not in text
    result = made.run("lint", "pidgin")
    assert result.exit_code == 0, result.output
