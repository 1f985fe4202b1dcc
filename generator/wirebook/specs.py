"""The folder of specs: which providers there are, and what their files hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from wirebook.explain import Explanation
from wirebook.place import Where
from wirebook.problem import Problem, did_you_mean, error, quote
from wirebook.seen import Seen

SUFFIX = ".yaml"
MAX_BYTES = 1_000_000
"""Of one spec file; of a larger one only so much is read as shows that it is."""
MAX_FILES = 200
"""Of one provider; of more only one is read that shows it."""
MAX_VALUES = 30_000
"""Of one provider, in all its files: twice what the largest here has."""
MAX_PROVIDERS = 5_000
"""Of one run."""
MAX_RUN = 50_000_000
"""Bytes of all specs of a run."""


def folders(
    specs: Path, root: Path, only: Sequence[str] = (), seen: Seen | None = None
) -> tuple[dict[str, Path], list[Problem]]:
    """The folders of providers by name, in order, and names that have none.

    specs: the folder with one folder per provider.
    root: places name files relative to it.
    only: the providers to find; empty means all.
    seen: notes the folders.
    """
    where = Where(relative(specs, root), 1, 1)
    if not specs.is_dir():
        return {}, [error("no-specs", where, "there is no such folder")]
    if seen:
        seen.note(str(specs))
    found = {path.name: path for path in sorted(specs.iterdir()) if _is_spec(path)}
    if seen:
        for path in found.values():
            seen.note(str(path))
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
    if len(wanted) > MAX_PROVIDERS:
        problems.append(
            error(
                "specs-too-large",
                where,
                f"there are {len(wanted)} providers, more than {MAX_PROVIDERS}",
                "name those that are wanted, or keep them in several projects",
            )
        )
        return {}, problems
    return wanted, problems


def contents(
    folders: Iterable[Path], root: Path, seen: Seen | None = None
) -> tuple[list[dict[str, bytes]], list[Problem]]:
    """The files of all providers, unless they are more than a run may hold.

    seen: notes the files.  Raises OSError.
    """
    found: list[dict[str, bytes]] = []
    total = 0
    for folder in folders:
        found.append(files(folder, root, seen))
        total += sum(map(len, found[-1].values()))
        if total > MAX_RUN:
            problem = error(
                "specs-too-large",
                Where(relative(folder, root), 1, 1),
                f"up to here the specs have more than {MAX_RUN} bytes",
                "name the providers that are wanted, or keep them in several projects",
            )
            return [], [problem]
    return found, []


def files(folder: Path, root: Path, seen: Seen | None = None) -> dict[str, bytes]:
    """The files of one provider by name, in order.  Raises OSError.

    One file more than allowed shows that they are too many.
    seen: notes the files.
    """
    found: dict[str, bytes] = {}
    home, specs, base = map(_within, (folder, folder.parent, root))
    for name in _names(folder)[: MAX_FILES + 1]:
        path = f"{folder}/{name}"
        if seen:
            seen.note(path)
        # Not realpath for each: it asks the system about every part of a path.
        target = os.path.realpath(path) if os.path.islink(path) else home + name
        found[_below(target, base)] = _content(path, target, specs)
    return found


def content(path: Path, specs: Path) -> bytes:
    """The bytes of a spec file, one more than allowed at most.  Raises OSError."""
    return _content(str(path), os.path.realpath(path), _within(specs))


def _content(path: str, target: str, specs: str) -> bytes:
    if not os.path.isfile(path):
        # A pipe would never end, and a device never begin.
        raise OSError(f"{path} is no file; rename or remove it")
    if not target.startswith(specs):
        # Messages quote what they complain about, whoever's file it is.
        raise OSError(
            f"{path} is a link to outside of {os.path.dirname(specs)}; put the file there"
        )
    with open(path, "rb") as stream:
        return stream.read(MAX_BYTES + 1)


def relative(path: Path, root: Path) -> str:
    """The name of a file as problems print it: relative, forward slashes."""
    return _below(os.path.realpath(path), _within(root))


def _below(path: str, root: str) -> str:
    return Path(os.path.join(path, "").removeprefix(root)).as_posix()


def _within(folder: Path) -> str:
    """What the real paths of everything in the folder begin with."""
    return os.path.join(os.path.realpath(folder), "")


def _is_spec(path: Path) -> bool:
    """A folder with YAML in it; names with a dot or underscore stay out."""
    return path.name[0] not in "._" and path.is_dir() and bool(_names(path))


def _names(folder: Path) -> list[str]:
    """What is YAML in a folder, in order."""
    return sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))


EXPLANATIONS = (
    Explanation(
        "specs-too-large",
        "The specs of a run are too much",
        "One run holds all specs at once. Thousands of providers are many projects, "
        "or a script that went wrong.",
        "wirebook generate    # of ten thousand providers\n",
        "wirebook generate aisix onbuka\n",
    ),
    Explanation(
        "provider-too-large",
        "A provider has too many files, or too many values in them",
        "Reading, comparing and printing a spec takes time for each value, and people "
        "review specs. The largest provider that we know needs half of it.",
        "# two hundred files and one\n",
        "# a file for each product\n",
    ),
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
