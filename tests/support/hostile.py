"""Specs with one text exchanged, and what becomes of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from wirebook import plan, schema
from wirebook.document import ListNode, MapNode, Node, ScalarNode, read_file
from wirebook.load import check
from wirebook.problem import Problem, failed
from wirebook.render import Renderer
from wirebook.resolve import kind_of

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(
    path
    for pattern in ("specs/*", "tests/golden/*/specs/*", "tests/support/vocabulary/*")
    for path in ROOT.glob(pattern)
    if (path / "provider.yaml").is_file()
)

Documents = Mapping[str, MapNode]
Place = tuple[str | int, ...]
Sort = tuple[schema.Kind, Place, bool]
OPEN = frozenset(
    {
        *("arguments", "auth", "callbacks", "client", "codes", "compute"),
        *("credentials", "effects", "enums", "expect", "families", "fields"),
        *("fixed", "fixed_query", "form", "headers", "json", "lint"),
        *("max", "models", "multipart", "notes", "operations", "parameters"),
        *("path", "prefixes", "query", "replace", "result", "retired"),
        *("segments", "servers", "settings", "sources", "split", "statuses"),
        *("texts", "values", "variants", "xml"),
    }
)
"""Maps with keys of the author's own."""


@dataclass(frozen=True)
class Spot:
    """A value of a file, or (is_key) a key."""

    file: str
    place: Place
    is_key: bool

    @property
    def sort(self) -> Sort:
        """What is the same for all places of which the schema says the same."""
        steps = tuple(
            "*" if isinstance(step, int) or above in OPEN else step
            for above, step in zip(("", *self.place), self.place, strict=False)
        )
        return kind_of(self.file), steps, self.is_key


@cache
def documents(folder: Path) -> Documents:
    found: dict[str, MapNode] = {}
    for path in sorted(folder.glob("*.yaml")):
        node, problems = read_file(path, path.name)
        assert node is not None, problems
        found[path.name] = node
    return found


def texts(node: Node, place: Place = ()) -> Iterator[tuple[Place, bool]]:
    """The place of every value, and (True) of every key."""
    match node:
        case MapNode(entries=entries):
            for key, value in entries.items():
                yield (*place, key), True
                yield from texts(value, (*place, key))
        case ListNode(items=items):
            for index, item in enumerate(items):
                yield from texts(item, (*place, index))
        case _:
            yield place, False


def replaced(found: Documents, words: Mapping[Spot, str]) -> Documents:
    """The same documents with other texts at some places."""
    files = {spot.file for spot in words}
    return {
        file: cast(MapNode, _replaced(node, file, (), words)) if file in files else node
        for file, node in found.items()
    }


def _replaced(node: Node, file: str, place: Place, words: Mapping[Spot, str]) -> Node:
    match node:
        case MapNode():
            names = {
                key: words.get(Spot(file, (*place, key), True), key)
                for key in node.entries
            }
            entries = {
                names[key]: _replaced(value, file, (*place, key), words)
                for key, value in node.entries.items()
            }
            keys = {names[key]: where for key, where in node.keys.items()}
            return replace(node, entries=entries, keys=keys)
        case ListNode():
            items = tuple(
                _replaced(item, file, (*place, at), words)
                for at, item in enumerate(node.items)
            )
            return replace(node, items=items)
        case ScalarNode():
            word = words.get(Spot(file, place, False))
            if word is None:
                return node
            return replace(node, text=word, value=word, quoted=True)
        case _:
            raise TypeError(f"not a node: {node!r}")


def spots(found: Documents) -> list[Spot]:
    """Every value and every key of some files."""
    return [Spot(file, *text) for file, node in found.items() for text in texts(node)]


def by_sort(among: list[Spot]) -> dict[Sort, list[Spot]]:
    groups: dict[Sort, list[Spot]] = {}
    for spot in among:
        groups.setdefault(spot.sort, []).append(spot)
    return groups


def together(sorts: list[Sort], fits: Callable[[list[Sort]], bool]) -> list[Sort]:
    """As many of them as fit at once, found by halves."""

    def more(sure: list[Sort], unsure: list[Sort]) -> list[Sort]:
        if not unsure or fits([*sure, *unsure]):
            return [*sure, *unsure]
        if len(unsure) == 1:
            return sure
        half = len(unsure) // 2
        return more(more(sure, unsure[:half]), unsure[half:])

    return more([], sorts)


def accepted(found: Documents) -> bool:
    """Whether it is a spec; where it is none, every problem has its place."""
    provider, problems = check(found)
    assert all(p.where.file in found and p.where.line > 0 for p in problems)
    return provider is not None and not failed(problems)


def output(found: Documents, renderer: Renderer) -> dict[str, str] | None:
    """Path to text, or None where the spec is refused with located errors."""
    provider, problems = check(found)
    if provider is None or failed(problems):
        assert failed(problems)
        assert all(p.where.file in found and p.where.line > 0 for p in problems)
        return None
    files: dict[str, str] = {}
    pages, rows = plan.pages(provider, "clients")
    entries = [plan.entry(provider, rows)]
    for artefact in (
        *plan.modules(provider, "clients"),
        *plan.shared(entries, "clients"),
        *pages,
        plan.index(entries, "clients"),
    ):
        made = renderer.render(artefact)
        assert not isinstance(made, Problem), made
        files[artefact.path] = made.decode()
    return files


def shape(source: str) -> str:
    """The tree without its texts."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = "text"
    return ast.dump(tree)
