"""The language by example, played: what each page shows goes over loopback and comes back."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.support.families import KINDS, Caller, connected, sources
from tests.support.loopback import Answer
from tests.support.specs import HEAD
from wirebook.topics import TOPICS, examples

EXAMPLES = [
    (f"{name}_{number}", text)
    for name in TOPICS
    for number, text in enumerate(examples(name), 1)
]
REPORTS = "<Reports><Report state='D'><phone>1</phone></Report></Reports>"
HEADED = {"X-Code": "0", "Location": "/m/1", "X-Request-Id": "r-1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each example as the folder of a provider."""
    made = tmp_path_factory.mktemp("examples")
    for name, text in EXAMPLES:
        (made / name).mkdir()
        head = HEAD.replace("id: acme", f"id: {name}")
        (made / name / "provider.yaml").write_text(head + dedent(text), "utf-8")
    return made


def number(name: str, piece: str) -> str:
    """The example of a page that has such a line."""
    return next(key for key, text in EXAMPLES if key.startswith(name) and piece in text)


@pytest.mark.parametrize("name", [name for name, _ in EXAMPLES])
def test_every_example_becomes_a_client(folder: Path, name: str) -> None:
    assert f"family_clients/{name}/operations.py" in sources(folder / name)


SENT: list[tuple[str, str, str, dict[str, Any], str]] = [
    (
        "request",
        "split: {",
        "send",
        {"text": "hi", "send_at": datetime(2026, 7, 1, 10, 5, tzinfo=UTC)},
        "/send type=0&text=hi&date=2026-07-01&time=12%3A05",
    ),
    (
        "request",
        "encode_when",
        "send",
        {"kind": 2, "text": "hä", "send_at": datetime(2026, 1, 1, 10, 5, tzinfo=UTC)},
        "/send type=2&text=006800E4&date=2026-01-01&time=11%3A05",
    ),
    (
        "request",
        "nested: brackets",
        "form",
        {
            "order": {"a": "b"},
            "parts": [{"phone": "1", "text": "x"}],
            "attributes": {"k": "v"},
        },
        "/form?action=send order[a]=b&Part.1.to=1&Part.1.body=x"
        "&Attr.1.Name=k&Attr.1.Value.Type=String&Attr.1.Value.Text=v",
    ),
    (
        "request",
        "messages.0.text",
        "json",
        {"text": "hi", "recipients": ["1", "2"], "data": {"a": "b"}},
        '/json {"messages":[{"text":"hi","to":[{"number":"1"},{"number":"2"}]}],'
        '"data":"{\\"a\\":\\"b\\"}"}',
    ),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("page", "piece", "operation", "given", "wire"), SENT)
def test_what_is_sent(
    folder: Path,
    kind: str,
    page: str,
    piece: str,
    operation: str,
    given: dict[str, Any],
    wire: str,
) -> None:
    with connected(folder / number(page, piece), kind, lambda _: "") as (api, server):
        arguments = dict(given)
        if "kind" in arguments:
            arguments["kind"] = api.module.Kind(arguments["kind"])
        if "parts" in arguments:
            arguments["parts"] = [
                api.module.Part(**part) for part in arguments["parts"]
            ]
        api.call(operation, **arguments)
    (request,) = server.requests
    body = request.body.decode().replace("%5B", "[").replace("%5D", "]")
    assert f"{request.target} {body}" == wire


READ: list[tuple[str, str, str, dict[str, Any], str, dict[str, str], str]] = [
    (
        "reply",
        "root: [Response",
        "send",
        {"phone": "1"},
        "<Response><Id>m-1</Id></Response>",
        {},
        "'m-1'",
    ),
    (
        "reply",
        "root: [Response",
        "send",
        {"phone": "1"},
        "<Error><Number>7</Number></Error>",
        {},
        "NO_CREDIT",
    ),
    ("reply", "root: [Response", "list_reports", {}, REPORTS, {}, "state='D')]"),
    (
        "reply",
        "root: [Response",
        "list_reports",
        {},
        "<Error code='7'><Text>no</Text></Error>",
        {},
        "NO_CREDIT",
    ),
    (
        "reply",
        "$header",
        "send",
        {"phone": "1"},
        "",
        HEADED,
        "Created(location='/m/1', trace='r-1')",
    ),
    (
        "reply",
        "$header",
        "send",
        {"phone": "1"},
        "",
        {**HEADED, "X-Code": "8"},
        "TOO_FAST",
    ),
    (
        "reply",
        "keyed",
        "send",
        {"phones": ["1", "2"]},
        '{"code": 0, "sent": {"2": {"id": "m-2"}}}',
        {},
        "m-2",
    ),
    (
        "reply",
        "keyed",
        "list_prices",
        {},
        "Country;Price EUR\nDE;0.05\nFR;0.06\n",
        {},
        "Decimal('0.06')",
    ),
    ("status", "effects", "send", {"phone": "1"}, "Code: 200\nId: m-1\n", {}, "'m-1'"),
    ("status", "effects", "send", {"phone": "1"}, "Id: m-1\n", {}, "'m-1'"),
    (
        "status",
        "effects",
        "send",
        {"phone": "1"},
        "Code: 500\n",
        {},
        "FAILED NO Failed, nothing was sent",
    ),
    ("status", "effects", "send", {"phone": "1"}, "Code: 10.1\n", {}, "DUPLICATE YES"),
]


def outcome(api: Caller, operation: str, given: dict[str, Any]) -> str:
    try:
        return repr(api.call(operation, **given))
    except api.errors.ProviderError as error:
        return f"{error.status.name} {error.submitted.name} {error.text}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("page", "piece", "operation", "given", "body", "headers", "told"), READ
)
def test_what_is_read(
    folder: Path,
    kind: str,
    page: str,
    piece: str,
    operation: str,
    given: dict[str, Any],
    body: str,
    headers: dict[str, str],
    told: str,
) -> None:

    def handler(_: object) -> Answer:
        return Answer(body.encode(), 201 if headers else 200, tuple(headers.items()))

    with connected(folder / number(page, piece), kind, handler) as (api, _):
        assert told in outcome(api, operation, given)


def test_the_contents_lead_to_the_pages() -> None:
    text = (Path(__file__).parents[2] / "specs/README.md").read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings
    }
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert len(links) >= len(TOPICS) - 1
    assert set(links) <= anchors, json.dumps(sorted(set(links) - anchors))
