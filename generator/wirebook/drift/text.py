"""Markdown, plain text, and the text of a PDF.

A table of Markdown may have each cell on a line of its own, as converters of
web pages write it; its rule of dashes says how many cells make a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wirebook.fold import fold
from wirebook.model import Where

from .page import Builder, Cell, Page

_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
_CODE = re.compile(r"[-+]?[0-9]{1,9}", re.ASCII)
_GAP = re.compile(r"\t+| {2,}")
_PIPE = re.compile(r"(?<!\\)\|")
_LEAD = re.compile(r"\A(?:#{1,6}[ \t]+|[-*+][ \t]+(?=\S))")
_MARKS = re.compile(r"(\*\*|__|`)(.+?)\1")


def read(text: str, name: str) -> Page:
    """Read a page; `name` is what its places are called by."""
    # Only line ends: splitlines() would count form feeds and separators too.
    lines = re.split(r"\r\n|[\r\n]", text)
    heads = {index - 1 for index, line in enumerate(lines) if _is_rule(line)}
    builder = Builder()
    index = 0
    while index < len(lines):
        if index in heads or _is_head(lines, index):
            rows, index = _table(lines, index, heads, name)
            builder.table(rows)
            continue
        for cell in _cells(lines[index], index, name):
            builder.cell(cell)
        index += 1
    return builder.page()


def _is_head(lines: Sequence[str], index: int) -> bool:
    """Whether a table without a rule begins here: cells that all end with a pipe."""
    following = lines[index + 1 : index + 3]
    closed = lines[index].rstrip(" \t").endswith("|") and lines[index].count("|") > 1
    return closed and any("|" in line for line in following)


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and _RULE.fullmatch(line) is not None


def _cells(line: str, number: int, name: str) -> Iterator[Cell]:
    """A line; two cells where a code stands in a column before its words."""
    place = Where(name, number + 1, 1)
    line = line.replace("\f", "").strip(" \t")
    columns: list[str] = _GAP.split(line)
    code, words = columns[0], columns[1:]
    if words and _CODE.fullmatch(fold(code)):
        # A column before that numbers the rows.
        while len(words) > 1 and _CODE.fullmatch(fold(words[0])):
            code, words = words[0], words[1:]
        yield Cell(code, place)
        yield Cell(_plain(" ".join(words)), place)
    elif line:
        yield Cell(_plain(line), place)


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    return _MARKS.sub(r"\2", _LEAD.sub("", text)).replace("\\|", "|")


def _table(
    lines: Sequence[str], head: int, heads: set[int], name: str
) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows of the table with this head, and the line behind it."""
    ruled = head in heads
    first = lines[head + 1 if ruled else head].strip(" \t")
    width = first.count("|") - first.startswith("|") + (not first.endswith("|"))
    row = _Row(name, width, closed=lines[head].rstrip(" \t").endswith("|"))
    row.add(lines[head], head)
    rows = [row.take()]
    index = head + 2 if ruled else head + 1
    while index < len(lines):
        line = lines[index]
        ends = index in heads or not line.strip() or (row.empty and "|" not in line)
        if ends:
            break
        row.add(line, index)
        index += 1
        if row.complete:
            rows.append(row.take())
    if not row.empty:
        rows.append(row.take())
    return rows, index


class _Row:
    """Cells that are collected until they make a row of `width`.

    closed: whether a pipe ends each cell, so that a cell may run over lines.
    """

    def __init__(self, name: str, width: int, closed: bool) -> None:
        self._name = name
        self._width = width
        self._closed = closed
        self._cells: list[Cell] = []
        self._open: Cell | None = None

    @property
    def empty(self) -> bool:
        return not self._cells and self._open is None

    @property
    def complete(self) -> bool:
        if not self._closed:
            return len(self._cells) + (self._open is not None) >= self._width
        return len(self._cells) >= self._width and self._open is None

    def add(self, line: str, number: int) -> None:
        line = line.strip(" \t")
        if line.startswith("|") and self._open is None:
            line = line[1:]
        *ended, rest = _PIPE.split(line)
        place = Where(self._name, number + 1, 1)
        for part in ended:
            self._cells.append(self._joined(part, place))
            self._open = None
        if rest.strip(" \t"):
            self._open = self._joined(rest, place)

    def take(self) -> tuple[Cell, ...]:
        """The row; what is more than its width was a pipe in the last cell."""
        found = self._cells + ([self._open] if self._open else [])
        self._cells, self._open = [], None
        kept, more = found[: self._width], found[self._width :]
        if more:
            words = "|".join(cell.text for cell in (kept[-1], *more))
            kept[-1] = Cell(words, kept[-1].at)
        return tuple(kept)

    def _joined(self, text: str, place: Where) -> Cell:
        text = _plain(text.strip(" \t"))
        if self._open is None:
            return Cell(text, place)
        return Cell(f"{self._open.text} {text}".strip(" \t"), self._open.at)
