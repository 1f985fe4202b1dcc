"""Git: files of any commit, read from the object store without a checkout."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from msgspec import Struct

from wirebook.specs import MAX_BYTES, MAX_RUN

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What the main branch may be called, the most telling first."""


_LINK = b"120000"


class GitError(Exception):
    """Git cannot give what was asked for: what, and the command that helps."""


class Blob(Struct, frozen=True):
    """A file of a commit; `path` counts from the top of the repository."""

    path: str
    object: str
    size: int
    """In bytes."""


class Repository(Struct, frozen=True):
    """A repository; `top` is its folder of files."""

    top: Path

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The repository that a folder is in.  Raises GitError."""
        try:
            done = _run(["git", "rev-parse", "--show-toplevel"], folder)
        except GitError as problem:
            raise GitError(
                f"{folder} is in no git repository; compare two paths, or run"
                " `git init` first"
            ) from problem
        return cls(Path(done.decode("utf-8", "surrogateescape").rstrip("\n")).resolve())

    def commit(self, ref: str) -> str:
        """The full name of the commit that a ref means.

        Raises GitError with the exact `git fetch` where it may be elsewhere.
        """
        if ref.startswith("-") or "\n" in ref:
            raise GitError(f"{ref!r} is no name of a commit")
        try:
            found = self._git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        except GitError as problem:
            raise GitError(
                f"this repository does not have '{ref}'; run: {self.fetch(ref)}"
            ) from problem
        return found.decode().strip()

    def fetch(self, ref: str) -> str:
        """The command that would bring a ref here."""
        name = ref.partition("~")[0].partition("^")[0]
        for remote in self._remotes():
            if name.startswith(f"{remote}/"):
                branch = name.removeprefix(f"{remote}/")
                refs = f"refs/heads/{branch}:refs/remotes/{name}"
                return f"git fetch {quote(remote)} {quote(f'+{refs}')}"
        deepen = "--unshallow " if self.shallow and name != ref else ""
        return f"git fetch {deepen}origin {quote(name)}"

    @property
    def shallow(self) -> bool:
        """Whether history was cut when the repository was cloned."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def base(self, head: str = "HEAD") -> str:
        """The commit at which `head` left the main branch.  Raises GitError."""
        main = self.main()
        try:
            found = self._git("merge-base", main, head)
        except GitError as problem:
            deepen = "git fetch --unshallow origin" if self.shallow else ""
            raise GitError(
                f"{main} and {head} have no commit in common here; run: "
                + (deepen or f"git fetch origin {quote(main.removeprefix('origin/'))}")
            ) from problem
        return found.decode().strip()

    def main(self) -> str:
        """The main branch, the remote's rather than a stale local one."""
        for name in MAIN:
            try:
                self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            except GitError:
                continue
            return name
        raise GitError(
            "there is no main branch here to compare with; name what to compare with,"
            " or run: git fetch origin +refs/heads/main:refs/remotes/origin/main"
        )

    def blobs(self, commit: str, folder: str) -> list[Blob]:
        """The regular files below a folder of a commit; a file is its own only one."""
        path = folder.strip("/")
        output = self._git(
            "ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", path or "."
        )
        found: list[Blob] = []
        for entry in output.split(b"\0"):
            head, _, name = entry.partition(b"\t")
            words = head.split()
            if len(words) == 4 and words[1] == b"blob" and words[0] != _LINK:
                size = int(words[3]) if words[3].isdigit() else 0
                found.append(Blob(os.fsdecode(name), words[2].decode(), size))
        return found

    def read(self, blobs: Iterable[Blob]) -> dict[str, bytes]:
        """The content of blobs by path, in one run of git."""
        wanted = list(blobs)
        if not wanted:
            return {}
        if large := next((blob for blob in wanted if blob.size > MAX_BYTES), None):
            raise GitError(f"{large.path} has more than {MAX_BYTES} bytes there")
        if sum(blob.size for blob in wanted) > MAX_RUN:
            raise GitError(f"the specs there have more than {MAX_RUN} bytes")
        asked = "".join(f"{blob.object}\n" for blob in wanted).encode()
        output = _run(["git", "cat-file", "--batch"], self.top, asked)
        found: dict[str, bytes] = {}
        position = 0
        for blob in wanted:
            line = output.index(b"\n", position)
            words = output[position:line].split()
            if len(words) != 3:
                raise GitError(
                    f"the object of {blob.path} is missing here; run: git fetch origin"
                    " --refetch"
                )
            start, size = line + 1, int(words[2])
            found[blob.path] = output[start : start + size]
            position = start + size + 1
        return found

    def _remotes(self) -> list[str]:
        return self._git("remote").decode().split()

    def _git(self, *arguments: str) -> bytes:
        return _run(["git", *arguments], self.top)


def _run(command: list[str], folder: Path, given: bytes = b"") -> bytes:
    """Run git with a plain environment: no pager, no prompt, no lazy download."""
    environment = {
        **os.environ,
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(
            command, cwd=folder, input=given, capture_output=True, env=environment
        )
    except FileNotFoundError as problem:
        raise GitError("git is not installed; compare two paths instead") from problem
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(said or f"`{' '.join(command)}` failed")
    return done.stdout
