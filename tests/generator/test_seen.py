"""What files held when a run last read them: believed only where it must be so."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.support.project import Project, project
from wirebook import pipeline
from wirebook.commands import outcome
from wirebook.seen import FOLDER, NAME, Said, Seen
from wirebook.write import apply

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="nothing is remembered where a change of status hides"
)
SAID = Said("nothing to do", "")


@pytest.fixture
def ping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose last run had nothing to do, and remembered that."""
    monkeypatch.chdir(tmp_path)
    made = project(tmp_path)
    made.generate()
    settle(tmp_path)
    made.generate()
    assert " unchanged" in said(made)
    return made


@pytest.fixture
def produced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Has an item for each run that did not end at the index."""
    runs: list[str] = []

    def counted(*arguments: object) -> object:
        runs.append("run")
        return pipeline.produce(*arguments)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(outcome, "produce", counted)
    return runs


def settle(folder: Path) -> None:
    """Wait for the next tick of the file system's clock."""
    probe = folder / "probe"
    probe.touch()
    first = probe.stat().st_mtime_ns
    while probe.stat().st_mtime_ns == first:
        time.sleep(0.001)
        probe.touch()
    probe.unlink()


def index(ping: Project) -> Path:
    return ping.root / FOLDER / NAME


def said(ping: Project) -> str:
    return index(ping).read_text().split("\n")[2]


def remembered(root: Path, path: Path) -> str:
    """The digest of a file according to an index that knew it before."""
    seen = Seen(root / FOLDER)
    seen.digest(str(path))
    seen.keep("", None)
    return Seen(root / FOLDER).digest(str(path))


def test_a_run_without_changes_ends_at_the_index(
    ping: Project, produced: list[str]
) -> None:
    before = index(ping).read_bytes()
    assert ping.generate().stdout.strip() == said(ping)
    assert produced == []
    assert index(ping).read_bytes() == before
    ping.generate("--no-cache")
    assert ping.run("generate", "--format", "json").exit_code == 0
    assert ping.run("check").exit_code == 0
    assert ping.run("generate", "ping").exit_code == 0
    assert len(produced) == 4


def test_a_run_after_a_change_ends_at_the_index_too(
    ping: Project, produced: list[str]
) -> None:
    ping.replace("specs/ping/provider.yaml", "title: Ping", "title: Pong")
    settle(ping.root)
    assert " 0 removed" in ping.generate().stdout
    again = ping.generate().stdout
    assert produced == ["run"]
    assert " 0 written" in again
    assert again.strip() == said(ping)
    ping.generate("--no-cache")
    assert ping.generate().stdout == again
    ping.replace("specs/ping/provider.yaml", "title: Pong", "title: Pang")
    assert "Pang" in _page(ping)


