"""A request taken apart: the values that stand at its places.

It is a `Draft`, so that the functions with which clients sign a request read the
received one as they read the one being sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.parser import BytesParser
from typing import Any, cast
from urllib.parse import parse_qsl, unquote

from wirebook.model import Operation
from wirebook.runtime import formats
from wirebook.runtime.address import parted
from wirebook.runtime.draft import Draft
from wirebook.runtime.encode import Value, json_text, plain
from wirebook.runtime.request import Place, find_header
from wirebook.runtime.tree import MISSING, Missing, ReplyProblem, Tree, find

from .exchange import Incoming

MOST_FIELDS = 10_000
_PREFIX = re.compile(r"(?<![^.@])[\w-]+:")


def at(tree: Tree, place: Place, wire: str) -> Tree | Missing:
    """What stands at a path; documents are read without the prefixes of XML."""
    return find(tree, _PREFIX.sub("", wire) if place is Place.XML else wire)


class Unreadable(ValueError):
    """The body is not what its place asks for."""


class Received(Draft):
    """A request for `operation`, whose parameters travel in `where`."""

    __slots__ = ("incoming", "filled", "absent", "_found")

    def __init__(
        self,
        incoming: Incoming,
        operation: Operation,
        where: Place,
        filled: Mapping[str, str],
        found: dict[Place, Any] | None = None,
    ) -> None:
        super().__init__(
            incoming.method,
            operation.path,
            where,
            charset=operation.charset,
            json_style=operation.json_style,
            array_root=operation.array_root,
        )
        self.incoming = incoming
        self.filled = filled
        """What stands for the placeholders of the path."""
        self.absent: frozenset[str] = frozenset()
        """Wire names to overlook: a signature does not sign itself."""
        # One document has one charset, and its places are the same for all forms.
        self._found: dict[Place, Any] = {} if found is None else found

    # What signatures are made over.

    @property
    def query_pairs(self) -> list[tuple[str, str | bytes]]:
        return [
            pair for pair in self.sent_pairs(Place.QUERY) if pair[0] not in self.absent
        ]

    @property
    def form_pairs(self) -> list[tuple[str, str | bytes]]:
        return [
            pair for pair in self.sent_pairs(Place.FORM) if pair[0] not in self.absent
        ]

    @property
    def json_tree(self) -> Value:
        tree = self.tree(Place.JSON)
        if isinstance(tree, dict):
            tree = {
                name: item for name, item in tree.items() if name not in self.absent
            }
        return cast("Value", tree)

    @property
    def query_text(self) -> str:
        return self._kept(self.incoming.query)

    @property
    def request_path(self) -> str:
        return self.incoming.path

    @property
    def target(self) -> str:
        query = self.query_text
        return f"{self.request_path}?{query}" if query else self.request_path

    @property
    def host(self) -> str:
        return self.incoming.header("host") or ""

    @property
    def hostname(self) -> str:
        return parted(self.host)[0]

    @property
    def port(self) -> str:
        return parted(self.host)[1] or "80"

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.target}"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [pair for pair in self.incoming.headers if pair[0] not in self.absent]

    def header_value(self, name: str) -> str:
        return find_header(self.incoming.headers, name) or ""

    @property
    def body(self) -> bytes:
        if not self.absent:
            return self.incoming.body
        if self.place is Place.JSON and any(
            find(self.tree(Place.JSON), name) is not MISSING for name in self.absent
        ):
            return json_text(self.json_tree, self.json_style).encode()
        if self.place is Place.FORM:
            return self._kept(self.incoming.body.decode("latin-1")).encode("latin-1")
        return self.incoming.body

    def field(self, wire: str) -> str:
        for place in (Place.QUERY, Place.FORM):
            for name, value in self.sent_pairs(place):
                if name == wire:
                    return value if isinstance(value, str) else value.decode()
        found = find(self.tree(Place.JSON), wire)
        return "" if found is MISSING or found is None else str(found)

    def _kept(self, text: str) -> str:
        if not self.absent:
            return text
        return "&".join(
            part
            for part in text.split("&")
            if unquote(part.partition("=")[0]) not in self.absent
        )

    # What the parameters are read from.

    def sent(self, place: Place, wire: str) -> list[str | bytes]:
        """The texts that stand at one place under a wire name.  Raises Unreadable."""
        if place not in (Place.JSON, Place.XML):
            return [text for name, text in self.sent_pairs(place) if name == wire]
        found = at(self.tree(place), place, wire)
        return (
            [] if found is MISSING or found is None else [plain(cast("Value", found))]
        )

    def sent_pairs(self, place: Place) -> list[tuple[str, str | bytes]]:
        """Names and values of the query or form.  Raises Unreadable."""
        if place not in self._found:
            self._found[place] = self._read_pairs(place)
        return cast("list[tuple[str, str | bytes]]", self._found[place])

    def tree(self, place: Place) -> Tree:
        """The JSON or XML body; an empty mapping where there is none.

        Raises Unreadable.
        """
        if place not in self._found:
            self._found[place] = self._read_tree(place)
        return cast("Tree", self._found[place])

    def _read_pairs(self, place: Place) -> list[tuple[str, str | bytes]]:
        if place is Place.MULTIPART:
            return self._read_parts()
        if place is Place.QUERY:
            text = self.incoming.query
        else:
            if self.place is not Place.FORM:
                return []
            text = self.incoming.body.decode("latin-1")
        try:
            found = parse_qsl(
                text,
                keep_blank_values=True,
                encoding=self.charset,
                errors="strict",
                max_num_fields=MOST_FIELDS,
            )
        except ValueError:
            raise Unreadable(
                f"the {place.value} cannot be decoded as {self.charset}"
            ) from None
        return [(name, value) for name, value in found]

    def _read_tree(self, place: Place) -> Tree:
        body = self.incoming.body
        if self.place.value != place.value or not body.strip():
            return {}
        try:
            if place is Place.XML:
                return formats.xml_tree(body, charset=self.charset)
            tree = formats.json_tree(body, self.charset)
        except ReplyProblem as problem:
            raise Unreadable(str(problem)) from None
        if self.array_root and isinstance(tree, list) and len(tree) == 1:
            return tree[0]
        return tree

    def _read_parts(self) -> list[tuple[str, str | bytes]]:
        kind = self.incoming.header("content-type") or ""
        head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1")
        message = BytesParser().parsebytes(head + self.incoming.body)
        if not message.is_multipart():
            raise Unreadable("the body is no multipart/form-data")
        found: list[tuple[str, str | bytes]] = []
        for part in cast("list[Any]", message.get_payload()):
            name = part.get_param("name", header="content-disposition")
            data: bytes = part.get_payload(decode=True) or b""
            text = part.get_filename() is None
            found.append((str(name), data.decode(self.charset) if text else data))
        return found
