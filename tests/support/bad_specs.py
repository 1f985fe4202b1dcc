"""The folder of bad specs: what each file must be told.

A file begins with comment lines:

    # file: sms.yaml          how it is called in its provider's folder (provider.yaml)
    # expect: 12:5: error[rule]: message
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from wirebook.problem import Problem, printable

FOLDER = Path(__file__).resolve().parents[1] / "bad_specs"


@dataclass(frozen=True, slots=True)
class BadSpec:
    path: Path
    file: str
    expected: tuple[str, ...]


def bad_specs() -> list[BadSpec]:
    return [_read(path) for path in sorted(FOLDER.glob("*.yaml"))]


def told(problem: Problem) -> str:
    """A problem as the comments spell it."""
    where = f"{problem.where.line}:{problem.where.column}"
    return f"{where}: {problem.severity}[{problem.rule}]: {printable(problem.message)}"


def _read(path: Path) -> BadSpec:
    text = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
    file = re.search(r"^# file: (.*)$", text, re.MULTILINE)
    expected = re.findall(r"^# expect: (.*)$", text, re.MULTILINE)
    return BadSpec(path, file[1] if file else "provider.yaml", tuple(expected))
