"""The commands for authors of specs: init, lint, list, explain, schema."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from wirebook import schema
from wirebook.commands.group import group
from wirebook.document import read_file
from wirebook.explain import rules
from wirebook.load import load
from wirebook.topics import TOPICS


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """An empty project; commands run in its folder."""
    (tmp_path / "pyproject.toml").write_text("[tool.wirebook]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def acme(project: Path) -> Path:
    assert run("init", "acme").exit_code == 0
    return project / "specs" / "acme"


def run(*arguments: str):
    return CliRunner().invoke(group, arguments, prog_name="wirebook")


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "provider.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_new_spec_is_sound(acme):
    result = run("lint", "--strict")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "no problems; sound: acme" in result.stderr


@pytest.mark.parametrize("provider", ["acme2", "a", "foo_bar", "macme"])
def test_a_new_spec_takes_its_id_and_title(project, provider):
    result = run("init", provider, "--title", 'Acme "acme" \\ API: \x07')
    assert result.exit_code == 0, result.output
    loaded = load(project / "specs", project)
    assert loaded.problems == ()
    (found,) = loaded.providers
    assert found.id == provider
    assert found.title == 'Acme "acme" \\ API: \x07'
    assert found.credentials[0].env == f"{provider.upper()}_API_KEY"


def test_a_new_spec_never_replaces_another(acme):
    spoil(acme, "stability: draft", "stability: stable")
    (acme / "vectors.yaml").unlink()
    before = (acme / "provider.yaml").read_bytes()
    result = run("init", "acme")
    assert result.exit_code == 2
    assert "provider.yaml is there already; nothing was written" in result.stderr
    assert (acme / "provider.yaml").read_bytes() == before
    assert not (acme / "vectors.yaml").exists()


@pytest.mark.parametrize("provider", ["Acme", "1a", "../x", "a-b", "é", "a\n", ""])
def test_an_id_must_be_a_module_name(project, provider):
    result = run("init", provider)
    assert result.exit_code == 2
    assert not (project / "specs").exists()


def test_editors_find_the_schema_by_a_path_that_is_the_same_everywhere(
    project, monkeypatch
):
    assert run("init", "acme").exit_code == 0
    first = (project / "specs/acme/provider.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.schema/provider.json"
    copy = project / "specs/.schema/provider.json"
    assert copy.read_bytes() == Path(schema.__file__).with_name(copy.name).read_bytes()
    home = Path(schema.__file__).parents[3]
    monkeypatch.chdir(home)
    from wirebook.commands.init import _modeline
    from wirebook.config import load as configure

    line = _modeline("vectors.yaml", home / "specs" / "acme", configure())
    assert line == (
        "yaml-language-server: $schema=../../generator/wirebook/schema/vectors.json"
    )


def test_lint_prints_problems_and_exits_1(acme):
    spoil(acme, "does: reads", "does: read")
    result = run("lint")
    assert result.exit_code == 1
    assert (
        "error[schema-value]: 'does' cannot be 'read'; did you mean 'reads'?"
        in result.stdout
    )
    assert result.stdout.startswith("specs/acme/provider.yaml:")
    assert "1 error" in result.stderr


def test_lint_formats(acme):
    spoil(acme, "does: reads", "does: read")
    (row,) = json.loads(run("lint", "--format", "json").stdout)["problems"]
    assert row["rule"] == "schema-value"
    assert run("lint", "--format", "github").stdout.startswith(
        "::error file=specs/acme/provider.yaml,line="
    )


@pytest.mark.parametrize(
    "path",
    [
        "acme",
        "specs/acme",
        "specs/acme/provider.yaml",
        "specs/acme/vectors.yaml",
        "specs",
    ],
)
def test_lint_takes_ids_folders_and_files(acme, path):
    spoil(acme, "does: reads", "does: read")
    assert run("lint", path).stdout.count("error[") == 1
    assert run("lint", path, path).stdout.count("error[") == 1


def test_lint_leaves_other_providers_alone(acme):
    shutil.copytree(acme, acme.parent / "other")
    spoil(acme, "does: reads", "does: read")
    spoil(acme.parent / "other", "id: acme", "id: other")
    assert run("lint", "other").exit_code == 0
    assert run("lint", "acme").exit_code == 1


def test_lint_of_nothing(acme):
    result = run("lint", "acne")
    assert result.exit_code == 2
    assert "there is no file or folder 'acne'; did you mean 'acme'?" in result.stderr


def test_spec_text_reaches_the_terminal_escaped(acme):
    spoil(acme, "does: reads", 'does: "\\e[31mreads"')
    result = run("lint")
    assert "\x1b" not in result.output
    assert "\\u001b[31mreads" in result.stdout


def test_list(acme):
    assert run("list").stdout == "acme  2 operations  draft    Acme SMS API\n"
    operations = run("list", "acme").stdout.splitlines()
    assert operations[0] == "acme"
    assert operations[1].split()[:4] == ["get_balance", "reads", "GET", "/v1/balance"]
    codes = run("list", "acme", "--codes").stdout
    assert "BALANCE_TOO_LOW  balance" in codes
    assert json.loads(run("list", "--format", "json").stdout)[0]["id"] == "acme"
    (content,) = json.loads(run("list", "acme", "--codes", "--format", "json").stdout)
    assert content["result"][1]["code"] == "-1"


def test_list_says_what_it_cannot_list(acme):
    spoil(acme, "does: reads", "does: read")
    result = run("list")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "run `wirebook lint`" in result.stderr
    assert run("list", "nobody").exit_code == 1


def test_explain():
    every = run("explain").stdout.splitlines()
    assert len(every) == len(rules()) + len(TOPICS)
    page = run("explain", "invisible-character").stdout
    assert page.startswith("invisible-character: ")
    assert "Wrong:\n    wire: api\\u200bkey\n" in page
    (rule,) = json.loads(run("explain", "plain-time", "--format", "json").stdout)
    assert rule["good"] == 'at: "11:51"\n'
    unknown = run("explain", "plan-time")
    assert unknown.exit_code == 2
    assert "did you mean 'plain-time'?" in unknown.stderr


@pytest.mark.parametrize("kind", schema.KINDS)
def test_schema(kind):
    assert run("schema", kind).stdout == schema.text(kind)


def test_schema_of_another_kind():
    assert run("schema").stdout == schema.text("provider")
    assert run("schema", "model").exit_code == 2


def test_the_skeleton_reads_as_it_ships():
    folder = Path(schema.__file__).parents[1] / "skeleton"
    for name in ("provider.yaml", "vectors.yaml"):
        assert read_file(folder / name, name)[1] == []
