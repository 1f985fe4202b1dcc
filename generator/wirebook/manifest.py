"""The manifest: which files of the output are ours, and what we wrote into them.

`<output>/.wirebook.json` holds a SHA-256 for each file, by its path inside the
output.  It tells a file that somebody edited from one that is merely old, and a
file that an earlier run wrote from one that was never ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct, field

NAME = ".wirebook.json"
FORMAT = 1

_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Windows opens a device under these names, whatever the extension.
DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}


class ManifestError(Exception):
    """The manifest exists and cannot be believed."""


class PathRefused(ValueError):
    """A path that could leave the output, or that some file system twists."""


class Manifest(Struct, frozen=True):
    """SHA-256 in hex by path; paths use `/` and are relative to the output."""

    files: Mapping[str, str] = field(default_factory=dict[str, str])

    def to_bytes(self) -> bytes:
        """The same files always give the same bytes."""
        content = {"format": FORMAT, "files": dict(sorted(self.files.items()))}
        return msgspec.json.format(msgspec.json.encode(content)) + b"\n"


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def read(root: Path) -> Manifest:
    """The manifest of an output folder; an empty one where there is none.

    Raises ManifestError.
    """
    path = root / NAME
    if path.is_symlink():
        raise ManifestError(f"{path} is a symbolic link; put a real file there")
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return Manifest()
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(path, str(problem)) from problem
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _unreadable(path, "it is no JSON") from problem
    return Manifest(_files(path, content))


def _files(path: Path, content: object) -> dict[str, str]:
    if not isinstance(content, dict):
        raise _unreadable(path, "it is no JSON object")
    content = cast(dict[str, object], content)
    if content.get("format") != FORMAT:
        raise ManifestError(
            f"{path} has format {content.get('format')!r} and this wirebook knows"
            f" format {FORMAT}: use the wirebook that wrote it, or a newer one"
        )
    files = content.get("files")
    if not isinstance(files, dict):
        raise _unreadable(path, "'files' is no JSON object")
    for name, value in cast(dict[str, object], files).items():
        check_path(name)
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise _unreadable(path, f"'{name}' has no SHA-256")
    return cast(dict[str, str], files)


def _unreadable(path: Path, why: str) -> ManifestError:
    return ManifestError(
        f"{path} cannot be read: {why}."
        " Restore it from version control, or delete it and generate again"
    )


def check_path(path: str) -> None:
    """Refuse a path that does not stay plainly inside the output.

    Raises PathRefused.
    """
    for segment in path.split("/"):
        if not _SEGMENT.fullmatch(segment) or segment.endswith("."):
            raise PathRefused(f"{path!r} is no plain path inside the output")
        if segment.partition(".")[0].lower() in DEVICES:
            raise PathRefused(f"{path!r} names a device on Windows")


def check_paths(paths: Iterable[str], known: Manifest) -> None:
    """Refuse paths that are bad alone or that one file system takes for equal.

    known: has paths that were looked at when it was read.  Raises PathRefused.
    """
    seen: dict[str, str] = {}
    for path in paths:
        if path not in known.files:
            check_path(path)
        other = seen.setdefault(path.lower(), path)
        if other != path:
            raise PathRefused(f"{path!r} and {other!r} differ in case only")
    for path in seen:
        parent = path.rpartition("/")[0]
        while parent:
            if parent in seen:
                raise PathRefused(f"{seen[parent]!r} is a file and a folder")
            parent = parent.rpartition("/")[0]
