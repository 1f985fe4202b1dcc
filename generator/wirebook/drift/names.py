"""Parameters on a page: words that could be names, and tables of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from msgspec import Struct

from wirebook.fold import fold

from .codes import is_code
from .page import Cell, Page, Table

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_NAME = re.compile(r"[*@]?([A-Za-z_][A-Za-z0-9_.\[\]-]*)[*]?", re.ASCII)
_INDEX = re.compile(r"[0-9]+$")
_SHARE = 0.7
"""Of the rows of a table whose first cell must be a name."""


class NameRow(Struct, frozen=True):
    """A row of a table of parameters; `about` are its other cells."""

    wire: str
    about: tuple[str, ...]
    cell: Cell


def spellings(wire: str) -> frozenset[str]:
    """A name, and what is the same in all numbered ones: `p1` is one of `p`."""
    return frozenset({wire, _INDEX.sub("", wire)})


def first_mentions(page: Page) -> dict[str, Cell]:
    """Every word that could be a wire name, and where it stands first."""
    found: dict[str, Cell] = {}
    for cell in page.cells:
        for word in _WORD.findall(cell.text):
            for name in spellings(word):
                found.setdefault(name, cell)
    return found


def name_tables(page: Page, codes: Set[str]) -> Iterator[tuple[NameRow, ...]]:
    """Tables of which a column, before the last, holds names; `codes` are those of
    the spec."""
    for table in page.tables:
        for column in range(min(2, max(map(len, table.rows)) - 1)):
            rows = tuple(_rows(table, column, codes))
            # The head of the columns is no parameter.
            if rows and len(rows) >= _SHARE * (len(table.rows) - 1):
                yield rows
                break


def _rows(table: Table, column: int, codes: Set[str]) -> Iterator[NameRow]:
    for row in table.rows[1:]:
        if len(row) <= column + 1:
            continue
        name = _NAME.fullmatch(fold(row[column].text))
        if name and not is_code(name[1], codes):
            wire = name[1].rpartition(".")[2].removesuffix("[]")
            about = tuple(fold(cell.text) for cell in row[column + 1 :])
            yield NameRow(wire, about, row[column])
