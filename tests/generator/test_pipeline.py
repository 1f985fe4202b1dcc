"""From specs to files, through the command line."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import wirebook
from tests.support.project import Project, project
from wirebook import pipeline
from wirebook.config import load as load_config
from wirebook.made import Content, Packed, Plain
from wirebook.pipeline import Output, produce

FLOOR = Path(wirebook.__file__).parent / "runtime"


@pytest.fixture
def ping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return project(tmp_path)


def test_a_first_run_writes_everything_and_a_second_nothing(ping: Project) -> None:
    first = ping.generate()
    tree = ping.tree()
    count = len(tree) - 1
    assert first.stdout == (
        f"1 provider, 1 operation, {count} files: {count} written, 0 unchanged,"
        " 0 removed\n"
    )
    assert first.stderr == ""
    assert {"clients/__init__.py", "clients/py.typed", "clients/ping/client.py"} <= set(
        tree
    )
    assert {"docs/index.md", "docs/ping.md", ".wirebook.json"} <= set(tree)
    second = ping.generate()
    assert f"0 written, {count} unchanged" in second.stdout
    assert ping.tree() == tree


def test_the_output_comes_back_to_the_same_bytes(ping: Project) -> None:
    ping.generate()
    tree = ping.tree()
    shutil.rmtree(ping.root / "generated")
    ping.generate()
    assert ping.tree() == tree


def test_what_waits_compressed_is_the_same(
    ping: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load_config(ping.root)
    small = contents(produce(config))
    assert {type(content) for content in small.values()} == {Plain}
    monkeypatch.setattr(pipeline, "PACKED", 0)
    large = contents(produce(config))
    assert {type(content) for content in large.values()} == {Packed}
    assert [(path, each.digest, each.read()) for path, each in large.items()] == [
        (path, each.digest, each.read()) for path, each in small.items()
    ]


def contents(output: Output) -> dict[str, Content]:
    assert not output.failed
    return {
        path: content for tree in output.trees for path, content in tree.files.items()
    }


def test_the_output_knows_no_place(
    ping: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ping.generate()
    other = project(tmp_path / "else" / "where")
    inside = other.root / "deep"
    inside.mkdir()
    monkeypatch.chdir(inside)
    other.generate()
    assert other.tree() == ping.tree()
    assert not any(
        str(tmp_path).encode() in content for content in ping.tree().values()
    )


def test_the_floor_is_copied_byte_for_byte(ping: Project) -> None:
    ping.generate()
    runtime = ping.tree("generated/clients/_runtime")
    assert runtime == {
        path.relative_to(FLOOR).as_posix(): path.read_bytes()
        for path in FLOOR.rglob("*.py")
    }


def test_a_mistake_in_a_spec_writes_nothing(ping: Project) -> None:
    ping.generate()
    tree = ping.tree()
    ping.replace("specs/ping/provider.yaml", "table: ping_status", "table: pong_status")
    ping.replace("specs/ping/provider.yaml", "max_length: 10", "max_lenth: 10")
    result = ping.run("generate")
    assert result.exit_code == 1
    assert "specs/ping/provider.yaml:" in result.stdout
    assert "nothing was written" in result.stderr
    assert ping.tree() == tree
    shutil.rmtree(ping.root / "generated")
    assert ping.run("generate").exit_code == 1
    assert not (ping.root / "generated").exists()
    assert json.loads(ping.run("generate", "--format", "json").stdout)["problems"]
    assert ping.run("generate", "--format", "github").stdout.startswith("::error file=")


def test_check_is_silent_where_nothing_is_stale(ping: Project) -> None:
    ping.generate()
    for arguments in (("check",), ("generate", "--check")):
        result = ping.run(*arguments)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        assert "up to date" in result.stderr


def test_check_shows_what_is_stale_and_writes_nothing(ping: Project) -> None:
    result = ping.run("check")
    assert result.exit_code == 1
    assert not (ping.root / "generated").exists()
    ping.generate()
    tree = ping.tree()
    ping.replace("specs/ping/provider.yaml", "max_length: 10", "max_length: 11")
    result = ping.run("generate", "--check")
    assert result.exit_code == 1
    assert (
        "--- a/generated/docs/ping.md\n+++ b/generated/docs/ping.md\n" in result.stdout
    )
    assert "\n+| `word` " in result.stdout
    assert "run `wirebook generate`" in result.stderr
    assert ping.tree() == tree
    stale = json.loads(ping.run("check", "--format", "json").stdout)["stale"]
    assert stale["generated/docs/ping.md"] == "changed"
    notes = ping.run("check", "--format", "github").stdout.splitlines()
    assert any(
        note.startswith("::error file=generated/docs/ping.md,title=stale::")
        for note in notes
    )


def test_an_edited_file_is_left_alone(ping: Project) -> None:
    ping.generate()
    page = ping.root / "generated/docs/ping.md"
    page.write_text("mine")
    result = ping.run("generate")
    assert result.exit_code == 1
    assert "generated/docs/ping.md was edited since wirebook wrote it" in result.stderr
    assert "1 left alone" in result.stdout
    assert page.read_text() == "mine"
    assert ping.run("check").exit_code == 1
    assert "1 written" in ping.generate("--force").stdout
    assert page.read_text() != "mine"
    assert ping.run("check").exit_code == 0


def test_the_files_of_a_removed_provider_go(ping: Project) -> None:
    ping.generate()
    before = ping.tree()
    ping.second_provider()
    ping.generate()
    assert (ping.root / "generated/clients/pong").is_dir()
    shutil.rmtree(ping.root / "specs/pong")
    result = ping.generate()
    assert ", 0 removed" not in result.stdout
    assert not (ping.root / "generated/clients/pong").exists()
    assert ping.tree() == before


def test_a_named_provider_leaves_the_others_alone(ping: Project) -> None:
    ping.second_provider()
    ping.generate()
    before = ping.tree()
    for provider in ("ping", "pong"):
        path = f"specs/{provider}/provider.yaml"
        ping.replace(path, "Ask whether", f"Ask {provider} whether")
    ping.generate("pong")
    after = ping.tree()
    changed = {path for path in after if after[path] != before[path]}
    assert changed
    assert {path for path in changed if "ping" in path} == set()
    assert before.keys() == after.keys()
    assert ping.run("check", "pong").exit_code == 0
    assert ping.run("check").exit_code == 1
    ping.generate()
    assert ping.run("check").exit_code == 0


def test_another_floor_comes_with_the_clients_of_all(ping: Project) -> None:
    ping.second_provider()
    ping.generate()
    current = ping.tree()
    # As an earlier wirebook has left it.
    floor = "clients/_runtime/header.py"
    old = current[floor] + b"# Another line.\n"
    (ping.root / "generated" / floor).write_bytes(old)
    manifest = json.loads(current[".wirebook.json"])
    manifest["files"][floor] = hashlib.sha256(old).hexdigest()
    (ping.root / "generated/.wirebook.json").write_text(json.dumps(manifest))
    before = ping.tree()

    result = ping.run("generate", "ping")

    assert result.exit_code == 2
    assert "the clients of pong were made for the floor of another" in result.stderr
    assert "run `wirebook generate` without names" in result.stderr
    assert ping.tree() == before
    ping.generate("ping", "pong")
    assert ping.tree() == current


def test_an_unknown_provider_is_named(ping: Project) -> None:
    result = ping.run("generate", "pings")
    assert result.exit_code == 1
    assert "did you mean 'ping'" in result.output
    assert not (ping.root / "generated").exists()


def test_docs_can_stand_elsewhere_or_nowhere(ping: Project) -> None:
    ping.configure("package = 'clients'\ndocs = 'handbook'")
    ping.generate()
    assert set(ping.tree("handbook")) == {"index.md", "ping.md", ".wirebook.json"}
    assert not (ping.root / "generated/docs").exists()
    assert ping.run("check").exit_code == 0
    ping.configure("package = 'clients'\ndocs = false")
    assert "up to date" in ping.run("check").stderr


def test_flags_choose_other_folders(ping: Project) -> None:
    ping.generate("--output", "out", "--package", "mine", "--docs", "out/pages")
    tree = ping.tree("out")
    assert "mine/ping/client.py" in tree
    assert b"from mine import ping" in tree["pages/ping.md"]
    assert not (ping.root / "generated").exists()


def test_a_template_of_ones_own_is_used(ping: Project) -> None:
    ping.configure("package = 'clients'\ntemplates = 'shapes'")
    (ping.root / "shapes/docs").mkdir(parents=True)
    mine = ping.root / "shapes/docs/index.md.jinja"
    mine.write_text("{{ header }}\n\nMine.\n")
    ping.generate()
    assert ping.tree()["docs/index.md"].endswith(b"\n\nMine.\n")
    tree = ping.tree()
    mine.write_text("{{ header }}\n\n{{ mine }}\n")
    result = ping.run("generate")
    assert result.exit_code == 1
    assert "shapes/docs/index.md.jinja:3:1: error[template-undefined]" in result.stdout
    assert "'mine' is undefined (for index.md)" in result.stdout
    assert ping.tree() == tree


def test_a_wrong_configuration_could_not_run(ping: Project) -> None:
    ping.configure("packages = 'clients'")
    result = ping.run("generate")
    assert result.exit_code == 2
    assert "did you mean 'package'" in result.stderr


def test_force_and_check_exclude_each_other(ping: Project) -> None:
    assert ping.run("generate", "--check", "--force").exit_code == 2


def test_a_spoilt_manifest_could_not_run(ping: Project) -> None:
    ping.generate()
    (ping.root / "generated/.wirebook.json").write_text("<<<<<<<")
    result = ping.run("generate")
    assert result.exit_code == 2
    assert "Restore it from version control" in result.stderr
