"""Reading: typed values out of the nodes of a spec.

The schema has been checked before, so a value of the wrong shape is rare; it
is reported and read as if it were absent, and reading goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.explain import Explanation
from wirebook.model import Constant, Where

from .scope import Scope

LONGEST_NUMBER = 20
"""Characters; Python reads endless digits as infinity."""

_Choice = TypeVar("_Choice", bound=StrEnum)


class Entry:
    """One mapping of the spec, read key by key.

    `where` is the place of the key that the mapping stands under, which is
    what a reader looks for.  `inherited` is the `src` of what it is a part of:
    the rows of a table come from the table's section unless they say otherwise.
    """

    def __init__(
        self,
        node: MapNode,
        scope: Scope,
        where: Where | None = None,
        inherited: tuple[str, ...] = (),
    ) -> None:
        self.node = node
        self.scope = scope
        self.where = where or node.where
        self.inherited = inherited

    def part(self, node: MapNode, where: Where | None = None) -> Entry:
        """A mapping inside this one."""
        # A mapping of names may have one that is called `src`.
        given = self.node.entries.get("src")
        sources = () if given is None or type(given) is MapNode else self.texts("src")
        return Entry(node, self.scope, where, sources or self.inherited)

    def has(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> Node | None:
        """The node under a key; None where there is none, or null."""
        node = self.node.entries.get(key)
        if node is None or (type(node) is ScalarNode and node.value is None):
            return None
        return node

    def place(self, key: str) -> Where:
        """Where a value stands, or the mapping where it is absent."""
        node = self.get(key)
        return node.where if node is not None else self.where

    def maybe(self, key: str) -> str | None:
        """A text, None where there is none."""
        if key not in self.node.entries:
            return None
        node = self.get(key)
        if node is None:
            return None
        if isinstance(node, ScalarNode):
            return node.text
        self.wrong(key, "a text")
        return None

    def text(self, key: str, default: str = "") -> str:
        found = self.maybe(key)
        return default if found is None else found

    def needed(self, key: str, default: str = "") -> str:
        """A text that must be there."""
        if not self.has(key):
            self.scope.report.error("wrong-shape", self.where, f"'{key}' is missing")
        return self.text(key, default)

    def flag(self, key: str, default: bool = False) -> bool:
        node = self.get(key)
        if node is None:
            return default
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return node.value
        self.wrong(key, "true or false")
        return default

    def integer(self, key: str) -> int | None:
        found = self.maybe(key)
        if found is None:
            return None
        try:
            return int(found)
        except ValueError:
            self.wrong(key, "a whole number")
            return None

    def number(self, key: str) -> float | None:
        found = self.maybe(key)
        if found is None:
            return None
        try:
            number = float(found) if len(found) <= LONGEST_NUMBER else None
        except ValueError:
            number = None
        if number is None:
            self.wrong(key, "a number")
        return number

    def choice(self, key: str, choices: type[_Choice]) -> _Choice | None:
        found = self.maybe(key)
        if found is None:
            return None
        try:
            return choices(found)
        except ValueError:
            self.wrong(key, "one of " + ", ".join(choices))
            return None

    def scalars(self, key: str) -> tuple[ScalarNode, ...]:
        """One scalar, or a list of them."""
        if key not in self.node.entries:
            return ()
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, ScalarNode):
            return (node,)
        if isinstance(node, ListNode):
            found = tuple(item for item in node.items if isinstance(item, ScalarNode))
            if len(found) == len(node.items):
                return found
        self.wrong(key, "a list of texts")
        return ()

    def texts(self, key: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        return tuple(item.text for item in self.scalars(key))

    def numbers(self, key: str) -> tuple[int, ...]:
        try:
            return tuple(int(text) for text in self.texts(key))
        except ValueError:
            self.wrong(key, "a list of whole numbers")
            return ()

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of texts."""
        entry = self.child(key)
        if entry is None:
            return ()
        return tuple((name, entry.text(name)) for name in entry.node.entries)

    def constants(self, key: str) -> Iterator[tuple[str, Constant]]:
        """A mapping of values, numbers and booleans as such where they stand plain."""
        entry = self.child(key)
        for name in entry.node.entries if entry is not None else ():
            assert entry is not None
            node = entry.get(name)
            typed = isinstance(node, ScalarNode) and isinstance(node.value, int)
            if typed and isinstance(node, ScalarNode) and node.value is not None:
                yield name, node.value
            else:
                yield name, entry.text(name)

    def given(self, known: Mapping[str, Callable[[Entry, str], object]]) -> Any:
        """What is there of the `known` keys, read as each says."""
        return {key: known[key](self, key) for key in self.node.entries if key in known}

    def child(self, key: str) -> Entry | None:
        """The mapping under a key."""
        if key not in self.node.entries:
            return None
        node = self.get(key)
        if node is None:
            return None
        if isinstance(node, MapNode):
            return self.part(node, self.node.keys.get(key))
        self.wrong(key, "a mapping")
        return None

    def children(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The named mappings under a key, in the order of the spec."""
        entry = self.child(key)
        if entry is None:
            return
        for name in entry.node.entries:
            if (child := entry.child(name)) is not None:
                yield name, child
            elif not entry.has(name):
                yield name, entry.empty(name)

    def empty(self, key: str = "") -> Entry:
        """A mapping of nothing, in place of one that is absent."""
        where = self.node.keys.get(key, self.where)
        return self.part(MapNode(where=where, entries={}, keys={}), where)

    def items(self, key: str) -> Iterator[Entry]:
        """The mappings of a list."""
        node = self.get(key)
        if node is None:
            return
        if not isinstance(node, ListNode):
            self.wrong(key, "a list")
            return
        for item in node.items:
            if isinstance(item, MapNode):
                yield self.part(item)
            else:
                self.scope.report.error(
                    "wrong-shape", item.where, f"an item of '{key}' must be a mapping"
                )

    def src(self) -> tuple[str, ...]:
        """`src`: `key#section` references, each key checked; the whole's if none."""
        nodes = self.scalars("src")
        if not nodes:
            return self.inherited
        for node in nodes:
            key = node.text.partition("#")[0]
            self.scope.check("source", key, self.scope.sources, node.where)
        return tuple(node.text for node in nodes)

    def notes(self) -> tuple[str, ...]:
        """`notes`: keys of notes, each checked."""
        nodes = self.scalars("notes")
        for node in nodes:
            self.scope.check("note", node.text, self.scope.notes, node.where)
        return tuple(node.text for node in nodes)

    def wrong(self, key: str, expected: str) -> None:
        self.scope.report.error(
            "wrong-shape", self.place(key), f"'{key}' must be {expected}"
        )


EXPLANATIONS = (
    Explanation(
        "wrong-shape",
        "A value of another kind than its key takes",
        "The rest of the spec can only be understood when each value has the shape "
        "that the language gives it.",
        "max_length: long\n",
        "max_length: 1000\n",
    ),
)
