"""Names that changed, and what refers to them.

A renamed model is one finding.  The operations that return it say the new name
because they must: with the names put in their place they say the same as
before, and are no finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import cast

from .match import Pair
from .tree import Path, Thing
from .values import Order, Plain, text

REFERENCES: Mapping[str, str] = {
    "auth": "auth",
    "statuses.table": "statuses",
    "statuses.http": "statuses",
    "statuses.items": "statuses",
    "session.operation": "operations",
    "clock.operation": "operations",
    "polling.operation": "operations",
    "reconcile": "operations",
    "operation": "operations",
    "pages.parameter": "parameters",
    "pages.size_parameter": "parameters",
    "match_parameter": "parameters",
    "parameter": "parameters",
    "parameters": "parameters",
    "template": "parameters",
    "enum": "enums",
    "table": "statuses",
    "model": "models",
    "returns": "models",
    "notes": "notes",
    "src": "sources",
    "statuses.src": "sources",
    "rate.src": "sources",
}
"""Facet -> the branch whose keys it names."""

_CONDITION = (r"(?<=parameter=)\w+", ("parameters", "fields"))
_VALUE = (r"(?<=\$)\w+", ("credentials", "compute"))
_BRACES = (r"(?<=\{)\w+(?=\})", ("settings", "parameters"))

IN_TEXT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "required_when": _CONDITION,
    "encode_when": _CONDITION,
    "when": _CONDITION,
    "value": _VALUE,
    "of": _VALUE,
    "key": _VALUE,
    "basic": _VALUE,
    "bearer": _VALUE,
    "url": _BRACES,
    "path": _BRACES,
}
"""Facet -> how a name stands inside its text, and the branches it is a key of."""


class Renames:
    """Old key -> new key, by the old path of what it stands in."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._keys: dict[tuple[Path, str], dict[str, str]] = {}
        for pair in pairs:
            if pair.renamed and pair.old and pair.new:
                branch = pair.old.path[-2] if len(pair.old.path) > 1 else "products"
                scope = pair.old.path[:-2]
                names = self._keys.setdefault((scope, branch), {})
                names[pair.old.key] = pair.new.key

    def __bool__(self) -> bool:
        return bool(self._keys)

    def of(self, path: Path, branch: str) -> dict[str, str]:
        """Every renaming in a branch that can be seen from a path, nearest first."""
        found: dict[str, str] = {}
        for length in range(len(path), -1, -1):
            for old, new in self._keys.get((path[:length], branch), {}).items():
                found.setdefault(old, new)
        return found

    def key(self, path: Path, branch: str, key: str) -> str:
        """The key, renamed; `product.operation` and `source#section` in part."""
        names = self.of(path, branch)
        if key in names:
            return names[key]
        if branch == "sources" and "#" in key:
            head, _, section = key.partition("#")
            return f"{names.get(head, head)}#{section}"
        if branch == "operations" and "." in key:
            product, _, name = key.partition(".")
            return f"{product}.{self.key((product,), branch, name)}"
        return key

    def facet(self, thing: Thing, name: str, value: Plain) -> Plain:
        """What a facet of the old side says in the words of the new side."""
        if not self or value is None:
            return value
        if isinstance(value, Order):
            within = name.removesuffix(".order")
            return Order(self.key(thing.path, within, key) for key in value)
        if thing.role == "vector" and name == "arguments":
            return self._arguments(thing, str(value))
        if name in REFERENCES:
            branch = REFERENCES[name]
            if isinstance(value, tuple):
                return tuple(self.key(thing.path, branch, key) for key in value)
            return self.key(thing.path, branch, str(value))
        if name not in IN_TEXT or not isinstance(value, str | tuple):
            return value
        pattern, branches = IN_TEXT[name]
        names: dict[str, str] = {}
        for each in branches:
            names.update(self.of(thing.path, each))
        if isinstance(value, tuple):
            return tuple(_words(item, names, pattern) for item in value)
        return _words(value, names, pattern)

    def rule(self, thing: Thing) -> str:
        """The key of a rule over parameters, with their new names."""
        return _words(thing.key, self.of(thing.path, "parameters"))

    def _arguments(self, thing: Thing, value: str) -> str:
        product, _, name = text(thing.facets["operation"]).rpartition(".")
        path = (*([product] if product else []), "operations", name)
        names = self.of(path, "parameters")
        arguments = cast(dict[str, object], json.loads(value))
        return text({names.get(key, key): item for key, item in arguments.items()})


def _words(value: str, names: Mapping[str, str], pattern: str = r"\w+") -> str:
    if not names:
        return value
    return re.sub(pattern, lambda found: names.get(found[0], found[0]), value)
