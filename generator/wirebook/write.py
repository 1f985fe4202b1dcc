"""The tree on disk: compared first, then changed, file by file.

Everything to be written is in memory before the first byte goes out.  A file is
ours when the manifest says so; whatever is not ours, or was edited since, is left
alone until the user says `--force`.  Two runs at the same time write the same
bytes, each file in one step.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, StrEnum
from functools import partial
from pathlib import Path

from msgspec import Struct

from . import manifest
from .folder import put, tidy
from .made import Content, plain
from .manifest import Manifest
from .seen import Seen

MANY = 100
"""Files from which on two of them are written at a time."""


class State(StrEnum):
    """What stands between a file on disk and what it has to hold."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    """An earlier run wrote it and this one does not."""
    EDITED = "edited"
    """Not what an earlier run wrote."""
    FOREIGN = "foreign"
    """In the way, and no earlier run wrote it."""
    LINK = "link"
    """A symbolic link stands in its place."""
    BLOCKED = "blocked"
    """A folder in its place, or something else than a folder above it."""


_REASONS = {
    State.EDITED: "was edited since wirebook wrote it; put the change into the spec"
    " or the templates, or give it up with --force",
    State.FOREIGN: "was not written by wirebook and is in the way;"
    " move it, or replace it with --force",
    State.LINK: "is a symbolic link, which wirebook does not follow;"
    " remove it, or replace it with --force",
    State.BLOCKED: "cannot be written: a folder stands in its place, or a link or"
    " a file where its folder has to be; move that away",
}


class Change(Struct, frozen=True):
    """One file: what is there (`old`), what has to be; None is no file.

    Bytes that are the same are not kept, and those that have to be stay packed.
    """

    path: str
    state: State
    old: bytes | None
    content: Content | None

    @property
    def new(self) -> bytes | None:
        return self.content.read() if self.content else None

    @property
    def conflict(self) -> str | None:
        """Why the file is left alone, or None."""
        return _REASONS.get(self.state)

    @property
    def stale(self) -> bool:
        return self.state is not State.SAME

    def left_alone(self, force: bool) -> bool:
        """Whether a run does not touch the file."""
        return self.state is State.BLOCKED or (bool(self.conflict) and not force)

    def diff(self, prefix: str = "") -> Iterator[str]:
        """A unified diff from disk to what the specs say, without line ends."""
        if not self.stale:
            return
        # Imported here: only what is stale is shown.
        import difflib

        name = prefix + self.path
        lines = difflib.unified_diff(
            _lines(self.old),
            _lines(self.new),
            f"a/{name}" if self.old is not None else "/dev/null",
            f"b/{name}" if self.new is not None else "/dev/null",
        )
        for line in lines:
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


class Survey(Struct, frozen=True):
    """All files of an output, in the order of their paths."""

    root: Path
    changes: tuple[Change, ...]
    known: Manifest
    kept: Mapping[str, str]
    """Files of earlier runs that are not this run's business."""

    @property
    def stale(self) -> tuple[Change, ...]:
        """What a check reports, the manifest last."""
        changes = (*self.changes, self.manifest_change())
        return tuple(change for change in changes if change.stale)

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.conflict)

    def manifest_change(self, *, force: bool = False) -> Change:
        """What becomes of the manifest; an edit left alone stays an edit."""
        files = dict(self.kept)
        for change in self.changes:
            if change.left_alone(force):
                if change.path in self.known.files:
                    files[change.path] = self.known.files[change.path]
            elif change.content is not None:
                files[change.path] = change.content.digest
        new = Manifest(files).to_bytes()
        path = self.root / manifest.NAME
        old = path.read_bytes() if path.is_file() else None
        state = State.NEW if old is None else State.CHANGED
        return Change(
            manifest.NAME, State.SAME if old == new else state, old, plain(new)
        )


class Tally(Struct, frozen=True):
    """How many files of the output met which fate."""

    written: int
    unchanged: int
    removed: int
    left_alone: int

    @property
    def files(self) -> int:
        return self.written + self.unchanged + self.left_alone


def survey(
    root: Path,
    files: Mapping[str, Content],
    owned: Callable[[str], bool] = lambda path: True,
    *,
    seen: Seen | None = None,
) -> Survey:
    """Compare `files` (by path inside `root`) with the disk; nothing is changed.

    `owned` narrows which files of earlier runs may be removed; `seen` knows what
    files held.  Raises ManifestError, PathRefused and OSError.
    """
    seen = seen or Seen()
    seen.note(f"{root}/{manifest.NAME}")
    known = manifest.read(root)
    manifest.check_paths(files, known)
    disk = _Disk(root, seen)
    changes = [_wanted(disk, path, new, known) for path, new in files.items()]
    kept: dict[str, str] = {}
    for path in known.files.keys() - files.keys():
        if not owned(path):
            kept[path] = known.files[path]
        elif gone := _gone(disk, path, known):
            changes.append(gone)
    changes.sort(key=lambda change: change.path)
    return Survey(root, tuple(changes), known, kept)


