"""The tool itself: where its files are, and one digest of all that decides output."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import PathFinder
from pathlib import Path

from .seen import Seen

PACKAGE = Path(__file__).resolve().parent
FLOOR = PACKAGE / "runtime"
LIBRARIES = ("jinja2", "yaml", "jsonschema", "black")
"""Those that take part in making output."""


def templates() -> Path:
    """The tool's own templates: in the wheel, or beside an editable checkout."""
    shipped = PACKAGE / "templates"
    return shipped if shipped.is_dir() else PACKAGE.parents[1] / "templates"


def digest(overrides: Path | None = None, seen: Seen | None = None) -> str:
    """SHA-256 in hex of the tool's bytes, its templates, and a project's own.

    Libraries count by what their installation says of itself.  With `seen` every
    file is looked at; without, the tool's own are where no run has done so before.
    """
    if seen is not None or not _own:
        facts = (sys.version_info, *map(_library, LIBRARIES))
        _own[:] = [_of(repr(facts), (PACKAGE, templates()), seen or Seen())]
    return _of(_own[0], (overrides,), seen or Seen()) if overrides else _own[0]


_own: list[str] = []
"""The digest without overrides; a worker that is forked has it already."""


def _of(facts: str, folders: Iterable[Path], seen: Seen) -> str:
    found = hashlib.sha256(facts.encode())
    for folder in folders:
        for name, path in sorted(_files(str(folder), seen)):
            found.update(f"\0{name}\0{seen.digest(path)}".encode())
    return found.hexdigest()


def _files(folder: str, seen: Seen, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and path of every file that may decide something."""
    seen.note(folder)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path, seen, f"{prefix}{entry.name}/")
            elif not entry.name.endswith((".pyc", ".md", ".svg")):
                yield prefix + entry.name, entry.path


def _library(name: str) -> tuple[str, int]:
    """Differs after another version was installed; nothing is imported for it."""
    found = PathFinder.find_spec(name)
    if found is None or not found.origin:
        return name, 0
    return name, os.stat(found.origin).st_size
