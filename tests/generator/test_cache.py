"""What earlier runs made: used, never believed blindly, deletable at any moment."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.project import Project, project
from wirebook import cache as cache_module
from wirebook import work
from wirebook.cache import Cache
from wirebook.job import Job
from wirebook.made import Made, pack
from wirebook.place import Where
from wirebook.problem import warning
from wirebook.seen import FOLDER
from wirebook.trust import opened, sealed

KEY = "k" * 64


@pytest.fixture
def ping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = project(tmp_path)
    made.second_provider()
    return made


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The providers that were made, by their first file."""
    done: list[str] = []
    make = work.make

    def counted(job: Job) -> Made:
        done.append(Path(next(iter(job.files))).parent.name)
        return make(job)

    monkeypatch.setattr(work, "make", counted)
    return done


def folder(ping: Project) -> Path:
    return ping.root / FOLDER


def test_only_what_changed_is_made_again(ping: Project, worked: list[str]) -> None:
    ping.generate()
    assert sorted(worked) == ["ping", "pong"]
    worked.clear()
    tree = ping.tree()
    assert (
        ", 0 written" not in ping.generate("--no-cache").stdout or ping.tree() == tree
    )
    assert sorted(worked) == ["ping", "pong"]
    worked.clear()
    ping.generate()
    assert worked == []
    shutil.rmtree(ping.root / "generated")
    ping.generate()
    assert worked == []
    assert ping.tree() == tree
    ping.replace("specs/pong/provider.yaml", "max_length: 10", "max_length: 11")
    ping.generate()
    assert worked == ["pong"]
    assert ping.run("check").exit_code == 0


def test_whatever_decides_the_output_decides_the_key(
    ping: Project, worked: list[str]
) -> None:
    ping.generate()
    for change in (["--package", "mine"], ["--docs", "elsewhere"]):
        worked.clear()
        ping.generate("--output", "out", *change)
    (ping.root / "shapes/docs").mkdir(parents=True)
    (ping.root / "shapes/docs/index.md.jinja").write_text("{{ header }}\n")
    ping.generate("--output", "out", "--templates", "shapes")
    assert sorted(worked) == ["ping", "pong"]
    worked.clear()
    (ping.root / "shapes/docs/index.md.jinja").write_text("{{ header }}\nMine.\n")
    ping.generate("--output", "out", "--templates", "shapes")
    assert sorted(worked) == ["ping", "pong"]


def test_check_makes_everything_itself(ping: Project, worked: list[str]) -> None:
    ping.generate()
    for path in folder(ping).glob("*.json"):
        record = json.loads(opened(path.stem, path.read_bytes()))
        record["modules"] = {}
        content = sealed(path.stem, json.dumps(record).encode())
        assert content is not None
        path.write_bytes(content)
    worked.clear()
    assert ping.run("check").exit_code == 0
    assert sorted(worked) == ["ping", "pong"]


@pytest.mark.parametrize("spoil", ["delete", "cut", "swap"])
def test_lost_bytes_are_made_again(ping: Project, spoil: str) -> None:
    ping.generate()
    tree = ping.tree()
    shutil.rmtree(ping.root / "generated")
    for path in folder(ping).glob("*.bin"):
        if spoil == "delete":
            path.unlink()
        elif spoil == "cut":
            path.write_bytes(path.read_bytes()[:50])
        else:
            path.write_bytes(path.read_bytes()[::-1])
    ping.generate()
    assert ping.tree() == tree


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 1}', '{"format": 99}', "[" * 9999, "null"]
)
def test_a_spoilt_record_is_as_good_as_none(
    ping: Project, worked: list[str], text: str
) -> None:
    ping.generate()
    tree = ping.tree()
    for path in folder(ping).glob("*.json"):
        path.write_text(text)
    worked.clear()
    ping.generate()
    assert sorted(worked) == ["ping", "pong"]
    assert ping.tree() == tree


