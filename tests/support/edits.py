"""Single edits of spec files: every leaf of a document, changed or taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from wirebook.document import ListNode, MapNode, Node, ScalarNode, read_bytes

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Edit:
    """One scalar of one file, and what happens to it: `change` or `remove`."""

    file: str
    path: Steps
    how: str

    def __str__(self) -> str:
        return f"{self.file}:{'/'.join(map(str, self.path))} {self.how}"


def documents(folder: Path, root: Path) -> dict[str, MapNode]:
    """The files of one provider."""
    found: dict[str, MapNode] = {}
    for path in sorted(folder.glob("*.yaml")):
        name = path.relative_to(root).as_posix()
        node, problems = read_bytes(path.read_bytes(), name)
        assert node is not None, name
        assert not problems, problems
        found[name] = node
    return found


def edits(files: Mapping[str, MapNode]) -> Iterator[Edit]:
    """Two for every scalar of every file."""
    for file, root in files.items():
        for path in _leaves(root, ()):
            yield Edit(file, path, "change")
            yield Edit(file, path, "remove")


def apply(files: Mapping[str, MapNode], edit: Edit) -> dict[str, MapNode]:
    """The files with one edit made."""
    changed = _apply(files[edit.file], edit.path, edit.how)
    assert isinstance(changed, MapNode)
    return {**files, edit.file: changed}


def _leaves(node: Node, path: Steps) -> Iterator[Steps]:
    if isinstance(node, MapNode):
        for key, value in node.entries.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, ListNode):
        for index, item in enumerate(node.items):
            yield from _leaves(item, (*path, index))
    else:
        yield path


def _apply(node: Node, path: Steps, how: str) -> Node:
    step, *rest = path
    if isinstance(node, MapNode):
        entries = dict(node.entries)
        assert isinstance(step, str)
        if rest:
            entries[step] = _apply(entries[step], tuple(rest), how)
        elif how == "remove":
            del entries[step]
        else:
            entries[step] = _other(entries[step])
        return replace(node, entries=entries)
    assert isinstance(node, ListNode)
    items = list(node.items)
    assert isinstance(step, int)
    if rest:
        items[step] = _apply(items[step], tuple(rest), how)
    elif how == "remove":
        del items[step]
    else:
        items[step] = _other(items[step])
    return replace(node, items=tuple(items))


def _other(node: Node) -> ScalarNode:
    """Another value of the same shape."""
    assert isinstance(node, ScalarNode)
    match node.value:
        case bool():
            value: str | int | bool = not node.value
        case int():
            value = node.value + 1
        case text:
            value = _words(str(text))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return replace(node, value=value, text=text)


_PARTNERS = dict(
    [
        *zip(
            (
                "none",
                "maybe",
                "never",
                "after_delay",
                "request",
                "form",
                "string",
                "int",
            ),
            (
                "maybe",
                "none",
                "after_delay",
                "never",
                "content",
                "php",
                "text",
                "string",
            ),
            strict=True,
        ),
        *zip(
            ("POST", "GET", "submits", "reads", "changes", "json", "text", "phone"),
            ("PUT", "DELETE", "changes", "submits", "reads", "xml", "string", "string"),
            strict=True,
        ),
    ]
)
"""A neighbour in the closed lists, so that more edits get past the schema."""


def _words(text: str) -> str:
    return _PARTNERS.get(text, f"{text}x")
