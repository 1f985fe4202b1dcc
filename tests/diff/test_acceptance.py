"""Accepted findings: from the printed block to the file and back."""

import re
from pathlib import Path

import pytest

from tests.support.repository import Repo, repository

CODE = ("name: NO_MONEY", "name: BROKE")
REASON = ("reason:                # why", "reason: The page was read again. # why")
INTENT = ("intent:                #", "intent: correction #")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch) -> Repo:
    made = repository(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    made.edit(CODE)
    return made


@pytest.fixture
def file(repo: Repo) -> Path:
    return repo.root / "specs" / "accepted.yaml"


def _block(repo: Repo) -> str:
    output = repo.run("diff").stdout
    _, found, block = output.partition("say why in specs/accepted.yaml:\n\n")
    assert found, output
    return block


def _accept(repo: Repo, file: Path) -> None:
    block = _block(repo)
    for old, new in (INTENT, REASON):
        assert old in block
        block = block.replace(old, new)
    old = file.read_text("utf-8") if file.exists() else ""
    file.write_text(old + block, "utf-8")


def test_the_printed_block_accepts_when_it_says_why(repo, file):
    _accept(repo, file)
    result = repo.run("diff")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "1 accepted"
    assert "S006" not in result.stdout
    shown = repo.run("diff", "--show-accepted").stdout
    assert "accepted as correction: The page was read again." in shown


def test_the_printed_block_as_it_is_accepts_nothing(repo, file):
    file.write_text(_block(repo), "utf-8")
    result = repo.run("diff")
    assert result.exit_code == 2
    assert "specs/accepted.yaml:3:12: error[empty-value]" in result.stderr
    assert "specs/accepted.yaml:4:12: error[empty-value]" in result.stderr


def test_a_second_block_is_pasted_below_the_first(repo, file):
    _accept(repo, file)
    repo.edit(("name: TOO_FAST", "name: SLOW_DOWN"))
    assert not _block(repo).startswith("accepted:")
    _accept(repo, file)
    assert repo.run("diff").exit_code == 0


def test_lines_that_move_change_no_fingerprint(repo, file):
    _accept(repo, file)
    repo.edit(("spec: 1\n", "spec: 1\n# moved\n\n"))
    assert repo.run("diff").exit_code == 0


def test_another_change_of_the_same_thing_is_not_accepted(repo, file):
    _accept(repo, file)
    repo.edit(("name: BROKE", "name: POOR"))
    result = repo.run("diff")
    assert result.exit_code == 1
    assert "NO_MONEY → POOR" in result.stdout
    assert "M004" in result.stdout


def test_an_acceptance_that_nothing_needs_is_reported_at_its_line(repo, file):
    _accept(repo, file)
    repo.edit(("name: BROKE", "name: NO_MONEY"))
    result = repo.run("diff")
    assert result.exit_code == 0
    assert "S006 was accepted here and does not occur" in result.stdout
    assert re.search(r"specs/accepted\.yaml:6:\d+", result.stdout)
    assert repo.run("diff", "--fail-on", "note").exit_code == 1


def test_another_file_by_its_name(repo, file, tmp_path):
    _accept(repo, file)
    other = tmp_path / "other.yaml"
    file.rename(other)
    assert repo.run("diff").exit_code == 1
    assert repo.run("diff", "--accept", str(other)).exit_code == 0
    assert repo.run("diff", "--accept", str(tmp_path / "none.yaml")).exit_code == 2


def test_the_acceptances_of_the_newer_commit_count(repo, file):
    _accept(repo, file)
    repo.commit()
    assert repo.run("diff", "HEAD~1", "HEAD").exit_code == 0
    file.unlink()
    assert repo.run("diff", "HEAD~1", "HEAD").exit_code == 0
    assert repo.run("diff", "HEAD~1").exit_code == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("accepted: {}\n", "'accepted' must be a list"),
        ("accepted: [x]\n", "an entry of 'accepted' must be a map"),
        ("acepted: []\n", "unknown key 'acepted'; did you mean 'accepted'?"),
        (
            "accepted:\n  - {provider: a, intent: corection, reason: b, accept: []}\n",
            "unknown intent 'corection'; did you mean 'correction'?",
        ),
        (
            "accepted:\n  - {provider: a, intent: correction, reason: b,"
            " accept: [{id: S001, at: x, fp: abc}]}\n",
            "a fingerprint has twelve hexadecimal digits",
        ),
        ("accepted: [\n", "yaml-syntax"),
    ],
)
def test_a_file_that_cannot_be_used(repo, file, text, message):
    file.write_text(text, "utf-8")
    result = repo.run("diff")
    assert result.exit_code == 2
    assert message in result.stderr
