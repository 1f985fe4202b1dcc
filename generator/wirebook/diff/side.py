"""Sides: the specs of one moment, from a folder or from a commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from wirebook import load
from wirebook.document import MapNode
from wirebook.model import Provider
from wirebook.problem import Problem, failed, in_order
from wirebook.specs import SUFFIX, content, relative

from .git import GitError, Repository

_PROVIDER = "provider.yaml"


class SideError(Exception):
    """A side cannot be read: what was asked for, and the way out."""


class Spec(Struct, frozen=True):
    """One provider of a side with the documents that it was read from."""

    provider: Provider
    documents: Mapping[str, MapNode]


class Side(Struct, frozen=True):
    """The specs of one moment by provider id.

    name: how reports call it.  problems: what kept providers out.
    working: whether it is the tree of files that is being edited.
    """

    name: str
    specs: Mapping[str, Spec]
    problems: tuple[Problem, ...] = ()
    working: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    single: bool = False
    """Whether the side is one provider's folder and says nothing of others."""


def from_folder(
    path: Path, root: Path, name: str, working: bool = False, past: bool = False
) -> Side:
    """The specs below a folder: one provider's, or a folder of providers.

    path: a file stands for the folder it is in.
    root: files are named relative to it.
    past: whether specs may break rules: those were made under older ones.
    """
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise SideError(f"there is no file or folder {path}")
    files: dict[str, bytes] = {}
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        if file.is_file() and len(file.relative_to(folder).parts) <= 2:
            files[relative(file, root)] = content(file, folder)
    return _side(name, files, relative(folder, root), working, past)


def from_commit(
    repository: Repository,
    ref: str,
    folder: str,
    name: str | None = None,
    prefix: str = "",
    must_exist: bool = True,
    past: bool = False,
) -> Side:
    """The specs below a folder of a commit; a file stands for the folder it is in.

    prefix: the project's folder with a slash; files inside it are named without.
    must_exist: whether a folder without files is a mistake, or a time before it.
    past: whether specs may break rules: those were made under older ones.
    Raises SideError where the commit or the path is not there.
    """
    try:
        commit = repository.commit(ref)
        if PurePosixPath(folder).suffix == SUFFIX:
            folder = PurePosixPath(folder).parent.as_posix()
        folder = "" if folder == "." else folder.strip("/")
        depth = len(PurePosixPath(folder).parts) if folder else 0
        blobs = [
            blob
            for blob in repository.blobs(commit, folder)
            if blob.path.endswith(SUFFIX)
            and len(PurePosixPath(blob.path).parts) - depth <= 2
        ]
        if must_exist and not blobs:
            raise SideError(f"{ref} has no specs at '{folder or '.'}'")
        read = repository.read(blobs)
    except GitError as problem:
        raise SideError(str(problem)) from problem
    files = {path.removeprefix(prefix): content for path, content in read.items()}
    folder = f"{folder}/".removeprefix(prefix).rstrip("/")
    return _side(name or f"{ref} ({commit[:10]})", files, folder, False, past)


def _side(
    name: str, files: dict[str, bytes], folder: str, working: bool, past: bool
) -> Side:
    specs: dict[str, Spec] = {}
    problems: list[Problem] = []
    for own in _folders(files, folder):
        spec, found = _spec({path: files[path] for path in own}, past)
        problems += found
        if spec is not None:
            specs[spec.provider.id] = spec
    single = f"{folder}/{_PROVIDER}".lstrip("/") in files
    return Side(name, specs, tuple(in_order(problems)), working, files, single)


def _folders(files: Mapping[str, bytes], folder: str) -> Iterator[list[str]]:
    """The files of each provider: folders with YAML, none hidden or private."""
    groups: dict[str, list[str]] = {}
    for path in files:
        groups.setdefault(PurePosixPath(path).parent.as_posix(), []).append(path)
    top = folder or "."
    for name, paths in sorted(groups.items()):
        if name == top and not any(PurePosixPath(p).name == _PROVIDER for p in paths):
            # Files beside the folders of providers, such as what was accepted.
            continue
        if name == top or PurePosixPath(name).name[0] not in "._":
            yield paths


def _spec(files: Mapping[str, bytes], past: bool) -> tuple[Spec | None, list[Problem]]:
    documents, problems = load.documents(files)
    provider, found = load.check(documents, whole=not failed(problems))
    problems += found
    if provider is None or (failed(problems) and not past):
        return None, [problem for problem in problems if failed([problem])]
    return Spec(provider, documents), []
