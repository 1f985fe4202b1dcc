"""Endpoints: what the OLD and NEW of a command line mean.

nothing        where the current branch left the main one, or the files as they are
a path         a folder of specs, a provider's folder, or a file in it
a ref          the specs of a commit
REF:path       a folder or file of a commit
"""

from __future__ import annotations

from pathlib import Path

from wirebook.config import Config

from .git import GitError, Repository
from .side import Side, SideError, from_commit, from_folder


def sides(config: Config, old: str | None, new: str | None) -> tuple[Side, Side]:
    """Both sides, read.  Raises SideError."""
    return _side(config, old, past=True) if old else _main(config), (
        _side(config, new) if new else _working(config)
    )


def _working(config: Config) -> Side:
    return from_folder(config.specs, config.root, "working tree", working=True)


def _main(config: Config) -> Side:
    """Where the current branch left the main one."""
    try:
        repository = Repository.around(config.root)
        commit = repository.base()
        name = f"{repository.main()} ({commit[:10]})"
    except GitError as problem:
        raise SideError(str(problem)) from problem
    folder, prefix = _within(repository, config.specs), _prefix(repository, config)
    # There may have been no specs yet.
    return from_commit(
        repository, commit, folder, name, prefix, must_exist=False, past=True
    )


def _side(config: Config, text: str, past: bool = False) -> Side:
    path = Path(text)
    if path.exists():
        return from_folder(path, config.root, text, past=past)
    ref, colon, within = text.partition(":")
    try:
        repository = Repository.around(config.root)
    except GitError as problem:
        raise SideError(f"there is no file or folder '{text}', and {problem}") from None
    prefix = _prefix(repository, config)
    if not colon:
        return from_commit(
            repository, ref, _within(repository, config.specs), None, prefix, past=past
        )
    if within.startswith("./"):
        within = _within(repository, Path.cwd() / within)
    return from_commit(repository, ref, within, text, prefix, past=past)


def _within(repository: Repository, path: Path) -> str:
    """A path as the repository names it.  Raises SideError."""
    path = path.resolve()
    if not path.is_relative_to(repository.top):
        raise SideError(f"{path} is not inside the repository {repository.top}")
    return path.relative_to(repository.top).as_posix()


def _prefix(repository: Repository, config: Config) -> str:
    """Where the project stands in its repository: both sides name files from there."""
    root = config.root.resolve()
    if not root.is_relative_to(repository.top):
        return ""
    prefix = root.relative_to(repository.top).as_posix()
    return "" if prefix == "." else f"{prefix}/"
