"""The wheel in empty virtualenvs: what it needs, and that it works there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.support.loopback import Answer, loopback

ROOT = Path(__file__).parents[2]
PROJECT = """
[tool.wirebook]
specs = "specs"
output = "src"
package = "gateways"
docs = "docs"
"""
PROGRAM = """
import sys
from gateways import InsufficientBalance, acme

with acme.Client(api_key="0123456789ABCDEF", base_url=sys.argv[1]) as client:
    print(client.send(recipients=["+4915112345678"], content="hello").message_id)
    try:
        client.send(recipients=["+4915112345678"], content="hello")
    except InsufficientBalance as error:
        print(error.status.name, error.code, error.submitted.name)
"""

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        target,
        cwd=ROOT,
    )
    (found,) = target.glob("*.whl")
    return found


def environment(folder: Path, requirement: str) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    quiet = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(python, *quiet, requirement, cwd=folder)
    return python


def test_clients_bring_their_http_library_and_no_more(
    wheel: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "venv", str(wheel))
    listed = run(python, "-m", "pip", "list", "--format", "json", cwd=tmp_path)
    names = {item["name"].lower() for item in json.loads(listed)}
    assert names & {"jinja2", "pyyaml", "jsonschema", "black", "click"} == set()
    assert {"wirebook", "httpx2"} <= names

    answer = Answer(b'<xml name="getBalance" result="-9"/>')
    with loopback([answer]) as server:
        program = (
            "from telecoms import InsufficientBalance, aisix, onbuka, unified\n"
            "client = aisix.Client(account='1001@100001', "
            "authkey='87B01469201D6557C2685137EB3B5DEC', "
            f"base_url={server.url!r})\n"
            "with client:\n"
            "    try: client.get_balance()\n"
            "    except InsufficientBalance as error: print(error.code)\n"
        )
        assert run(python, "-c", program, cwd=tmp_path).strip() == "-9"
        assert len(server.received) == 1


def test_without_the_extra_the_command_says_what_to_install(
    wheel: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "venv", str(wheel))
    done = subprocess.run(
        [str(python.parent / "wirebook"), "lint"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "wirebook[generator]" in done.stderr


def test_a_scratch_project_generates_a_client_that_sends(
    wheel: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "venv", f"wirebook[generator] @ file://{wheel}")
    command = python.parent / "wirebook"
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text(PROJECT)
    run(command, "init", "acme", cwd=project)
    run(command, "generate", cwd=project)
    run(command, "check", cwd=project)

    sent = Answer(b'{"code": 0, "message": "OK", "messageId": "m-1"}')
    refused = Answer(b'{"code": -2, "message": "Insufficient balance"}')
    (project / "src" / "program.py").write_text(PROGRAM)
    with loopback([sent, refused]) as server:
        printed = run(python, "program.py", server.url, cwd=project / "src")
    assert printed.splitlines() == ["m-1", "BALANCE_TOO_LOW -2 NO"]
    assert [item.body for item in server.received] == [
        b'{"to":["+4915112345678"],"text":"hello"}'
    ] * 2
