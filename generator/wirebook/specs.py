"""The folder of specs: which providers there are, and what their files hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wirebook.explain import Explanation
from wirebook.place import Where
from wirebook.problem import Problem, did_you_mean, error, quote

SUFFIX = ".yaml"
MAX_BYTES = 1_000_000
"""Of one spec file; of a larger one only so much is read as shows that it is."""


def folders(
    specs: Path, root: Path, only: Sequence[str] = ()
) -> tuple[dict[str, Path], list[Problem]]:
    """The folders of providers by name, in order, and names that have none.

    specs: the folder with one folder per provider.
    root: places name files relative to it.
    only: the providers to find; empty means all.
    """
    where = Where(relative(specs, root), 1, 1)
    if not specs.is_dir():
        return {}, [error("no-specs", where, "there is no such folder")]
    found = {path.name: path for path in sorted(specs.iterdir()) if _is_spec(path)}
    problems = [
        error(
            "unknown-provider",
            where,
            f"no folder {quote(name)} here{did_you_mean(name, found)}",
        )
        for name in only
        if name not in found
    ]
    wanted = {name: path for name, path in found.items() if not only or name in only}
    return wanted, problems


def files(folder: Path, root: Path) -> dict[str, bytes]:
    """The files of one provider by name, in order.  Raises OSError."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if not path.is_file():
            # A pipe would never end, and a device never begin.
            raise OSError(f"{path} is no file; rename or remove it")
        with path.open("rb") as stream:
            found[relative(path, root)] = stream.read(MAX_BYTES + 1)
    return found


def relative(path: Path, root: Path) -> str:
    """The name of a file as problems print it: relative, forward slashes."""
    path, root = path.resolve(), root.resolve()
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _is_spec(path: Path) -> bool:
    """A folder with YAML in it; names with a dot or underscore stay out."""
    return path.is_dir() and path.name[0] not in "._" and any(path.glob(f"*{SUFFIX}"))


EXPLANATIONS = (
    Explanation(
        "no-specs",
        "No folder of specs",
        "The specs are read from the folder that `[tool.wirebook]` of pyproject.toml "
        "or `--specs` names, one folder per provider.",
        '[tool.wirebook]\nspecs = "spec"\n',
        '[tool.wirebook]\nspecs = "specs"\n',
    ),
    Explanation(
        "unknown-provider",
        "A provider without a folder",
        "A command was asked to work on one provider, by the name of its folder.",
        "wirebook generate aisx\n",
        "wirebook generate aisix\n",
    ),
)
