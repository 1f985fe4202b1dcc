"""Requests of anybody, and specs of anybody, at the simulator."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import CHROMIUM, Browser
from tests.support.project import project
from tests.support.simulation import prepare, providers, simulator
from wirebook.load import load
from wirebook.model import Vector
from wirebook.simulate import page
from wirebook.simulate.exchange import Incoming
from wirebook.simulate.server import Running
from wirebook.simulate.simulator import Simulator

MARKUP = (
    "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"
    "\"><svg onload='window.pwned=1'>{{7*7}}</textarea></style>`<u>`&lt;u&gt;"
)
EVIL = f"\x1b[31m\u202e{MARKUP}"
SECONDS = 3.0
BODIES = {
    "zeros": b"\0" * 1_000,
    "every byte": bytes(range(256)) * 20,
    "lists": b"[" * 100_000,
    "maps": b'{"a":' * 100_000,
    "digits": b"9" * 100_000,
    "a large number": b'{"a":1e400000}',
    "half of a letter": b'{"to":"\\ud800","text":"\\udfff","\\ud800":"\\u0000"}',
    "entities": b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r>&b;</r>',
    "elements": b"<a>" * 100_000,
    "another charset": b'<?xml version="1.0" encoding="utf-7"?><a/>',
    "pairs": b"&".join(b"a%d=1" % n for n in range(100_000)),
    "no pairs": b"&" * 1_000_000,
    "escapes": b"a=%ff%fe%00&b=%u1234&%=%",
    "wide": "\ufeff".encode("utf-16") + '{"a":1}'.encode("utf-16"),
    "names": b"{" + b",".join(b'"a%d":1' % n for n in range(50_000)) + b"}",
    "large": b'{"text":"' + b"a" * 5_000_000 + b'"}',
    "parts": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n' * 5_000,
    "parts in parts": b"".join(
        b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (n, n + 1)
        for n in range(500)
    ),
}
VALUES = ("\x1b[31m", "\0", "\xff", "9" * 5_000, "-1e999", "²", "0000-00-00", MARKUP)


def recorded() -> Iterator[tuple[str, Vector]]:
    """A recorded request for each provider, method and place of the body."""
    seen: set[tuple[Any, ...]] = set()
    for provider in providers():
        operations = {each.id: each for each in provider.operations}
        for vector in provider.vectors:
            operation = operations.get(vector.operation)
            if operation is None or "target" not in (vector.request or {}):
                continue
            key = (provider.id, operation.method, operation.place, operation.auth)
            if key not in seen:
                seen.add(key)
                yield provider.id, vector


def hostile(request: dict[str, Any]) -> Iterator[tuple[str, dict[str, str], bytes]]:
    """Target, headers and body of a request with one thing exchanged."""
    target = str(request["target"])
    headers = {name: str(value) for name, value in request.get("headers", {}).items()}
    body = str(request.get("body", "")).encode()
    for content in BODIES.values():
        yield target, headers, content
    yield target, {**headers, "Content-Type": "multipart/form-data; boundary=x0"}, body
    for value in VALUES:
        yield target, dict.fromkeys(
            [*headers, "Authorization", "Host", value], value
        ), body
        escaped = "".join(f"%{each:02x}" for each in value.encode())
        yield re.sub("=[^&]*", f"={escaped}", target), headers, body
        yield f"{target.partition('?')[0]}?{escaped}={value}", headers, body
        text = json.dumps(value).encode().replace(b"\\", rb"\\")
        yield target, headers, re.sub(rb'"[^"]*"(?=[,}\]])', text, body)
        yield target, headers, re.sub(rb"=[^&]*", b"=" + escaped.encode(), body)


@pytest.mark.parametrize(
    ("name", "vector"), [pytest.param(*each, id=each[1].id) for each in recorded()]
)
def test_any_request_is_answered_and_shown(name: str, vector: Vector) -> None:
    simulated = simulator(name)
    prepare(simulated, vector, name)
    request: dict[str, Any] = dict(vector.request or {})
    for target, headers, body in hostile(request):
        sent = tuple(headers.items())
        began = time.process_time()
        answer = simulated.handle(
            Incoming(str(request.get("method", "GET")), f"/{name}{target}", sent, body)
        )
        assert time.process_time() - began < SECONDS
        assert 200 <= answer.http < 600
        assert all(value.isprintable() for pair in answer.headers for value in pair)
    shown(simulated)


def shown(simulated: Simulator) -> None:
    """Every call and message is a page without markup of its own."""
    for each in list(simulated.state.exchanges)[-len(BODIES) :]:
        parts = page.fragments(
            simulated, page.View(tab="calls", exchange=each.number), ""
        )
        inert(parts["detail"])
    for number in list(simulated.state.messages)[-3:]:
        view = page.View(message=number)
        inert("".join(page.fragments(simulated, view, f"http://{MARKUP}").values()))
    inert(
        page.fragments(simulated, page.View(tab="connect"), f"http://{MARKUP}")["list"]
    )


def inert(text: str) -> None:
    assert text.encode()
    assert "window.pwned=1</script>" not in text
    assert not re.search(r"<(script|img|u)\b|<svg onload", text)


CONTROL: list[tuple[str, str, Any]] = [
    ("GET", "?message=%C2%B2", None),
    ("GET", f"?message={'9' * 5_000}&exchange=%D9%A3&tab={'a' * 5_000}", None),
    ("GET", "_wirebook/messages?after=%C2%B2", None),
    ("GET", f"_wirebook/messages/{'9' * 5_000}", None),
    ("DELETE", "_wirebook/scenarios/x", None),
    ("POST", "_wirebook/scenarios", b"[" * 100_000),
    ("POST", "_wirebook/scenarios", b'{"a":' * 100_000),
    ("POST", "_wirebook/scenarios", b"9" * 10_000),
    ("POST", "_wirebook/scenarios", b"\xff"),
    ("POST", "_wirebook/messages/1/reply", {"text": "\ud800"}),
    ("POST", "_wirebook/messages/1/reply", {"text": "a" * 2_000_000}),
    ("POST", "_wirebook/messages/1/deliver", {"state": EVIL}),
    ("PATCH", "_wirebook/providers/aisix", {"balance": "NaN"}),
    ("PATCH", "_wirebook/providers/aisix", {"balance": "1e999999999"}),
    ("PATCH", "_wirebook/providers/aisix", {"callbacks": {"*": "http://[x"}}),
    ("PATCH", "_wirebook/providers/aisix", {"credentials": {"authkey": "\ud800"}}),
    *(
        ("POST", "_wirebook/scenarios", {name: value})
        for name in ("status", "recipient", "times", "http", "latency", "ratio")
        for value in ("\ud800", float("inf"), float("nan"), 10**30, "9" * 5_000)
        if not (name == "recipient" and value != "\ud800")
        and not (name in ("status", "times") and value == 10**30)
        and not (name == "status" and value != "\ud800")
    ),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with Running(simulator("aisix", "unified")) as server:
        send(server)
        yield server


def send(server: Running) -> int:
    """A message whose text is markup; the HTTP status."""
    text = "".join(f"%{each:02x}" for each in EVIL.encode())
    login = "ac=1001%40100001&authkey=87B01469201D6557C2685137EB3B5DEC"
    query = f"action=sendOnce&{login}&cgid=1&csid=0&m=18100002707&c={text}"
    return ask(server, "GET", f"aisix/OpenPlatform/OpenApi?{query}")


def ask(
    server: Running, method: str, path: str, body: Any = None, **headers: str
) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    try:
        connection.request(method, f"/{path}", content, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@pytest.mark.parametrize(("method", "path", "body"), CONTROL)
def test_control_refuses_and_goes_on(
    running: Running, method: str, path: str, body: Any
) -> None:
    status = ask(running, method, path, body)
    assert status == 200 if body is None and "/" not in path else status < 500
    assert method == "GET" or 400 <= status < 500
    for each in ("", "?message=1", "?tab=calls&exchange=1", "_wirebook/scenarios"):
        assert ask(running, "GET", each) == 200
    assert send(running) == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff\x00\xff\r\n\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
        b"GET " + b"a" * 200_000,
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 50_000,
        b"GET /\x1b[31m HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /aisix HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /aisix HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=repr,
)
def test_what_is_no_request_is_refused(
    running: Running, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as raw:
        try:
            raw.sendall(data)
            said = raw.recv(100)
        except ConnectionError:
            said = b""
    assert not said or said.startswith(b"HTTP/1.1 400 ")
    assert ask(running, "POST", "_wirebook/reset", b"{}", Origin="http://[x") == 403
    assert ask(running, "GET", "", Host=f'"{MARKUP}') == 200
    assert capfd.readouterr() == ("", "")


def evil_project(root: Path) -> Path:
    """The specs of a project that speaks of nothing but scripts."""
    made = project(root)
    file = "specs/ping/provider.yaml"
    word = json.dumps(EVIL.replace("{", ""))
    for old in (
        "title: Ping",
        "summary: Ask whether anybody is there.",
        "text: Wrong token",
    ):
        made.replace(file, old, f"{old.partition(':')[0]}: {word}")
    return root / "specs"


def test_the_command_prints_nothing_that_is_obeyed(tmp_path: Path) -> None:
    evil_project(tmp_path)
    command = [sys.executable, "-m", "wirebook", "simulate", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Stop it"):
                break
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/", said)[0])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
            raw.sendall(b"GET /ping/\x1b[31m HTTP/1.1\r\n\r\n")
            raw.recv(100)
        with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
            raw.sendall(b"POST /ping/%1b[31m HTTP/1.1\r\nHost: a\r\n\r\n")
            raw.recv(100)
        process.send_signal(signal.SIGINT)
        said += process.stdout.read()
    assert "Traceback" not in said
    kinds = {unicodedata.category(letter) for letter in said if letter != "\n"}
    assert not kinds & {"Cc", "Cf", "Zl", "Zp"}


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
def test_no_script_runs_in_the_inbox(tmp_path: Path) -> None:
    loaded = load(evil_project(tmp_path), tmp_path)
    aisix = next(each for each in providers() if each.id == "aisix")
    simulated = Simulator([aisix, *loaded.providers])
    with Running(simulated) as server:
        send(server)
        assert ask(server, "POST", "_wirebook/messages/1/reply", {"text": EVIL}) == 201
        ask(server, "GET", "ping/x?<script>", **{"X-A": MARKUP, "User-Agent": MARKUP})
        ask(server, "POST", "ping/ping", MARKUP.encode())
        force = {"status": MARKUP, "recipient": MARKUP}
        assert ask(server, "POST", "_wirebook/scenarios", force) == 201
        browser = Browser(tmp_path / "profile")
        try:
            for tab in ("messages", "calls", "scenarios", "connect"):
                for number in (1, 2, 3, 4):
                    query = f"tab={tab}&message={number}&exchange={number}"
                    browser.open(f"{server.url}/?{query}&q=")
                    assert browser.run("window.pwned") is None
                    assert (
                        browser.run(
                            "document.querySelector('img, iframe, u, [onload], [onerror]')"
                        )
                        is None
                    )
                    assert browser.run("document.scripts.length") == 1
                    assert browser.run("document.querySelectorAll('style').length") == 1
            browser.open(f"{server.url}/?tab=messages&message=1&q=")
            assert "<script>window.pwned=1" in browser.text()
            assert browser.problems == []
        finally:
            browser.close()
