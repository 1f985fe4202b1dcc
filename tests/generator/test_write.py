"""The tree on disk: what is written, removed, left alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wirebook import write
from wirebook.made import pack
from wirebook.manifest import ManifestError, PathRefused
from wirebook.write import State, Survey

FILES = {"a/one.py": b"1\n", "a/two.py": b"2\n", "docs/index.md": b"# Docs\n"}


def survey(
    root: Path, files: dict[str, bytes], *owned: Callable[[str], bool]
) -> Survey:
    return write.survey(root, {name: pack(files[name]) for name in files}, *owned)


def run(root: Path, files: dict[str, bytes], force: bool = False) -> write.Tally:
    return write.apply(survey(root, files), force=force)


def states(root: Path, files: dict[str, bytes]) -> dict[str, State]:
    return {c.path: c.state for c in survey(root, files).changes}


def tree(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in root.rglob("*")
        if p.is_file()
    }


def test_a_first_run_writes_everything_and_a_second_nothing(tmp_path: Path) -> None:
    root = tmp_path / "new" / "out"
    assert run(root, FILES) == write.Tally(3, 0, 0, 0)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    assert run(root, FILES) == write.Tally(0, 3, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    assert {k: v for k, v in tree(root).items() if k != ".wirebook.json"} == FILES
    assert not survey(root, FILES).stale


def test_the_manifest_is_sorted_and_knows_no_machine(tmp_path: Path) -> None:
    run(tmp_path / "x", FILES)
    run(tmp_path / "y", dict(reversed(FILES.items())))
    first = (tmp_path / "x" / ".wirebook.json").read_text()
    assert first == (tmp_path / "y" / ".wirebook.json").read_text()
    assert list(json.loads(first)["files"]) == sorted(FILES)
    assert str(tmp_path) not in first


def test_only_files_whose_bytes_differ_are_written(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    before = (tmp_path / "a/two.py").stat().st_mtime_ns
    assert run(tmp_path, {**FILES, "a/one.py": b"11\n"}) == write.Tally(1, 2, 0, 0)
    assert (tmp_path / "a/one.py").read_bytes() == b"11\n"
    assert (tmp_path / "a/two.py").stat().st_mtime_ns == before


def test_what_is_no_longer_produced_goes_with_its_empty_folders(
    tmp_path: Path,
) -> None:
    run(tmp_path, {**FILES, "b/c/three.py": b"3\n"})
    cache = tmp_path / "b/c/__pycache__"
    cache.mkdir()
    (cache / "three.cpython-311.pyc").write_bytes(b"")
    assert run(tmp_path, FILES).removed == 1
    assert not (tmp_path / "b").exists()


def test_a_folder_with_a_stranger_stays(tmp_path: Path) -> None:
    run(tmp_path, {**FILES, "b/three.py": b"3\n"})
    (tmp_path / "b/mine.txt").write_text("mine")
    assert run(tmp_path, FILES).removed == 1
    assert (tmp_path / "b/mine.txt").read_text() == "mine"


def test_an_edited_file_is_left_alone_until_forced(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    (tmp_path / "a/one.py").write_bytes(b"edited\n")
    new = {**FILES, "a/one.py": b"new\n", "a/two.py": b"22\n"}
    for _ in range(2):
        assert states(tmp_path, new)["a/one.py"] is State.EDITED
        assert run(tmp_path, new).left_alone == 1
        assert (tmp_path / "a/one.py").read_bytes() == b"edited\n"
    assert (tmp_path / "a/two.py").read_bytes() == b"22\n"
    assert run(tmp_path, new, force=True) == write.Tally(1, 2, 0, 0)
    assert (tmp_path / "a/one.py").read_bytes() == b"new\n"
    assert not survey(tmp_path, new).stale


def test_an_edited_file_that_is_no_longer_produced_is_left_alone(
    tmp_path: Path,
) -> None:
    run(tmp_path, FILES)
    (tmp_path / "a/one.py").write_bytes(b"edited\n")
    rest = {path: content for path, content in FILES.items() if path != "a/one.py"}
    for _ in range(2):
        assert run(tmp_path, rest) == write.Tally(0, 2, 0, 1)
    assert run(tmp_path, rest, force=True).removed == 1
    assert not (tmp_path / "a/one.py").exists()


def test_an_unknown_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/one.py").write_bytes(b"mine\n")
    (tmp_path / "a/two.py").write_bytes(FILES["a/two.py"])
    for _ in range(2):
        assert run(tmp_path, FILES).left_alone == 1
    assert (tmp_path / "a/one.py").read_bytes() == b"mine\n"
    assert run(tmp_path, FILES, force=True).written == 1


def test_an_unknown_file_is_never_removed(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    (tmp_path / "a/mine.py").write_bytes(b"mine\n")
    run(tmp_path, {"docs/index.md": b"# Docs\n"}, force=True)
    assert (tmp_path / "a/mine.py").read_bytes() == b"mine\n"


def test_a_missing_file_is_written_again(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    (tmp_path / "a/one.py").unlink()
    assert run(tmp_path, FILES) == write.Tally(1, 2, 0, 0)


def test_a_lost_manifest_is_made_again(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    manifest = tmp_path / ".wirebook.json"
    before = manifest.read_bytes()
    manifest.unlink()
    assert [c.path for c in survey(tmp_path, FILES).stale] == [".wirebook.json"]
    assert run(tmp_path, FILES) == write.Tally(0, 3, 0, 0)
    assert manifest.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "<<<<<<< ours",
        '{"format": 1}',
        '{"format": 1, "files": {"a": "b"}}',
        '{"format": 2, "files": {}}',
        "[" * 100_000,
    ],
)
def test_a_manifest_that_cannot_be_believed_stops_the_run(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / ".wirebook.json").write_text(content)
    with pytest.raises(ManifestError, match=r"\.wirebook\.json"):
        survey(tmp_path, FILES)


def test_a_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"x")
    root = tmp_path / "out"
    run(root, FILES)
    manifest = json.loads((root / ".wirebook.json").read_text())
    manifest["files"]["../outside.txt"] = "0" * 64
    (root / ".wirebook.json").write_text(json.dumps(manifest))
    with pytest.raises(PathRefused):
        survey(root, FILES)
    assert outside.exists()


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a/../x", "a//x", "", ".", "a\\x", "C:x", "nul.py", "a/.", "a\nb"],
)
def test_paths_that_leave_the_output_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(PathRefused):
        survey(tmp_path, {path: b""})


@pytest.mark.parametrize("other", ["a/ONE.py", "a/one.py/x", "a"])
def test_paths_that_one_disk_takes_for_another_are_refused(
    tmp_path: Path, other: str
) -> None:
    with pytest.raises(PathRefused):
        survey(tmp_path, {"a/one.py": b"", other: b""})


def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "out"
    root.mkdir()
    (root / "a").symlink_to(outside)
    for force in (False, True):
        assert run(root, FILES, force=force).left_alone == 2
    assert not list(outside.iterdir())


def test_a_linked_file_is_replaced_by_force_and_its_target_stays(
    tmp_path: Path,
) -> None:
    target = tmp_path / "target"
    target.write_bytes(FILES["a/one.py"])
    root = tmp_path / "out"
    (root / "a").mkdir(parents=True)
    (root / "a/one.py").symlink_to(target)
    assert run(root, FILES).left_alone == 1
    assert run(root, {**FILES, "a/one.py": b"new"}, force=True).written == 1
    assert target.read_bytes() == FILES["a/one.py"]
    assert not (root / "a/one.py").is_symlink()


def test_a_linked_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"format": 1, "files": {}}')
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.wirebook.json").symlink_to(tmp_path / "m.json")
    with pytest.raises(ManifestError, match="symbolic link"):
        survey(tmp_path / "out", FILES)


def test_a_folder_in_place_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a/one.py").mkdir(parents=True)
    assert run(tmp_path, FILES, force=True).left_alone == 1


def test_a_failed_write_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, FILES)

    def refuse(source: object, target: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(OSError, match="disk full"):
            run(tmp_path, {**FILES, "a/one.py": b"new\n"})
    assert tree(tmp_path)["a/one.py"] == FILES["a/one.py"]
    assert set(tree(tmp_path)) == {*FILES, ".wirebook.json"}


def test_two_runs_at_once_end_like_one(tmp_path: Path) -> None:
    old = {f"old{n % 5}/x{n}.py": b"old" for n in range(40)}
    new = {f"new{n % 5}/x{n}.py": f"{n}\n".encode() * 100 for n in range(40)}
    for turn in range(5):
        root = tmp_path / str(turn)
        run(root, old)
        with ThreadPoolExecutor(4) as pool:
            for job in [pool.submit(run, root, new) for _ in range(4)]:
                job.result()
        assert {k: v for k, v in tree(root).items() if k != ".wirebook.json"} == new
        assert not survey(root, new).stale


def test_a_run_for_some_files_keeps_the_others(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    found = survey(tmp_path, {"a/one.py": b"new\n"}, lambda path: path.startswith("a/"))
    assert write.apply(found) == write.Tally(1, 0, 1, 0)
    assert (tmp_path / "docs/index.md").exists()
    assert not survey(
        tmp_path, {"a/one.py": b"new\n", "docs/index.md": b"# Docs\n"}
    ).stale


def test_a_diff_shows_new_changed_and_gone_files(tmp_path: Path) -> None:
    run(tmp_path, FILES)
    new = {"a/one.py": b"1\nmore", "a/three.py": b"3\n", "docs/index.md": b"# Docs\n"}
    lines = [line for c in survey(tmp_path, new).changes for line in c.diff("g/")]
    assert lines == [
        "--- a/g/a/one.py",
        "+++ b/g/a/one.py",
        "@@ -1 +1,2 @@",
        " 1",
        "+more",
        "\\ No newline at end of file",
        "--- /dev/null",
        "+++ b/g/a/three.py",
        "@@ -0,0 +1 @@",
        "+3",
        "--- a/g/a/two.py",
        "+++ /dev/null",
        "@@ -1 +0,0 @@",
        "-2",
    ]
