"""The tool itself: where its files are, and one digest of all that decides output."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
FLOOR = PACKAGE / "runtime"
LIBRARIES = ("jinja2", "yaml", "jsonschema", "black")
"""Those that take part in making output."""


def templates() -> Path:
    """The tool's own templates: in the wheel, or beside an editable checkout."""
    shipped = PACKAGE / "templates"
    return shipped if shipped.is_dir() else PACKAGE.parents[1] / "templates"


def digest(overrides: Path | None = None) -> str:
    """SHA-256 in hex of the tool's bytes, its templates, and a project's own.

    Libraries count by what their installation says of itself.
    """
    return _of(_own(), overrides) if overrides else _own()


@cache
def _own() -> str:
    facts = (sys.version_info, *map(_library, LIBRARIES))
    return _of(repr(facts), PACKAGE, templates())


def _of(facts: str, *folders: Path) -> str:
    found = hashlib.sha256(facts.encode())
    for folder in folders:
        for name, path in sorted(_files(str(folder))):
            with open(path, "rb") as stream:
                content = stream.read()
            found.update(f"\0{name}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()


def _files(folder: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and path of every file that may decide something."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path, f"{prefix}{entry.name}/")
            elif not entry.name.endswith((".pyc", ".md", ".svg")):
                yield prefix + entry.name, entry.path


def _library(name: str) -> tuple[str, int]:
    """Differs after another version was installed; nothing is imported for it."""
    found = PathFinder.find_spec(name)
    if found is None or not found.origin:
        return name, 0
    return name, os.stat(found.origin).st_size
