"""A provider from its folder, without the checks that `wirebook lint` is for."""

from __future__ import annotations

from pathlib import Path

from wirebook.document import MapNode, read_file
from wirebook.model import Provider
from wirebook.problem import failed
from wirebook.resolve import resolve

SUFFIX = ".yaml"


class SpecError(Exception):
    """A spec that cannot be simulated: where and why."""


def quickly(folder: Path, root: Path) -> Provider | None:
    """The provider of a folder, or None where there is no such folder.

    Raises SpecError for files that are no spec.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not paths:
        return None
    documents: dict[str, MapNode] = {}
    for path in paths:
        inside = path.is_relative_to(root)
        name = (path.relative_to(root) if inside else path).as_posix()
        node, problems = read_file(path, name)
        if node is None or failed(problems):
            told = problems[0].message if problems else "it cannot be read"
            raise SpecError(f"{name}: {told}; run `wirebook lint`")
        documents[name] = node
    provider, problems = resolve(documents)
    if provider is None or failed(problems):
        told = (
            f"{problems[0].where}: {problems[0].message}" if problems else folder.name
        )
        raise SpecError(f"{told}; run `wirebook lint`")
    return provider
