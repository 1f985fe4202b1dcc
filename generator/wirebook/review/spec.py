"""A spec under review: what it means, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from wirebook.document import MapNode, Node
from wirebook.model import Provider
from wirebook.resolve import kind_of
from wirebook.schema_parts import Part, parts


class Spec(Struct, frozen=True):
    """`documents` are its files by name; `root` is what names are relative to."""

    provider: Provider
    documents: Mapping[str, MapNode]
    root: Path

    def parts(self, *definitions: str) -> Iterator[Part]:
        """Its mappings in the order of the files; only such things, if named."""
        for file, document in self.documents.items():
            for part in parts(document, kind_of(file)):
                if not definitions or part.definition in definitions:
                    yield part


def inside(node: Node | None, key: str) -> Node | None:
    """What stands under a key, if it is there."""
    return node.entries.get(key) if isinstance(node, MapNode) else None
