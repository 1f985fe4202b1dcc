"""The vectors of the golden specs, against the clients generated from them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from tests.support.project import GOLDEN, project
from tests.support.vectors import check, run_vector
from wirebook.load import load

CASES = sorted(path.parent.name for path in GOLDEN.glob("*/specs"))


@pytest.mark.parametrize("case", CASES)
def test_vectors(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = project(tmp_path, case)
    monkeypatch.chdir(tmp_path)
    made.generate()
    monkeypatch.syspath_prepend(tmp_path / "generated")
    importlib.invalidate_caches()
    try:
        loaded = load(tmp_path / "specs", tmp_path)
        for provider in loaded.providers:
            assert provider.vectors
            for vector in provider.vectors:
                if vector.operation.startswith("callback:"):
                    continue
                for asynchronous in (False, True):
                    run = run_vector(
                        "clients", provider, vector, asynchronous=asynchronous
                    )
                    try:
                        check(vector, run)
                    except AssertionError as error:
                        error.add_note(f"{case}: {vector.id}")
                        raise
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "clients"]:
            del sys.modules[name]
