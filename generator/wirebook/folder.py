"""Changing a folder that other runs may change too: one step for each file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

BUFFER = 32_768
"""Bytes; of a given size, so that nobody asks each file whether it is a terminal."""


def put(target: Path | str, content: bytes) -> None:
    """Write a file in one step, in folders that are made where they are missing.

    Raises OSError, and leaves what was there.
    """
    folder = os.path.dirname(target) or "."
    temporary = f"{folder}/.{os.urandom(8).hex()}.tmp"
    try:
        with _created(temporary) as stream:
            stream.write(content)
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _created(path: str) -> BinaryIO:
    for _ in range(3):
        try:
            return open(path, "xb", BUFFER)
        except FileNotFoundError:
            # Missing yet, or removed as empty by another run in between.
            os.makedirs(os.path.dirname(path), exist_ok=True)
    return open(path, "xb", BUFFER)


def tidy(root: Path, path: str) -> None:
    """Remove the folders above `path` that are empty now; `root` stays."""
    for folder in list((root / path).parents):
        if folder == root:
            return
        try:
            _remove_bytecode(folder)
            folder.rmdir()
        except OSError:
            # Something else lives there, or another run was faster.
            return


def _remove_bytecode(folder: Path) -> None:
    """Drop Python's cache where it is all that is left of a folder."""
    cache = folder / "__pycache__"
    if not cache.is_dir() or cache.is_symlink() or len(list(folder.iterdir())) > 1:
        return
    entries = list(cache.iterdir())
    if all(entry.suffix == ".pyc" for entry in entries):
        for entry in entries:
            entry.unlink(missing_ok=True)
        cache.rmdir()
