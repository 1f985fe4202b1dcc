"""YAML events to nodes.

Events and not YAML's own tree: its composer follows aliases and recurses as deep
as the file says, and a hundred thousand brackets crash the C one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from wirebook.model.place import Where
from wirebook.problem import Problem, error, in_order, quote
from wirebook.specs import MAX_BYTES

from . import character, scalar, syntax
from .node import ListNode, MapNode, Node, ScalarNode

MAX_DEPTH = 32
"""Maps and lists inside each other; the file's own map is the first."""
MAX_NODES = 25_000
MAX_TEXT = 20_000
"""Characters of one text."""
MOST_PROBLEMS = 500
"""Of one file; what follows would be noise."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_Loader: TypeAlias = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
# The C parser is ten times faster and may be missing; both tell the same places.
LOADER: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str, file: str) -> tuple[MapNode | None, list[Problem]]:
    """The map of a spec file and everything wrong with its text.

    The map is None where reading had to stop.  Otherwise it is whole, with
    refused scalars marked, so that later checks can add what they find.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return None, [_too_large(file)]
    if problems := character.refused(text, file):
        return None, problems
    reader = _Reader(text, file)
    try:
        root = reader.root()
    except _Stop as stop:
        return None, in_order([*reader.problems, stop.problem])
    except (yaml.YAMLError, ValueError, OverflowError) as found:
        return None, in_order([*reader.problems, syntax.explain(found, text, file)])
    return root, in_order(reader.problems)


def read_file(path: Path, file: str) -> tuple[MapNode | None, list[Problem]]:
    """`read` for a file on disk, which may be no text at all.

    `file` is how problems name it.  Raises OSError where it cannot be opened.
    """
    with path.open("rb") as stream:
        return read_bytes(stream.read(MAX_BYTES + 1), file)


def read_bytes(content: bytes, file: str) -> tuple[MapNode | None, list[Problem]]:
    """`read` for content that may be no text at all."""
    if len(content) > MAX_BYTES:
        return None, [_too_large(file)]
    try:
        return read(content.decode("utf-8"), file)
    except UnicodeDecodeError as found:
        return None, [_not_utf8(content, found.start, file)]