@pytest.mark.parametrize("other", ["edited", "deleted", "manifest"])
def test_what_others_did_while_a_run_wrote_is_found(
    ping: Project, produced: list[str], monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    path = ping.root / "generated/clients/ping/client.py"
    manifest = ping.root / "generated/.wirebook.json"

    def interfered(*arguments: object, **more: object) -> object:
        tally = apply(*arguments, **more)  # type: ignore[arg-type] # passed on
        if other == "manifest":
            manifest.write_bytes(manifest.read_bytes() + b"\n")
        elif other == "edited":
            path.write_text(path.read_text().replace("class Client", "class Tneilc"))
        else:
            path.unlink()
        return tally

    monkeypatch.setattr(outcome, "apply", interfered)
    ping.replace("specs/ping/provider.yaml", "title: Ping", "title: Pong")
    settle(ping.root)
    ping.generate()
    monkeypatch.setattr(outcome, "apply", apply)
    assert ping.run("generate").exit_code == (1 if other == "edited" else 0)
    assert produced == ["run", "run"]
    assert path.exists()
    assert not manifest.read_bytes().endswith(b"\n\n")


@pytest.mark.parametrize(
    "change", ["spec", "new provider", "second file", "lost", "page", "settings"]
)
def test_every_change_is_found(ping: Project, produced: list[str], change: str) -> None:
    match change:
        case "spec":
            ping.replace("specs/ping/provider.yaml", "title: Ping", "title: Pong")
        case "new provider":
            ping.second_provider()
        case "second file":
            (ping.root / "specs/ping/other.yaml").write_text("spec: 1\n")
        case "lost":
            (ping.root / "generated/clients/ping/client.py").unlink()
        case "page":
            shutil.rmtree(ping.root / "generated/docs")
        case _:
            ping.configure("package = 'clients'\ndocs = false")
    ping.run("generate")
    assert produced == ["run"]


def test_a_file_put_back_with_its_old_times_is_found(ping: Project) -> None:
    path = ping.root / "generated/clients/ping/client.py"
    times = path.stat()
    text = path.read_text()
    path.write_text(text.replace("class Client", "class Tneilc"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert path.stat().st_mtime_ns == times.st_mtime_ns
    result = ping.run("generate")
    assert result.exit_code == 1
    assert "was edited since" in result.stderr


def test_a_file_replaced_by_another_is_found(ping: Project) -> None:
    path = ping.root / "specs/ping/provider.yaml"
    times = path.stat()
    other = ping.root / "other"
    other.write_text(path.read_text().replace("title: Ping", "title: Pong"))
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    os.replace(other, path)
    assert path.stat().st_size == times.st_size
    assert "Pong" in _page(ping)


def test_a_folder_behind_a_link_is_found(ping: Project) -> None:
    (ping.root / "generated").rename(ping.root / "elsewhere")
    (ping.root / "generated").mkdir()
    (ping.root / "generated/clients").symlink_to(ping.root / "elsewhere/clients")
    shutil.copytree(ping.root / "elsewhere/docs", ping.root / "generated/docs")
    assert ping.run("generate").exit_code == 1


def test_a_change_within_one_tick_is_found(tmp_path: Path) -> None:
    path = tmp_path / "file"
    same = 0
    for turn in range(300):
        before, after = f"{turn:04}a", f"{turn:04}b"
        path.write_text(before)
        seen = Seen(tmp_path / FOLDER)
        seen.digest(str(path))
        times = path.stat()
        path.write_text(after)
        same += path.stat().st_ctime_ns == times.st_ctime_ns
        seen.keep("", None)
        expected = hashlib.sha256(after.encode()).hexdigest()
        assert Seen(tmp_path / FOLDER).digest(str(path)) == expected
    # Else the clock is so fine that nothing was tried.
    assert same or path.stat().st_ctime_ns % 1_000_000


def test_what_is_old_enough_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("what it holds")
    settle(tmp_path)
    digest = remembered(tmp_path, path)
    assert digest == hashlib.sha256(b"what it holds").hexdigest()
    lines = (tmp_path / FOLDER / NAME).read_text().split("\n")
    assert any(line.endswith(f" {digest} {path}") for line in lines)


@pytest.mark.parametrize(
    "text", ["", "wirebook seen 0\n\n\n\n", "wirebook seen 1\n", "x\ny", "\n" * 9]
)
def test_a_spoilt_index_is_as_good_as_none(
    ping: Project, produced: list[str], text: str
) -> None:
    index(ping).write_text(text)
    ping.generate()
    assert produced == ["run"]
    index(ping).unlink()
    ping.generate()
    assert produced == ["run", "run"]
    ping.generate()
    assert produced == ["run", "run"]


def test_other_settings_are_another_run(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    settle(tmp_path)
    seen = Seen(tmp_path / FOLDER)
    seen.note(str(path))
    seen.keep("one", SAID)
    assert Seen(tmp_path / FOLDER).unchanged("one") == SAID
    assert Seen(tmp_path / FOLDER).unchanged("two") is None


def test_what_cannot_be_sure_is_not_said_again(tmp_path: Path) -> None:
    settle(tmp_path)
    seen = Seen(tmp_path / FOLDER)
    seen.note(str(tmp_path / "gone"))
    seen.keep("one", SAID)
    assert Seen(tmp_path / FOLDER).unchanged("one") is None


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    path = tmp_path / "file"
    path.write_text("x")
    seen = Seen(tmp_path / FOLDER)
    assert seen.digest(str(path)) == hashlib.sha256(b"x").hexdigest()
    seen.keep("one", SAID)
    assert Seen(tmp_path / FOLDER).unchanged("one") is None


def _page(ping: Project) -> str:
    ping.generate()
    return (ping.root / "generated/docs/ping.md").read_text()
