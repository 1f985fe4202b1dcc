"""The check: faults of a file, said once each, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from wirebook import schema
from wirebook.document import MapNode, ScalarNode
from wirebook.model.place import Where
from wirebook.problem import Problem, in_order, nearest, quote

from . import words
from .fault import Fault, Path, faults

MOST_FAULTS = 500
"""That are looked at in one file: when hundreds of values are wrong, it is for one
reason."""
MOST_GUESSES = 20
"""Unknown keys of one map that are held against the known ones."""


def check(node: MapNode, kind: schema.Kind) -> list[Problem]:
    """Everything in the file that the schema of its kind does not allow."""
    found = list(islice(faults(node, kind), MOST_FAULTS))
    return in_order(_Check(found).problems())


class _Check:
    """Knows what has been said, so that one mistake is one problem."""

    def __init__(self, found: list[Fault]) -> None:
        self.found = found
        self.meant: set[tuple[Path, str]] = set()
        """Missing keys that stand there misspelt."""
        self.unknown: dict[Where, Problem] = {}

    def problems(self) -> Iterator[Problem]:
        for fault in self.found:
            if fault.keyword == "additionalProperties":
                self._unknown_keys(fault)
        yield from self.unknown.values()
        for fault in self.found:
            yield from self._problems(fault)

    def _unknown_keys(self, fault: Fault) -> None:
        known = fault.schema.get("properties", {})
        assert isinstance(fault.node, MapNode)
        free = set(known) - set(fault.node.keys)
        unknown = [key for key in fault.node.keys if key not in known][:MOST_FAULTS]
        for at, key in enumerate(unknown):
            where = fault.node.keys[key]
            near = nearest(key, free) if at < MOST_GUESSES else None
            self.unknown[where] = words.unknown_key(fault, key, where, near)
            if near is not None:
                self.meant.add((fault.path, near))

    def _problems(self, fault: Fault) -> Iterator[Problem]:
        if fault.keyword == "additionalProperties":
            return
        if fault.keyword == "required":
            for key in fault.limit:
                if key not in fault.value and (fault.path, key) not in self.meant:
                    yield words.missing_key(fault, f"the key {quote(key)}")
        elif fault.keyword == "anyOf":
            keys = [key for branch in fault.limit for key in branch["required"]]
            if not any((fault.path, key) in self.meant for key in keys):
                yield words.missing_key(
                    fault, f"one of the keys {words.listed(keys, 'or')}"
                )
        elif fault.is_key:
            assert isinstance(fault.node, MapNode)
            where = fault.node.keys[fault.value]
            if where not in self.unknown:
                yield words.key_problem(fault, where)
        elif not (isinstance(fault.node, ScalarNode) and fault.node.refused):
            yield words.value_problem(fault)
