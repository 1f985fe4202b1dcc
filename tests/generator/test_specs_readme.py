"""specs/README.md: every block of it runs, and what is written into it is up to date."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.support.loopback import Answer, loopback
from tests.support.project import Project
from tests.support.specs import problems
from wirebook.topics import ALIASES, TOPICS, readme, topic

SPECS = Path(__file__).parents[2] / "specs"
TEXT = (SPECS / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [match.groups() for match in BLOCK.finditer(TEXT)]
FRAGMENTS = [
    (name, match[3])
    for name in TOPICS
    for match in BLOCK.finditer(topic(name))
    if match[1] == "yaml"
]


def joined(kind: str, name: str) -> str:
    return "".join(body for lang, file, body in BLOCKS if (lang, file) == (kind, name))


@pytest.fixture
def pidgin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with the spec that the tutorial writes."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.configure("package = 'clients'")
    folder = tmp_path / "specs/pidgin"
    folder.mkdir(parents=True)
    for name in ("provider.yaml", "vectors.yaml"):
        (folder / name).write_text(joined("yaml", name), "utf-8")
    return made


def test_what_is_written_into_it_is_up_to_date() -> None:
    assert readme(TEXT) == TEXT, "run `python -m wirebook.topics`"
    assert (SPECS / "LIMITS.md").read_text("utf-8") == topic("limits")


@pytest.mark.parametrize(("name", "fragment"), FRAGMENTS)
def test_every_example_of_the_language_is_valid(name: str, fragment: str) -> None:
    found = [
        problem
        for problem in problems({"provider.yaml": fragment})
        if "[unproven-signature]" not in problem
    ]
    assert found == [], name


def test_every_command_of_the_tutorial_works(pidgin: Project) -> None:
    tutorial = TEXT.partition("## In which order")[0]
    lines = [
        line
        for lang, _, body in (match.groups() for match in BLOCK.finditer(tutorial))
        if lang == "console"
        for line in body.splitlines()
    ]
    assert len(lines) == 4
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "wirebook"
        result = pidgin.run(*words[1:])
        assert result.exit_code == 0, result.output
        assert "warning" not in result.output


def test_the_program_of_the_tutorial_runs(
    pidgin: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PIDGIN_API_KEY", "pk-1")
    monkeypatch.setenv("PIDGIN_API_SECRET", "ps-1")
    answers = [
        Answer(b'{"code": 0, "msg": "ok", "data": {"balance": "12.50"}}'),
        Answer(b'{"code": 201, "msg": "balance too low"}'),
    ]
    with loopback(answers) as server:
        pidgin.replace(
            "specs/pidgin/provider.yaml",
            '"https://api.pidgin.example"',
            f'"{server.url}", insecure: true',
        )
        pidgin.generate()
        monkeypatch.syspath_prepend(str(pidgin.root / "generated"))
        (program,) = (body for lang, _, body in BLOCKS if lang == "python")
        exec(compile(program, "README.md", "exec"), {})  # noqa: S102 # it is ours
        for name in [*sys.modules]:
            if name.partition(".")[0] == "clients":
                del sys.modules[name]
    assert capsys.readouterr().out.split("\n")[0] == "12.50"
    assert len(server.received) == 2


def test_the_page_of_the_tutorial_can_be_imported(
    pidgin: Project, tmp_path: Path
) -> None:
    (page,) = (body for lang, _, body in BLOCKS if lang == "text")
    (tmp_path / "page.txt").write_text(page, "utf-8")
    result = pidgin.run("init", "proposal", "--from", "page.txt")
    assert result.exit_code == 0, result.output
    assert pidgin.run("generate", "proposal").exit_code == 0


@pytest.mark.parametrize("name", [*TOPICS, *ALIASES])
def test_subjects_are_explained(pidgin: Project, name: str) -> None:
    result = pidgin.run("explain", name)
    assert result.exit_code == 0
    assert result.output == topic(name)


def test_subjects_are_data_too(pidgin: Project) -> None:
    result = pidgin.run("explain", "signing", "plain-time", "--format", "json")
    subject, rule = json.loads(result.output)
    assert subject["subject"] == "signing"
    assert subject["text"] == topic("auth")
    assert subject["examples"] == [body for name, body in FRAGMENTS if name == "auth"]
    assert rule["rule"] == "plain-time"
    assert pidgin.run("explain", "reply", "plain-time").exit_code == 0