class _Stop(Exception):
    """Nothing after this problem can be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Reader:
    """Builds the nodes of one document and collects problems on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.split("\n")
        self.last = len(self.lines)
        self.file = file
        self.problems: list[Problem] = []
        self.nodes = 0
        # Not yaml.parse: its generator takes as long again as libyaml itself.
        loader: Any = LOADER(text)  # What the two say of it differs in types only.
        self.next: Callable[[], Event] = loader.get_event

    def root(self) -> MapNode:
        self.next()
        start = self.next()
        if not isinstance(start, DocumentStartEvent):
            raise _Stop(
                error(
                    "empty-file",
                    Where(self.file, 1, 1),
                    "the file holds no spec",
                    "begin it with 'spec: 1'",
                )
            )
        first = self.next()
        self._directives(start, first)
        root = self._node(first, depth=1)
        self.next()
        if isinstance(another := self.next(), DocumentStartEvent):
            self._report(
                "several-documents",
                self._where(another),
                "a second document begins here",
                "write one document per file and delete the line '---'",
            )
        if not isinstance(root, MapNode):
            raise _Stop(
                error(
                    "not-a-map",
                    root.where,
                    "the file holds no keys",
                    "begin it with 'spec: 1'; a space follows the colon of every key",
                )
            )
        return root

    def _directives(self, start: Event, first: Event) -> None:
        for line in range(self._where(start).line, self._where(first).line):
            if self.lines[line - 1].startswith("%"):
                self.problems.append(syntax.directive(Where(self.file, line, 1)))

    def _node(self, event: Event, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Stop(
                error(
                    "too-many-values",
                    self._where(event),
                    f"the file holds more than {MAX_NODES} values",
                    "move products to files of their own",
                )
            )
        if self.problems:
            self._check_noise(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        self._anchor_and_tag(event)
        if isinstance(event, MappingStartEvent):
            return self._map(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._list(event, depth)
        name = event.anchor if isinstance(event, AliasEvent) else ""
        return ScalarNode(
            self._where(event), f"*{name}", f"*{name}", False, refused=True
        )

    def _map(self, start: Event, depth: int) -> MapNode:
        self._check_depth(start, depth)
        entries: dict[str, Node] = {}
        keys: dict[str, Where] = {}
        following = self.next
        while type(event := following()) is not MappingEndEvent:
            where = self._where(event)
            key = self._key(event, where, depth)
            value = self._node(following(), depth + 1)
            if key is None:
                continue
            if key in keys:
                self._report(
                    "duplicate-key",
                    where,
                    f"the key {quote(key)} stands in line {keys[key].line} already",
                    "rename one of them or merge the two",
                )
                continue
            entries[key] = value
            keys[key] = where
        return MapNode(self._where(start), entries, keys)

    def _key(self, event: Event, where: Where, depth: int) -> str | None:
        if not isinstance(event, ScalarEvent):
            # Read on over the key's own nodes; an alias is reported there.
            self._node(event, depth + 1)
            if not isinstance(event, AliasEvent):
                self._report(
                    "complex-key",
                    where,
                    "a map or a list stands as a key",
                    "keys are text",
                )
            return None
        text = self._text(event)
        if not event.implicit[0]:
            return text
        if text == "<<":
            self._report(
                "merge-key",
                where,
                "'<<' merges another map into this one, which specs do not use",
                "write the keys out",
            )
            return None
        if not text:
            self._report(
                "complex-key",
                where,
                "a value stands here without a key",
                "write its key",
            )
            return None
        if scalar.suspect(text) and (problem := scalar.refused_key(text, where)):
            self.problems.append(problem)
        return text

    def _list(self, start: Event, depth: int) -> ListNode:
        self._check_depth(start, depth)
        items: list[Node] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return ListNode(self._where(start), tuple(items))

    def _scalar(self, event: ScalarEvent) -> ScalarNode:
        where, text = self._where(event), self._text(event)
        if not text.isascii() and _SURROGATE.search(text):
            self._report(
                "not-utf-8",
                where,
                "an escape stands for a lone surrogate, which is no character",
                "write characters beyond U+FFFF as \\U and eight digits",
            )
            return ScalarNode(where, "", "", True, refused=True)
        if event.tag is not None:
            return ScalarNode(where, text, text, bool(event.style), refused=True)
        if not event.implicit[0]:
            return ScalarNode(where, text, text, quoted=True)
        if not scalar.suspect(text):
            return ScalarNode(where, text, text, quoted=False)
        value, problem = scalar.value_of(text, where)
        if problem:
            self.problems.append(problem)
        return ScalarNode(where, text, value, quoted=False, refused=problem is not None)

    def _anchor_and_tag(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self._report(
                "alias",
                self._where(event),
                f"{quote('*' + str(event.anchor))} repeats another value, which specs do not use",
                "write the value out, or put the text in quotes",
            )
        elif isinstance(event, NodeEvent) and event.anchor is not None:
            self._report(
                "anchor",
                self._where(event),
                f"{quote('&' + str(event.anchor))} names a value, which specs do not use",
                "delete it, or put the text in quotes",
            )
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            self._report(
                "tag",
                self._where(event),
                f"the tag {quote(tag)} changes the type of a value, which specs do not use",
                "delete it; quote a value that must stay text",
            )

    def _text(self, event: ScalarEvent) -> str:
        if event.anchor is not None or event.tag is not None:
            self._anchor_and_tag(event)
        text: str = event.value
        if len(text) > MAX_TEXT:
            raise _Stop(
                error(
                    "text-too-long",
                    self._where(event),
                    f"a text has {len(text)} characters, more than {MAX_TEXT}",
                    "close the quote where it ends; a spec quotes, it does not copy",
                )
            )
        return text

    def _check_noise(self, event: Event) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Stop(
                error(
                    "too-many-problems",
                    self._where(event),
                    f"{MOST_PROBLEMS} problems stand above; the rest was not read",
                    "mend the first of them: others often follow from it",
                )
            )

    def _check_depth(self, event: Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _Stop(
                error(
                    "too-deep",
                    self._where(event),
                    f"maps and lists stand more than {MAX_DEPTH} deep in each other",
                    "check the brackets; no spec needs that much",
                )
            )

    def _report(self, rule: str, where: Where, message: str, hint: str) -> None:
        self.problems.append(error(rule, where, message, hint))

    def _where(self, event: Event) -> Where:
        mark = event.start_mark
        assert mark is not None
        line = mark.line + 1
        if line > self.last:
            # libyaml ends a last line that has no end.
            return Where(self.file, self.last, len(self.lines[-1]) + 1)
        return Where(self.file, line, mark.column + 1)


def _too_large(file: str) -> Problem:
    return error(
        "file-too-large",
        Where(file, 1, 1),
        f"the file has more than {MAX_BYTES} bytes",
        "move products to files of their own",
    )


def _not_utf8(content: bytes, at: int, file: str) -> Problem:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return error(
            "not-utf-8", Where(file, 1, 1), "the file is UTF-16", "save it as UTF-8"
        )
    line = content.count(b"\n", 0, at) + 1
    before = content[content.rfind(b"\n", 0, at) + 1 : at]
    return error(
        "not-utf-8",
        Where(file, line, len(before.decode("utf-8", "replace")) + 1),
        f"the byte 0x{content[at]:02X} is not UTF-8",
        "save the file as UTF-8",
    )
