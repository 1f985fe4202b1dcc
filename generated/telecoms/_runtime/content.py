"""The content of a reply, in whatever format the provider declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from . import formats, header
from .record import Download
from .transport import Response
from .tree import Column, Tree

T = TypeVar("T")


class Content:
    """The body of a reply and its ways into a tree (see `formats` for each).

    Each raises a ReplyProblem when the body is something else.
    """

    __slots__ = ("response", "_read_as")

    def __init__(self, response: Response) -> None:
        self.response = response
        self._read_as: tuple[str, str] | None = None

    @property
    def media_type(self) -> str | None:
        """The content type without parameters, in lower case."""
        return header.media_type(self.response.header("content-type"))

    @property
    def contradiction(self) -> tuple[str, str] | None:
        """What the header says against the way that the body was read, in two texts:
        `content_type` or `charset`, and the details."""
        if self._read_as is None:
            return None
        return header.contradiction(
            self.response.header("content-type"), *self._read_as
        )

    def json(self, charset: str = "utf-8") -> Tree:
        self._read_as = "json", charset
        return formats.json_tree(self.response.body, charset)

    def headers(self, *names: str) -> Tree:
        """Headers as a mapping of `$header.NAME`; what is absent is left out."""
        found: dict[str, Tree] = {}
        for name in names:
            value = self.response.header(name)
            if value is not None:
                found[f"$header.{name}"] = value
        return found

    def beside_headers(
        self, read: Callable[[Tree], T], *names: str
    ) -> Callable[[Tree], T]:
        """A reader of records that finds these headers beside a record's own values."""
        headers = self.headers(*names)

        def beside(tree: Tree) -> Tree:
            if isinstance(tree, dict) and isinstance(headers, dict):
                return {**tree, **headers}
            return tree

        def reading(tree: Tree) -> T:
            if type(tree) is Column:
                return read(Column(map(beside, tree)))
            return read(beside(tree))

        return reading

    def xml(self, *roots: str, charset: str = "utf-8") -> Tree:
        self._read_as = "xml", charset
        return formats.xml_tree(self.response.body, roots, charset)

    def delimited(
        self,
        separator: str,
        fields: Sequence[str],
        *,
        records: str | None = None,
        min_fields: int | None = None,
        head: Sequence[str] = (),
        charset: str = "utf-8",
        trim: bool = True,
    ) -> Tree:
        self._read_as = "text", charset
        return formats.delimited_tree(
            self.response.body,
            separator,
            fields,
            records=records,
            min_fields=min_fields,
            head=head,
            charset=charset,
            trim=trim,
        )

    def pairs(
        self,
        separator: str = ":",
        *,
        records: str | None = None,
        charset: str = "utf-8",
        trim: bool = True,
    ) -> Tree:
        self._read_as = "text", charset
        return formats.pairs_tree(
            self.response.body, separator, records=records, charset=charset, trim=trim
        )

    def sentence(
        self,
        templates: Sequence[str],
        *,
        records: str | None = None,
        charset: str = "utf-8",
        trim: bool = True,
    ) -> Tree:
        self._read_as = "text", charset
        return formats.sentence_tree(
            self.response.body, templates, records=records, charset=charset, trim=trim
        )

    def csv(
        self,
        separator: str = ",",
        *,
        fields: Sequence[str] = (),
        header: bool = True,
        charset: str = "utf-8",
    ) -> Tree:
        self._read_as = "csv", charset
        return formats.csv_tree(
            self.response.body, separator, fields=fields, header=header, charset=charset
        )

    def text(self, *, charset: str = "utf-8", trim: bool = True) -> Tree:
        self._read_as = "text", charset
        return formats.text_tree(self.response.body, charset=charset, trim=trim)

    def empty(self, *, trim: bool = True) -> Tree:
        return formats.empty_tree(self.response.body, trim=trim)

    def download(self) -> Download:
        """The body as a file, with the name that the provider gives it."""
        disposition = self.response.header("content-disposition") or ""
        name = re.search(r'filename="([^"\\/]{1,255})"', disposition)
        return Download(
            content=self.response.body,
            media_type=self.media_type,
            file_name=name[1] if name else None,
        )
