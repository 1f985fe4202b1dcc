"""Load: the specs on disk as checked models, or every problem with them.

    read -> schema -> resolve -> rules

A provider whose files cannot be read, or break the schema, goes no further:
what the later stages would say about it would be noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wirebook.document import MapNode, read_file
from wirebook.explain import Explanation
from wirebook.model import Provider, Where
from wirebook.problem import Problem, did_you_mean, error, failed, in_order, quote
from wirebook.resolve import kind_of, resolve
from wirebook.rules import check as check_rules
from wirebook.schema_check import check as check_schema

SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Providers in the order of their folders, and all problems by place.

    A provider with errors is left out; one with warnings is here.
    """

    providers: tuple[Provider, ...]
    problems: tuple[Problem, ...]


def load(specs: Path, root: Path, only: Sequence[str] = ()) -> Loaded:
    """Load the specs of a folder.

    specs: the folder with one folder per provider.
    root: places name files relative to it.
    only: ids of the providers to load; empty means all.
    """
    if not specs.is_dir():
        where = Where(_name(specs, root), 1, 1)
        return Loaded((), (error("no-specs", where, "there is no such folder"),))
    folders = {path.name: path for path in sorted(specs.iterdir()) if _is_spec(path)}
    problems = [
        error(
            "unknown-provider",
            Where(_name(specs, root), 1, 1),
            f"no folder {quote(name)} here{did_you_mean(name, folders)}",
        )
        for name in only
        if name not in folders
    ]
    providers: list[Provider] = []
    for name, folder in folders.items():
        if only and name not in only:
            continue
        provider, found = load_folder(folder, root)
        problems.extend(found)
        if provider is not None and not failed(found):
            providers.append(provider)
    return Loaded(tuple(providers), tuple(in_order(problems)))


def load_folder(folder: Path, root: Path) -> tuple[Provider | None, list[Problem]]:
    """Load one provider and everything wrong with it."""
    documents: dict[str, MapNode] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        name = _name(path, root)
        node, found = read_file(path, name)
        problems.extend(found)
        if node is not None:
            documents[name] = node
    found_provider, found = check(documents, whole=not failed(problems))
    return found_provider, in_order([*problems, *found])


def check(
    documents: Mapping[str, MapNode], whole: bool = True
) -> tuple[Provider | None, list[Problem]]:
    """Check the files of one provider, by name.

    whole: whether all its files could be read; without one of them, references
    to what it declares would be reported for nothing.
    """
    problems = [
        problem
        for name, node in documents.items()
        for problem in check_schema(node, kind_of(name))
    ]
    if failed(problems) or not whole:
        return None, problems
    provider, found = resolve(documents)
    problems += found
    if provider is not None:
        problems += check_rules(provider)
    return provider, problems


def _is_spec(path: Path) -> bool:
    """A folder with YAML in it; names with a dot or underscore stay out."""
    return path.is_dir() and path.name[0] not in "._" and any(path.glob(f"*{SUFFIX}"))


def _name(path: Path, root: Path) -> str:
    """The name of a file as problems print it: relative, forward slashes."""
    path, root = path.resolve(), root.resolve()
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


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
