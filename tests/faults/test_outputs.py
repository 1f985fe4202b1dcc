"""What the tools print, serve and log: no credential of anybody who uses them.

Texts and numbers are what the simulator's inbox is for, and what `try` is asked to
show; credentials are in neither.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import urllib.error
import urllib.request
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from telecoms import aisix, onbuka
from telecoms._runtime import errors
from tests.support.fault_server import Close, Reset, Script, fault_server, reply
from tests.support.project import Project
from tests.support.sinks import hunt, sinks
from wirebook.testing import Simulation

ROOT = Path(__file__).resolve().parents[2]
KEY = "CANARYKEY12345678901234567890123"
SEND = ("send_once", "channel_group=1", "content=hello there", "recipients=13512345678")
ENDS: dict[str, Script] = {
    "lost": [Reset()],
    "garbage": [f"{KEY} 1701|".encode(), Close()],
    "a page that repeats it": [reply(f"<p>{KEY}</p>".encode(), 500)],
    "a refusal that repeats it": [
        reply(f'<xml name="sendOnce" result="-2"><m>{KEY}</m></xml>'.encode())
    ],
    "a redirect that repeats it": [reply(b"", 302, f"Location: http://{KEY}/?k={KEY}")],
    "a header that repeats it": [reply(b"", 200, f"Content-Type: text/{KEY}")],
}


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("AISIX_ACCOUNT", "admin@acme")
    monkeypatch.setenv("AISIX_AUTHKEY", KEY)
    return Project(ROOT)


@pytest.mark.parametrize(
    ("how", "end"),
    # A dry run meets no end.
    [*product([(), ("--json",)], ENDS), (("--dry-run",), "lost")],
    ids=str,
)
def test_try(
    project: Project,
    how: tuple[str, ...],
    end: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with fault_server(ENDS[end]) as server:
        done = project.run("try", "aisix", *SEND, "--base-url", server.url, *how)
        assert server.received == ("--dry-run" not in how)
    assert done.exit_code == ("--dry-run" not in how), done.output
    hunt([KEY, KEY.lower()], done.output, caplog.text, *capfd.readouterr())


def test_try_with_arguments_that_do_not_fit(project: Project) -> None:
    for wrong in (("content=",), ("recipients=1,2", "x=y"), ("send_at=soon",)):
        done = project.run("try", "aisix", *SEND, *wrong, "--dry-run")
        assert done.exit_code != 0
        hunt([KEY], done.output)


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "aisix"),
        ("lint",),
        ("explain", "reserved-name"),
        ("drift", "onbuka", "tests/drift/data/support_000.txt"),
    ],
    ids=" ".join,
)
def test_commands_print_nothing_of_the_environment(
    project: Project, words: tuple[str, ...]
) -> None:
    hunt([KEY], project.run(*words).output)


def fetched(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        return str(refused.read().decode())


def test_the_simulator(
    simulator: Simulation,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It is told credentials that are not its own, in a form, a query and headers."""
    caplog.set_level(logging.DEBUG)
    message: dict[str, Any] = {
        "channel_group": "1",
        "content": "hello there",
        "recipients": ["13512345678"],
    }
    given = {**simulator.client("aisix"), "authkey": KEY}
    with aisix.Client(**given) as client:
        for variant in ("post", "get"):
            with pytest.raises(errors.ProviderError) as caught:
                client.send_once(**message, variant=variant)
            hunt([KEY], *sinks(caught.value))
    other = {**simulator.client("onbuka"), "api_secret": KEY}
    with onbuka.Client(**other) as client, pytest.raises(errors.ProviderError):
        client.sms.get_balance()
    pages = ["/", "/_wirebook/messages", "/_wirebook/exchanges", "/_wirebook/providers"]
    pages += ["/_wirebook/fragments", "/_wirebook/scenarios", "/_wirebook/messages/1"]
    shown = [fetched(f"{simulator.url}{page}") for page in pages]
    assert "sendOnce" in shown[2]
    hunt([KEY], *shown, caplog.text, *capfd.readouterr())


def test_the_log_of_a_simulator_that_runs(tmp_path: Path) -> None:
    """With every logger on, as a program of its own."""
    program = (
        "import logging, sys\n"
        "logging.basicConfig(level=1)\n"
        "from pathlib import Path\n"
        "from wirebook.load import load\n"
        "from wirebook.simulate.server import Running\n"
        "from wirebook.simulate.simulator import Simulator\n"
        "from wirebook.simulate.world import Settings\n"
        "from telecoms import aisix\n"
        f"root = Path({str(ROOT)!r})\n"
        "found = load(root / 'specs', root).providers\n"
        "with Running(Simulator(found, Settings(seed=1))) as server:\n"
        f"    with aisix.Client(account='1001@100001', authkey={KEY!r},\n"
        "                      base_url=server.url + '/aisix') as client:\n"
        "        for variant in ('post', 'get'):\n"
        "            try:\n"
        "                client.get_balance(variant=variant)\n"
        "            except Exception as error:\n"
        "                print(type(error).__name__, error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "InvalidCredentialsError" in done.stdout
    hunt([KEY], done.stdout, done.stderr)
