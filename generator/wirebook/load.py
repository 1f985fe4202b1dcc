"""Load: the specs on disk as checked models, or every problem with them.

    read -> schema -> resolve -> rules

A provider whose files cannot be read, or break the schema, goes no further:
what the later stages would say about it would be noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from wirebook.document import MapNode, measure, read_bytes
from wirebook.model import Provider
from wirebook.place import Where
from wirebook.problem import Problem, error, failed, in_order
from wirebook.resolve import kind_of, resolve
from wirebook.rules import check as check_rules
from wirebook.schema_check import check as check_schema
from wirebook.specs import MAX_FILES, MAX_VALUES, files
from wirebook.specs import folders as spec_folders
from wirebook.suppression import suppressions, unanswered

MOST = 2_000
"""Problems of one provider after which its further files are not looked at."""


class Loaded(Struct, frozen=True):
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
    folders, problems = spec_folders(specs, root, only)
    providers: list[Provider] = []
    for folder in folders.values():
        provider, found = read(files(folder, root))
        problems.extend(found)
        if provider is not None and not failed(found):
            providers.append(provider)
    return Loaded(tuple(providers), tuple(in_order(problems)))


def read(contents: Mapping[str, bytes]) -> tuple[Provider | None, list[Problem]]:
    """One provider, from its files by name, and everything wrong with it."""
    found, problems = documents(contents)
    provider, more = check(found, whole=not failed(problems))
    return provider, in_order([*problems, *more])


def documents(
    contents: Mapping[str, bytes],
) -> tuple[dict[str, MapNode], list[Problem]]:
    """The files of one provider as values with places, and what is wrong with them.

    Stops where a provider holds more than one can.
    """
    found: dict[str, MapNode] = {}
    problems: list[Problem] = []
    values = 0
    for number, (name, content) in enumerate(contents.items()):
        if number == MAX_FILES:
            problems.append(_too_large(name, f"{MAX_FILES} files"))
            break
        node, wrong = read_bytes(content, name)
        problems += wrong
        if node is not None:
            count, crowded = measure(node)
            problems += crowded
            values += count
            found[name] = node
        if values > MAX_VALUES:
            problems.append(_too_large(name, f"{MAX_VALUES} values"))
            break
        if len(problems) > MOST:
            break
    return found, problems


def _too_large(name: str, most: str) -> Problem:
    return error(
        "provider-too-large",
        Where(name, 1, 1),
        f"with this file the provider has more than {most}",
        "split it into providers that are used apart",
    )


def check(
    documents: Mapping[str, MapNode], whole: bool = True
) -> tuple[Provider | None, list[Problem]]:
    """Check the files of one provider, by name.

    whole: whether all its files could be read; without one of them, references
    to what it declares would be reported for nothing.
    """
    problems: list[Problem] = []
    for name, node in documents.items():
        if len(problems) <= MOST:
            problems += check_schema(node, kind_of(name))
    if failed(problems) or not whole:
        return None, problems
    provider, found = resolve(documents)
    problems += found
    if provider is not None:
        problems += _asked(provider, documents)
    return provider, problems


def _asked(provider: Provider, documents: Mapping[str, MapNode]) -> list[Problem]:
    """What the rules say, without the warnings that the files answer."""
    found = check_rules(provider)
    if not found:
        return found
    given = [
        suppression
        for name, node in documents.items()
        for suppression in suppressions(node, kind_of(name))
    ]
    return unanswered(found, given)