def apply(found: Survey, *, force: bool = False) -> Tally:
    """Bring the disk to what `found` says; conflicts only with `force`.

    Raises OSError; what was written until then stays, and the next run goes on.
    """
    left_alone = [change for change in found.changes if change.left_alone(force)]
    due = [c for c in found.changes if c.stale and not c.left_alone(force)]
    gone = [change.path for change in due if change.content is None]
    for path in gone:
        (found.root / path).unlink(missing_ok=True)
        tidy(found.root, path)
    _put_all(str(found.root), [c for c in due if c.content is not None])
    last = found.manifest_change(force=force)
    if last.stale and last.content is not None:
        put(found.root / manifest.NAME, last.content.read())
    return Tally(
        written=len(due) - len(gone),
        unchanged=sum(not change.stale for change in found.changes),
        removed=len(gone),
        left_alone=len(left_alone),
    )


def _put_all(root: str, changes: Sequence[Change]) -> None:
    if len(changes) < MANY:
        _put(root, changes)
        return
    # Imported here: most runs write a few files.
    from concurrent.futures import ThreadPoolExecutor

    # Creating a file takes the system longer than us, and it lets others work.
    half = len(changes) // 2
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(partial(_put, root), (changes[:half], changes[half:])))


def _put(root: str, changes: Iterable[Change]) -> None:
    for change in changes:
        new = change.new
        assert new is not None
        # Not Path: thousands of them take longer to make than to use.
        put(f"{root}/{change.path}", new)


def _wanted(disk: _Disk, path: str, new: Content, known: Manifest) -> Change:
    state, found = disk.look(path)
    if state is not None:
        return Change(path, state, None, new)
    if found is None:
        return Change(path, State.NEW, None, new)
    if found == new.digest:
        return Change(path, State.SAME, None, new)
    old = disk.read(path)
    if old is None:
        return Change(path, State.NEW, None, new)
    written = known.files.get(path)
    if written is None:
        return Change(path, State.FOREIGN, old, new)
    edited = manifest.digest(old) != written
    return Change(path, State.EDITED if edited else State.CHANGED, old, new)


def _gone(disk: _Disk, path: str, known: Manifest) -> Change | None:
    state, found = disk.look(path)
    if state is not None or found is None:
        # A link or a folder is not the file that was written: nothing is left.
        return None
    old = disk.read(path)
    if old is None:
        return None
    edited = manifest.digest(old) != known.files[path]
    return Change(path, State.EDITED if edited else State.GONE, old, None)


class _Disk:
    """Looks below `root`, at each folder once."""

    def __init__(self, root: Path, seen: Seen) -> None:
        self._root = str(root)
        self._seen = seen
        self._folders = {"": _Folder.REAL}

    def look(self, path: str) -> tuple[State | None, str | None]:
        """What is at `path`: an obstacle, or a file's SHA-256 in hex, or nothing."""
        folder = self._folder(path.rpartition("/")[0])
        if folder is not _Folder.REAL:
            return (None if folder is _Folder.NONE else State.BLOCKED), None
        target = f"{self._root}/{path}"
        found = _found(target)
        if found is None:
            return None, None
        if stat.S_ISLNK(found.st_mode):
            return State.LINK, None
        if not stat.S_ISREG(found.st_mode):
            return State.BLOCKED, None
        try:
            return None, self._seen.digest(target, found)
        except FileNotFoundError:
            # Another run removed it in between.
            return None, None

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where another run has removed it."""
        try:
            with open(f"{self._root}/{path}", "rb", buffering=0) as stream:
                return stream.read()
        except FileNotFoundError:
            return None

    def _folder(self, path: str) -> _Folder:
        found = self._folders.get(path)
        if found is None:
            found = self._folder(path.rpartition("/")[0])
            if found is _Folder.REAL:
                self._seen.note(f"{self._root}/{path}")
                entry = _found(f"{self._root}/{path}")
                if entry is None:
                    found = _Folder.NONE
                elif not stat.S_ISDIR(entry.st_mode):
                    found = _Folder.OBSTACLE
            self._folders[path] = found
        return found


class _Folder(Enum):
    REAL = "real"
    NONE = "none"
    OBSTACLE = "obstacle"


def _found(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def _lines(content: bytes | None) -> list[str]:
    # Not splitlines: it also breaks at characters that end no line of a file.
    return list(io.StringIO((content or b"").decode(errors="replace"), newline="\n"))
