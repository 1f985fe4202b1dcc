"""Seen: what files held when a run last read them.

As in git's index, a file whose size, times and inode are what they were still holds
what it held: a run without changes asks the file system about every file and reads
none.  `.wirebook-cache/seen` has a line for each file and folder; it is replaced in
one step, may be deleted at any moment, and `check` never looks.

A file that was changed in the same tick of the file system's clock in which it was
read could change again and look the same.  So only what was older than that tick is
remembered; anything younger is read again by the next run.  A run that wrote a few
files waits for the next tick and reads them back.  A file that is put back
with its old times gives itself away by the time of its last change of status, which
no program sets.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

FOLDER = ".wirebook-cache"
"""In the project."""
FORMAT = "wirebook seen 1"
TICK = 0.012
"""Seconds: the slowest clock of a Linux file system, and a little more."""
NAME = "seen"


class Said(NamedTuple):
    """The lines of a run that had nothing to do."""

    out: str
    err: str
    """Empty for none."""


class Seen:
    """The files of one run.  Without a folder nothing is remembered."""

    def __init__(self, folder: Path | None = None) -> None:
        # On Windows the third time is that of creation, and a file put back shows not.
        usable = folder is not None and os.name == "posix" and not folder.is_symlink()
        self._folder = str(folder) if usable else ""
        self._before = ""
        self._head = ("", "", "")
        self._known: dict[str, tuple[str, str]] = {}
        self._looked: dict[str, tuple[str, str]] = {}
        self._sure = usable
        self._limit: tuple[int, int] | None = None
        if usable:
            self._load()

    def unchanged(self, settings: str) -> Said | None:
        """What the last run said, if it had nothing to do and nothing changed since.

        settings: all that decides a run besides files.
        """
        given, out, err = self._head
        if not out or given != settings:
            return None
        try:
            for path, (mark, _) in self._known.items():
                if _mark(os.stat(path)) != mark:
                    return None
        except OSError:
            return None
        return Said(out, err)

    def note(self, path: str) -> None:
        """A folder that is about to be listed, or a file that is about to be read."""
        try:
            found = os.stat(path)
        except OSError:
            self._sure = False
            return
        self._remember(path, found, "-")

    def digest(self, path: str, found: os.stat_result | None = None) -> str:
        """SHA-256 in hex of a file's bytes.  Raises OSError.

        found: what the caller has just been told about the file.
        """
        found = found or os.stat(path)
        mark, digest = self._known.get(path, ("", "-"))
        if digest == "-" or mark != _mark(found):
            self._clock()
            with open(path, "rb", buffering=0) as stream:
                digest = hashlib.sha256(stream.read()).hexdigest()
        self._remember(path, found, digest)
        return digest

    def settle(self) -> None:
        """Wait until what this run has written is older than the clock's tick, so that
        it can be looked at like anything else."""
        if self._folder:
            time.sleep(TICK)
            self._limit = None

    def forget(self, path: str) -> None:
        """What was seen there is gone."""
        self._looked.pop(path, None)

    def sure(self) -> bool:
        """Whether all that was looked at would be told apart from a later change."""
        return bool(self._folder) and self._sure

    def keep(self, settings: str, said: Said | None) -> None:
        """Remember what was looked at, and what was said where nothing was to do.

        What cannot be written is not remembered, and that is all.
        """
        if not self._folder:
            return
        head = (settings, *said) if said and self._sure else ("", "", "")
        lines = [FORMAT, *head]
        lines += [
            f"{mark} {digest} {path}" for path, (mark, digest) in self._looked.items()
        ]
        text = "\n".join(lines)
        if text == self._before:
            return
        temporary = f"{self._folder}/.{os.urandom(8).hex()}.tmp"
        with suppress(OSError):
            with open(temporary, "x", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(temporary, f"{self._folder}/{NAME}")

    def _load(self) -> None:
        try:
            with open(f"{self._folder}/{NAME}", encoding="utf-8") as stream:
                text = stream.read()
            name, settings, out, err, *lines = text.split("\n")
            if name != FORMAT:
                return
            for line in lines:
                mark, digest, path = line.split(" ", 2)
                self._known[path] = mark, digest
        except (OSError, ValueError):
            self._known = {}
            return
        self._before, self._head = text, (settings, out, err)

    def _remember(self, path: str, found: os.stat_result, digest: str) -> None:
        mark = _mark(found)
        if self._known.get(path, ("", ""))[0] != mark:
            device, now = self._clock()
            youngest = max(found.st_mtime_ns, found.st_ctime_ns)
            if found.st_dev != device or youngest >= now or "\n" in path:
                self._sure = False
                return
        self._looked[path] = mark, digest

    def _clock(self) -> tuple[int, int]:
        """The device of the folder, and what its clock says before the first file is
        read: what is younger is not remembered."""
        if self._limit is None:
            self._limit = -1, 0
            temporary = f"{self._folder}/.{os.urandom(8).hex()}.tmp"
            with suppress(OSError):
                os.makedirs(self._folder, exist_ok=True)
                with open(temporary, "x") as stream:
                    found = os.fstat(stream.fileno())
                os.unlink(temporary)
                self._limit = found.st_dev, found.st_mtime_ns
        return self._limit


def _mark(found: os.stat_result) -> str:
    return (
        f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}"
        f":{found.st_ino}:{found.st_mode}"
    )
