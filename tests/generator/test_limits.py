"""Every limit of the language is met with the diagnostic that its page names."""

from __future__ import annotations

import re

import pytest

from tests.support.specs import HEAD
from wirebook.document import read
from wirebook.load import check
from wirebook.problem import Problem, Severity
from wirebook.topics import topic

KEY = "credentials: {key: {secret: true, env: ACME_KEY}}\n"


def operation(
    more: str = "",
    field: str = "type: string",
    reply: str = "format: json",
    path: str = "/send",
) -> str:
    return (
        f'operations: {{send: {{does: submits, method: POST, path: "{path}", in: json, {more} '
        f"parameters: {{phone: {{{field}}}}}, reply: {{{reply}}}}}}}\n"
    )


def computed(value: str) -> str:
    return (
        f"{KEY}auth: {{sign: {{compute: {{x: {value}}}, headers: {{X: $x}}}}}}\n"
        + operation()
    )


def scheme(value: str) -> str:
    return f"{KEY}auth: {{sign: {value}}}\n" + operation()


ITEMS = """\
statuses: {t: {type: int, success: [0], codes: {0: {name: OK, text: ok}}}}
models: {m: {fields: {code: {wire: $header.X-Code, type: status, table: t, item_status: true}}}}
""" + operation("statuses: {items: t},", reply="format: json, returns: m, list: true")

TRIED: dict[str, tuple[str, str]] = {
    "eval: …": (computed('{eval: "md5(key)"}'), "no code"),
    "rsa: …": (computed("{rsa: sha256, key: [$key]}"), "private key"),
    "digest: rsa-sha256": (computed("{digest: rsa-sha256, of: [$key]}"), "private key"),
    "http_digest: …": (scheme("{http_digest: {username: $key}}"), "challenge"),
    "client_certificate: …": (scheme("{client_certificate: $key}"), "`verify`"),
    "encode: aes": (operation(field="type: string, encode: aes"), "encrypted"),
    "encrypt: …": (computed("{encrypt: aes, key: [$key]}"), "encrypted"),
    "encode: xml": (operation(field="type: string, encode: xml"), "in: xml"),
    "url: wss://…": (operation(), "http:// or https://"),
    "format: event_stream": (operation(reply="format: event_stream"), "over HTTP"),
    "chunked: …": (operation("chunked: true,"), "whole in memory"),
    "follow_redirects: …": (operation("follow_redirects: true,"), "not followed"),
    "in: cookie": (operation(field="type: string, in: cookie"), "cookies not kept"),
    "compress: …": (operation("compress: gzip,"), "without compression"),
    "encode: gzip": (
        operation(field="type: string, encode: gzip"),
        "without compression",
    ),
    "depends_on: …": (operation("depends_on: upload,"), "`session`"),
    "one_of: …": (
        operation(field="type: json, one_of: [string, integer]"),
        "`type: json`",
    ),
    "type: [string, integer]": (operation(field="type: [string, integer]"), "string"),
    "format: html": (operation(reply="format: html"), "format: sentence"),
    "format: regex": (operation(reply="format: regex"), "format: sentence"),
    "failed_at: …": (
        operation(reply="format: json, failed_at: Failed"),
        "beside the field with what was taken",
    ),
    "wire: $header.…": (ITEMS, "a reply has each header once"),
    'path: "/send?to={phone}"': (operation(path="/send?to={phone}"), "`in: query`"),
    "batch: …": (operation("batch: [a, b],"), "operation of its own"),
}

PAGE = topic("limits")
NAMED = re.findall(r"`([^`]+)`:\s+([a-z]+(?:-[a-z]+)+)", PAGE)


def told(text: str, head: str) -> list[Problem]:
    node, found = read(head + text, "provider.yaml")
    assert node is not None
    found += check({"provider.yaml": node})[1]
    return [problem for problem in found if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(("tried", "rule"), NAMED)
def test_a_limit_is_met_with_its_rule_and_the_way_out(tried: str, rule: str):
    text, words = TRIED[tried]
    head = HEAD.replace("https://", "wss://") if tried.startswith("url") else HEAD
    found = [problem for problem in told(text, head) if problem.rule == rule]
    assert found, tried
    assert any(words in (problem.hint or "") for problem in found), found


def test_every_limit_names_a_rule_and_every_trial_is_on_the_page():
    bullets = PAGE.split("\n- **")[1:]
    assert all(re.search(r"`:\s+[a-z]+-[a-z-]+", bullet) for bullet in bullets)
    assert {tried for tried, _ in NAMED} == TRIED.keys()


def test_what_is_no_limit_is_not_refused():
    assert told(operation(field="type: string, pattern: '[a-z]+'"), HEAD) == []
    models = "models: {m: {fields: {a: {type: object, model: m, optional: true}}}}\n"
    assert told(models + operation(reply="format: json, returns: m"), HEAD) == []
