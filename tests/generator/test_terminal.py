"""No command shows a terminal a control character of a spec's or a file's making."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.support.project import project

EVIL = '"x\\e[31m\\u202e\\u009b\\u200b\\a\\u2028\\u0085"'
FILE = "specs/ping/provider.yaml"


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "list ping",
        "list ping --codes",
        "list --format json",
        "show ping",
        "show ping --flat",
        f"show {FILE} --flat",
        "show broken --flat",
        "export openapi ping",
        "lint --format text",
        "lint --format github",
        "lint --format json",
        "try ping ping word=x --dry-run",
        "try ping ping word=x --dry-run --json",
        "diff old specs",
        "diff old specs --format json",
        "diff old specs --format github",
        "check",
        "generate",
    ],
)
def test_nothing_is_obeyed(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PING_TOKEN", "token")
    made = project(tmp_path)
    (tmp_path / "specs").rename(tmp_path / "old")
    made = project(tmp_path)
    made.replace(FILE, "title: Ping", f"title: {EVIL}")
    made.replace(FILE, "summary: Ask whether anybody is there.", f"summary: {EVIL}")
    made.replace(FILE, "text: Wrong token", f"text: {EVIL}")
    made.replace(FILE, "title: The page of Ping", f"title: {EVIL}")
    (tmp_path / "broken").write_text("\x1b[31m\u202e: [\n")
    said = made.run(*command.split()).output
    assert said
    shown = {c for c in said if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")}
    assert shown == set()
    if "json" in command and "diff" not in command:
        json.loads(made.run(*command.split()).stdout)


def test_a_file_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = project(tmp_path)
    (tmp_path / "specs/ping/\x1b[31m\u202e.yaml").write_text("a: [\n")
    for command in (["lint"], ["generate"], ["show", "\x1b[31m"], ["diff", "\x1b[31m"]):
        said = made.run(*command).output
        assert said
        assert "\x1b" not in said
        assert "\u202e" not in said


ODD = "\x1b[31m\u202e\u009b\u200b\x07\u2028x; `id`"


@pytest.mark.parametrize(
    "words",
    [
        [ODD],
        [f"--{ODD}"],
        ["explain", ODD],
        ["explain", "control-character"],
        ["prove", "ping"],
        ["prove", ODD],
        ["list", ODD],
        ["lint", ODD],
        ["generate", ODD],
        ["generate", f"--{ODD}"],
        ["export", ODD],
        ["export", "openapi", ODD],
        ["init", ODD],
        ["init", "pong", "--title", ODD],
        ["init", "pong", "--dir", f"other/{ODD}"],
        ["init", "pong", "--from", ODD],
        ["drift", ODD, "page"],
        ["drift", "ping", ODD],
        ["drift", "ping", "page"],
        ["drift", "ping", "page", "--source", ODD],
        ["drift", "ping", "page", "--format", ODD],
        ["simulate", ODD],
        ["simulate", "--port", ODD],
        ["simulate", "--data", f"nowhere/{ODD}"],
        ["try", ODD],
        ["try", "ping", ODD],
        ["try", "ping", "ping", f"{ODD}=x", "--dry-run"],
        ["try", "ping", "ping", f"word={ODD}", "--dry-run"],
        ["diff", ODD],
        ["diff", "specs", f"HEAD:{ODD}"],
        ["show", f"HEAD:{ODD}"],
    ],
    ids=lambda words: ascii(" ".join(words)),
)
def test_no_argument_is_obeyed(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PING_TOKEN", "token")
    made = project(tmp_path)
    made.replace(FILE, "text: Wrong token", f"text: {EVIL}")
    made.replace(FILE, "title: The page of Ping", f"title: {EVIL}")
    made.replace("specs/ping/vectors.yaml", "about: Another token.", f"about: {EVIL}")
    made.replace(
        "specs/ping/vectors.yaml", "result: {text: hello}", f"result: {{text: {EVIL}}}"
    )
    (tmp_path / "page").write_text(f"Codes:\n0: {ODD}\n1: {ODD}\n7: {ODD}\n")
    said = made.run(*words).output
    assert said
    assert "mistake in wirebook" not in said
    shown = {
        c for c in said if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl")
    }
    assert shown == set()
