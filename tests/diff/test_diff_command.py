"""`wirebook diff`, `show` and `explain` as people run them."""

import json
import sys
from pathlib import Path

import pytest

from tests.support.project import project
from tests.support.repository import Repo, repository
from wirebook.diff.rules import RULES

CODE = ("name: NO_MONEY", "name: BROKE")
WORDS = ("text: No money left", "text: No credit left")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch) -> Repo:
    made = repository(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


@pytest.mark.parametrize(
    ("threshold", "code"), [("never", 0), ("break", 0), ("risk", 1), ("note", 1)]
)
def test_the_threshold_decides_about_the_exit_code(repo, threshold, code):
    repo.edit(WORDS)
    assert repo.run("diff", "--fail-on", threshold).exit_code == code


def test_only_some_classes(repo):
    repo.edit(CODE, WORDS)
    result = repo.run("diff", "--class", "doc")
    assert result.exit_code == 0
    assert "S008" in result.stdout
    assert "S006" not in result.stdout
    result = repo.run("diff", "--class", "words")
    assert result.exit_code == 2
    assert "there is no class 'words'" in result.stderr


def test_only_some_providers(repo):
    repo.edit(CODE)
    assert repo.run("diff", "--provider", "acme").exit_code == 1
    result = repo.run("diff", "--provider", "acne")
    assert result.exit_code == 2
    assert "did you mean 'acme'?" in result.stderr


def test_output_that_is_stale_is_a_finding(tmp_path, monkeypatch):
    made = project(tmp_path)
    monkeypatch.chdir(tmp_path)
    made.generate()
    repo = Repo(tmp_path)
    repo.git("init", "-q", "-b", "main")
    repo.commit()
    assert repo.run("diff").stdout == "no differences\n"
    made.replace("specs/ping/provider.yaml", "What to say.", "The word to say.")
    result = repo.run("diff", "--format", "json")
    assert result.exit_code == 1
    found = {each["rule"]: each for each in json.loads(result.stdout)["findings"]}
    assert "run `wirebook generate`" in found["M003"]["text"]
    assert set(found) == {"M003", "D001"}
    made.generate()
    assert repo.run("diff").exit_code == 0


def test_rules_are_listed_and_explained(repo):
    listed = repo.run("diff", "--list-rules").stdout
    for id in RULES:
        assert f"\n{id} " in f"\n{listed}"
    page = repo.run("explain", "s008").stdout
    assert page.startswith("S008: STATUS_MEANING_CHANGED\n")
    assert "verdict risk" in page
    result = repo.run("explain", "E007")
    assert result.exit_code == 2
    assert "the language has no idempotency keys" in result.stderr
    (rule,) = json.loads(repo.run("explain", "S008", "--format", "json").stdout)
    assert rule["name"] == "STATUS_MEANING_CHANGED"


def test_show_prints_one_operation_in_one_view(repo):
    wire = repo.run("show", "acme", "--op", "send", "--as", "wire").stdout
    assert "operation send" in wire
    assert "wire: to" in wire
    assert "Who gets it." not in wire
    flat = repo.run("show", "acme", "--op", "send", "--flat", "--as", "doc").stdout
    assert "/operations/send/parameters/recipients/summary = Who gets it." in flat
    result = repo.run("show", "acme", "--op", "sent")
    assert result.exit_code == 2
    assert "there is no operation 'sent'; did you mean 'send'?" in result.stderr


def test_flat_lines_make_an_ordinary_git_diff_name_the_table(repo, tmp_path):
    repo.git(
        "config", "diff.wirebook.textconv", f"{sys.executable} -m wirebook show --flat"
    )
    (repo.root / ".gitattributes").write_text("specs/**/*.yaml diff=wirebook\n")
    repo.commit()
    repo.edit(WORDS)
    assert "statuses/result" not in repo.git("diff", "--no-textconv", "-U0")
    diff = repo.git("diff", "-U0")
    assert "-/statuses/result/codes/3/text = No money left" in diff
    assert "+/statuses/result/codes/3/text = No credit left" in diff


def test_flat_lines_of_what_is_no_spec_are_its_text(repo):
    junk = repo.root / "junk.yaml"
    junk.write_bytes(b"a: [\nb\xff")
    result = repo.run("show", "--flat", "junk.yaml")
    assert result.exit_code == 0
    assert result.stdout == "a: [\nb\ufffd"
