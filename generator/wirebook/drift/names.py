"""Parameters on a page: words that could be names, and tables of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wirebook.fold import fold

from .codes import is_code
from .page import Cell, Page, Table

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_NAME = re.compile(r"[*@]?([A-Za-z_][A-Za-z0-9_.\[\]-]*)[*]?", re.ASCII)
_INDEX = re.compile(r"[0-9]+$")
_SHARE = 0.7
"""Of the rows of a table whose first cell must be a name."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """A row of a table of parameters; `about` are its other cells."""

    wire: str
    about: tuple[str, ...]
    cell: Cell


def first_mentions(page: Page) -> dict[str, Cell]:
    """Every word that could be a wire name, and where it stands first."""
    found: dict[str, Cell] = {}
    for cell in page.cells:
        for word in _WORD.findall(cell.text):
            found.setdefault(word, cell)
            found.setdefault(_INDEX.sub("", word), cell)
    return found


def name_tables(page: Page, codes: Collection[str]) -> Iterator[tuple[NameRow, ...]]:
    """Tables whose first column holds names; `codes` are those of the spec."""
    for table in page.tables:
        rows = tuple(_rows(table, codes))
        # The head of the columns is no parameter.
        if rows and len(rows) >= _SHARE * (len(table.rows) - 1):
            yield rows


def _rows(table: Table, codes: Collection[str]) -> Iterator[NameRow]:
    for number, row in enumerate(table.rows):
        name = _NAME.fullmatch(fold(row[0].text))
        if name and len(row) > 1 and number and not is_code(name[1], codes):
            wire = name[1].rpartition(".")[2].removesuffix("[]")
            yield NameRow(wire, tuple(fold(cell.text) for cell in row[1:]), row[0])