def test_a_record_that_somebody_else_wrote_smuggles_nothing(
    ping: Project, worked: list[str]
) -> None:
    ping.generate()
    tree = ping.tree()
    evil = b"import os\n"
    for path in folder(ping).glob("*.json"):
        seal, _, content = path.read_bytes().partition(b"\n")
        record = json.loads(content)
        packed = zlib.compress(evil)
        record["modules"] = {
            name: (hashlib.sha256(evil).hexdigest(), 0, len(packed))
            for name in record["modules"]
        }
        path.write_bytes(seal + b"\n" + json.dumps(record).encode())
        path.with_suffix(".bin").write_bytes(packed)
    shutil.rmtree(ping.root / "generated")
    worked.clear()
    ping.generate()
    assert sorted(worked) == ["ping", "pong"]
    assert ping.tree() == tree


def test_a_record_is_believed_under_its_own_name_only(ping: Project) -> None:
    ping.generate()
    one, other, *_ = sorted(folder(ping).glob("*.json"))
    assert opened(one.stem, one.read_bytes())
    with pytest.raises(ValueError, match="somebody else"):
        opened(other.stem, one.read_bytes())


def test_a_linked_cache_is_left_alone(ping: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "documents"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("old")
    os.utime(elsewhere / "letter.txt", (0, 0))
    folder(ping).symlink_to(elsewhere, target_is_directory=True)
    ping.generate()
    assert [path.name for path in elsewhere.iterdir()] == ["letter.txt"]


def test_only_records_are_pruned(tmp_path: Path) -> None:
    for name in ("letter.txt", f"{KEY}.json"):
        (tmp_path / name).write_text("old")
        os.utime(tmp_path / name, (0, 0))
    Cache(tmp_path).prune()
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_mistake_is_found_again(ping: Project) -> None:
    ping.replace("specs/pong/provider.yaml", "table: ping_status", "table: pong_status")
    for _ in range(2):
        assert ping.run("generate").exit_code == 1
    assert not (ping.root / "generated").exists()


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    found = warning("a-rule", Where("f.yaml", 1, 2), "message", "hint")
    made = Made(None, {"a.py": pack(b"a\n")}, {"b.md": pack("ß".encode())}, (found,))
    Cache(tmp_path / "c").put(KEY, made)
    back = Cache(tmp_path / "c").get(KEY)
    assert back is not None
    assert back.problems == made.problems
    assert {name: content.read() for name, content in back.modules.items()} == {
        "a.py": b"a\n"
    }
    assert back.pages["b.md"].read().decode() == "ß"
    assert Cache(tmp_path / "c").get("other") is None
    assert (tmp_path / "c" / ".gitignore").read_text() == "*\n"


def test_what_nobody_uses_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(None, {"a.py": pack(b"a\n")}, {}, ())
    Cache(tmp_path).put(KEY, made)
    Cache(tmp_path).put("o" * 64, made)
    monkeypatch.setattr(cache_module, "KEPT", -60)
    cache = Cache(tmp_path)
    assert cache.get(KEY) is not None
    cache.prune()
    assert {path.stem for path in tmp_path.glob("*.*")} == {KEY, ".gitignore"}


def test_a_folder_that_cannot_be_written_stops_nothing(ping: Project) -> None:
    folder(ping).write_text("in the way")
    ping.generate()
    assert ping.run("check").exit_code == 0


def test_two_runs_at_once_end_like_one(ping: Project) -> None:
    command = [sys.executable, "-m", "wirebook", "generate"]

    def run(_: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, cwd=ping.root, capture_output=True, check=False)

    with ThreadPoolExecutor(2) as pool:
        for done in pool.map(run, range(2)):
            assert done.returncode == 0, done.stderr
    assert ping.run("check").exit_code == 0
    assert not list(folder(ping).glob("*.tmp"))


def test_a_run_without_changes_loads_nothing_that_makes(ping: Project) -> None:
    first = [sys.executable, "-m", "wirebook", "generate"]
    for _ in range(2):
        subprocess.run(first, cwd=ping.root, capture_output=True, check=True)
    code = (
        "import sys\n"
        "from wirebook.cli import main\n"
        "sys.argv = ['wirebook', 'generate']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "print('model' if 'wirebook.model' in sys.modules else 'light')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ping.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    *_, modules, weight = done.stdout.splitlines()
    heavy = {"yaml", "jsonschema", "jinja2", "black", "rich", "multiprocessing"}
    heavy |= {"msgspec"}
    assert not heavy & set(modules.split())
    assert weight == "light"
