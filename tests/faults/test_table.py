"""Every row of the table in README.md has its proof, and the proof exists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parent.parent
ROWS = range(1, 73)

_ROW = re.compile(r"\| (\d+) \| (.+) \| (.+) \| (.*) \|")
_PROOF = re.compile(r"`([\w/]+)::(test_\w+)(?::([^`]+))?`")


class Proof(NamedTuple):
    file: str
    test: str
    case: str


def table() -> dict[int, list[Proof]]:
    rows: dict[int, list[Proof]] = {}
    for line in (TESTS / "faults" / "README.md").read_text("utf-8").splitlines():
        if match := _ROW.fullmatch(line):
            number = int(match[1])
            assert number not in rows, f"row {number} stands there twice"
            rows[number] = [
                Proof(file, test, case) for file, test, case in _PROOF.findall(match[4])
            ]
    return rows


@pytest.fixture(scope="module")
def collected() -> dict[tuple[str, str], list[str]]:
    """File and test to the ids of its cases, as pytest finds them."""
    files = sorted({f"{p.file}.py" for proofs in table().values() for p in proofs})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-m", ""]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", *files],
        capture_output=True,
        text=True,
        cwd=TESTS,
        check=False,
    )
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        if match := re.fullmatch(r"(?:tests/)?([\w/]+)\.py::(\w+)(?:\[(.*)\])?", line):
            found[match[1], match[2]].append(match[3] or "")
    assert done.returncode == 0, done.stdout + done.stderr
    return found


def test_no_row_is_missing() -> None:
    assert list(table()) == list(ROWS)


@pytest.mark.parametrize("number", ROWS)
def test_a_row_is_shown(
    number: int, collected: dict[tuple[str, str], list[str]]
) -> None:
    proofs = table()[number]
    assert proofs, f"row {number} has no proof"
    modes: set[str] = set()
    for proof in proofs:
        cases = collected.get((proof.file, proof.test))
        assert cases, f"row {number}: there is no {proof.file}::{proof.test}"
        fit = [case for case in cases if _is_case(case, proof.case)]
        assert fit, f"row {number}: {proof.test} has no case {proof.case!r}"
        modes |= {part for case in fit for part in case.split("-") if part}
    assert {"sync", "async"} <= modes, f"row {number} is not shown for both clients"


def _is_case(id: str, wanted: str) -> bool:
    words = [part for part in id.split("-") if part not in ("sync", "async")]
    return not wanted or "-".join(words) == wanted
