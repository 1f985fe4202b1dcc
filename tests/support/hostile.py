"""Specs with one text exchanged, and what becomes of them."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from wirebook import plan
from wirebook.document import ListNode, MapNode, Node, ScalarNode, read_file
from wirebook.load import check
from wirebook.problem import Problem, failed
from wirebook.render import Renderer

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(
    path
    for pattern in ("specs/*", "tests/golden/*/specs/*", "tests/support/vocabulary/*")
    for path in ROOT.glob(pattern)
    if (path / "provider.yaml").is_file()
)

Documents = Mapping[str, MapNode]
Place = tuple[str | int, ...]


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


def replaced(
    found: Documents, file: str, place: Place, is_key: bool, word: str
) -> Documents:
    """The same documents with another text at one place."""
    node = exchanged(found[file], place, is_key, word)
    assert isinstance(node, MapNode)
    return {**found, file: node}


def exchanged(node: Node, place: Place, is_key: bool, word: str) -> Node:
    if not place:
        assert isinstance(node, ScalarNode)
        return dataclasses.replace(node, text=word, value=word, quoted=True)
    step, rest = place[0], place[1:]
    if isinstance(node, ListNode):
        items = list(node.items)
        items[int(step)] = exchanged(items[int(step)], rest, is_key, word)
        return dataclasses.replace(node, items=tuple(items))
    assert isinstance(node, MapNode)
    if is_key and not rest:
        names = {key: word if key == step else key for key in node.entries}
        return dataclasses.replace(
            node,
            entries={names[key]: value for key, value in node.entries.items()},
            keys={names[key]: where for key, where in node.keys.items()},
        )
    entries = dict(node.entries)
    entries[str(step)] = exchanged(entries[str(step)], rest, is_key, word)
    return dataclasses.replace(node, entries=entries)


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
