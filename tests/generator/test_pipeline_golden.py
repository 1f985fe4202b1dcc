"""Whole outputs, held against what was looked at and found good.

A case is a folder of tests/golden with `specs/` and `expected/`. After a change
that is meant, run this file with WIREBOOK_UPDATE_GOLDEN=1 and read the difference.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import GOLDEN, project

SUFFIX = ".expected"
"""Keeps linters and type checkers away from what is no code of this project."""

CASES = sorted(path.parent.name for path in GOLDEN.glob("*/specs"))


@pytest.mark.parametrize("case", CASES)
def test_the_output_is_the_golden_one(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project(tmp_path, case)
    monkeypatch.chdir(tmp_path)
    made.generate()
    actual = {
        path: content
        for path, content in made.tree().items()
        # The floor has its own tests, and is the same for all.
        if "/_runtime/" not in path and path != ".wirebook.json"
    }
    for path, content in actual.items():
        if path.endswith(".py"):
            ast.parse(content)
    expected = GOLDEN / case / "expected"
    if os.environ.get("WIREBOOK_UPDATE_GOLDEN"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, content in actual.items():
            file = expected / (path + SUFFIX)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    golden = {
        path.relative_to(expected)
        .as_posix()
        .removesuffix(SUFFIX): path.read_text("utf-8")
        for path in sorted(expected.rglob(f"*{SUFFIX}"))
    }
    assert sorted(actual) == sorted(golden)
    for path, content in actual.items():
        assert content.decode().splitlines() == golden[path].splitlines(), path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all cases, so that the floor is type-checked once."""
    return tmp_path_factory.mktemp("typed")


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_the_golden_output_has_sound_types(
    case: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("specs", "generated"):
        shutil.rmtree(place / folder, ignore_errors=True)
    made = project(place, case)
    monkeypatch.chdir(place)
    made.generate()
    command = "mypy --strict --cache-dir ../.cache clients"
    checked = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=place / "generated",
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
