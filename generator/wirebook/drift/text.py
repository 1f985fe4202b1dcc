"""Markdown, plain text, and the text of a PDF.

A table of Markdown may have each cell on a line of its own, as converters of
web pages write it; its rule of dashes says how many cells make a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wirebook.model import Where

from .page import Builder, Cell, Page

_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
_GAP = re.compile(r"\t+| {2,}")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}[ \t]+|[-*+][ \t]+(?=\S)")
_MARKS = re.compile(r"(\*\*|__|`)(.+?)\1")


def read(text: str, name: str) -> Page:
    """Read a page; `name` is what its places are called by."""
    # Only line ends: splitlines() would count form feeds and separators too.
    lines = re.split(r"\r\n|[\r\n]", text)
    rules = [index for index, line in enumerate(lines) if _is_rule(line)]
    heads = {index - 1 for index in rules}
    builder = Builder()
    index = 0
    for rule in rules:
        if rule - 1 < index:
            continue
        for number in range(index, rule - 1):
            for cell in _cells(lines[number], number, name):
                builder.cell(cell)
        rows, index = _table(lines, rule, heads, name)
        builder.table(rows)
    for number in range(index, len(lines)):
        for cell in _cells(lines[number], number, name):
            builder.cell(cell)
    return builder.page()


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and _RULE.fullmatch(line) is not None


def _cells(line: str, number: int, name: str) -> Iterator[Cell]:
    """The columns of a line, where gaps show them."""
    place = Where(name, number + 1, 1)
    for part in _GAP.split(line.replace("\f", "").strip(" \t")):
        if part:
            yield Cell(_plain(part), place)


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    return _MARKS.sub(r"\2", _HEADING.sub("", text, count=1)).replace("\\|", "|")


def _table(
    lines: Sequence[str], rule: int, heads: set[int], name: str
) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows of the table with this rule, and the line behind it."""
    width = lines[rule].count("|") - lines[rule].strip().startswith("|")
    width += not lines[rule].strip().endswith("|")
    rows: list[tuple[Cell, ...]] = []
    row = _Row(name)
    row.add(lines[rule - 1], rule - 1)
    rows.append(row.take())
    index = rule + 1
    while index < len(lines):
        line = lines[index]
        if row.empty and (index in heads or "|" not in line):
            break
        if index in heads or not line.strip():
            break
        row.add(line, index)
        index += 1
        if row.complete(width):
            rows.append(row.take())
    if not row.empty:
        rows.append(row.take())
    return rows, index


class _Row:
    """Cells that are collected until they make a row."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells: list[Cell] = []
        self._open: Cell | None = None

    @property
    def empty(self) -> bool:
        return not self._cells and self._open is None

    def add(self, line: str, number: int) -> None:
        line = line.strip(" \t")
        if line.startswith("|") and self._open is None:
            line = line[1:]
        *closed, rest = _PIPE.split(line)
        place = Where(self._name, number + 1, 1)
        for part in closed:
            self._cells.append(self._joined(part, place))
            self._open = None
        if rest.strip(" \t"):
            self._open = self._joined(rest, place)

    def complete(self, width: int) -> bool:
        """A row may end without a pipe, where it stands on one line."""
        open_row = self._open is not None and len(self._cells) == width - 1
        alone = len({cell.at.line for cell in self._cells}) == 1
        return len(self._cells) >= width or (open_row and alone and width > 1)

    def take(self) -> tuple[Cell, ...]:
        found = tuple(self._cells) + ((self._open,) if self._open else ())
        self._cells, self._open = [], None
        return found

    def _joined(self, text: str, place: Where) -> Cell:
        text = _plain(text.strip(" \t"))
        if self._open is None:
            return Cell(text, place)
        return Cell(f"{self._open.text} {text}".strip(" \t"), self._open.at)
