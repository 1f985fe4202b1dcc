"""The cache: what earlier runs made, by a digest of everything that decided it.

`.wirebook-cache/<key>.json` names the files of one result with their SHA-256 and
says what else is known; `<key>.bin` holds their bytes, compressed, one after the
other.  Both are written in one step each and never changed, so two runs at once
do no harm, and any of it may be deleted at any moment: what is missing is made
again.  Nothing here is executed, and `check` never looks.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from .entry import Entry
from .made import Content, Made, Packed
from .problem import Problem
from .trust import opened, sealed

KEPT = 14 * 24 * 3600
"""Seconds for which a result is kept that no run has used."""
LARGEST = 100_000_000
"""Bytes of one file of the output, when it is unpacked."""

_OURS = re.compile(r"\w{64}\.(json|bin)|\.[0-9a-f]{16}\.tmp", re.ASCII)


class CacheLost(Exception):
    """Somebody deleted or spoilt a result while a run was using it."""


class Kept(Struct, frozen=True):
    """A file of a result, read when it is needed."""

    digest: str
    path: str
    start: int
    length: int

    def read(self) -> bytes:
        """The bytes.  Raises CacheLost."""
        try:
            with open(self.path, "rb") as stream:
                stream.seek(self.start)
                packed = stream.read(self.length)
            content = zlib.decompressobj().decompress(packed, LARGEST)
        except (OSError, zlib.error) as problem:
            raise CacheLost(str(problem)) from problem
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise CacheLost(f"{self.path} was changed")
        return content


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What `<key>.json` says.  Files: SHA-256, start and length by their paths."""

    entry: Entry | None
    problems: tuple[Problem, ...]
    modules: dict[str, tuple[str, int, int]]
    pages: dict[str, tuple[str, int, int]]


class Cache:
    """Results in a folder that is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._used: set[str] = set()

    def get(self, key: str) -> Made | None:
        """The result of an earlier run, or None."""
        try:
            with open(self._path(key, "json"), "rb") as stream:
                content = opened(key, stream.read())
            record = msgspec.json.decode(content, type=Record)
        except (OSError, ValueError, RecursionError):
            return None
        self._used.add(key)
        path = self._path(key, "bin")
        return Made(
            record.entry,
            _files(record.modules, path),
            _files(record.pages, path),
            record.problems,
        )

    def put(self, key: str, made: Made) -> None:
        """Keep a result.  What cannot be written is not kept, and that is all."""
        packed = bytearray()
        places: dict[str, dict[str, tuple[str, int, int]]] = {}
        for part, files in (("modules", made.modules), ("pages", made.pages)):
            places[part] = {}
            for path, content in files.items():
                assert isinstance(content, Packed)
                where = (content.digest, len(packed), len(content.packed))
                places[part][path] = where
                packed += content.packed
        record = Record(made.entry, made.problems, **places)
        self._used.add(key)
        sealed_record = sealed(key, msgspec.json.encode(record))
        if sealed_record is None or os.path.islink(self._folder):
            return
        try:
            os.makedirs(self._folder, exist_ok=True)
            self._replace(".gitignore", b"*\n")
            self._replace(f"{key}.bin", bytes(packed))
            # Last: whoever finds it finds the bytes too.
            self._replace(f"{key}.json", sealed_record)
        except OSError:
            return

    def prune(self) -> None:
        """Delete what no run has made or used for a while."""
        oldest = time.time() - KEPT
        if os.path.islink(self._folder):
            return
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    used = entry.name.partition(".")[0] in self._used
                    ours = not used and _OURS.fullmatch(entry.name)
                    if ours and entry.stat(follow_symlinks=False).st_mtime < oldest:
                        os.unlink(entry.path)
        except OSError:
            return

    def _path(self, key: str, suffix: str) -> str:
        return f"{self._folder}/{key}.{suffix}"

    def _replace(self, name: str, content: bytes) -> None:
        target = f"{self._folder}/{name}"
        temporary = f"{self._folder}/.{os.urandom(8).hex()}.tmp"
        with open(temporary, "xb") as stream:
            stream.write(content)
        os.replace(temporary, target)


def _files(places: Mapping[str, tuple[str, int, int]], path: str) -> dict[str, Content]:
    return {
        name: Kept(digest, path, start, length)
        for name, (digest, start, length) in places.items()
    }
