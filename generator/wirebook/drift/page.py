"""A page: its words in their order, and what stands in tables."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wirebook.fold import fold
from wirebook.model import Where

MAX_BYTES = 50_000_000
"""Of one page."""


class Cell(Struct, frozen=True):
    """A piece of text: a line, a paragraph, a cell of a table."""

    text: str
    """As the page has it, without the white space around it."""
    at: Where
    """The page and the line that it begins on; columns are not known."""


class Table(Struct, frozen=True):
    """Rows of cells; `heading` is the text before them."""

    heading: Cell | None
    rows: tuple[tuple[Cell, ...], ...]


class Page(Struct, frozen=True):
    """`loose` are runs of cells outside tables: a run ends where a table stands."""

    cells: tuple[Cell, ...]
    tables: tuple[Table, ...]
    loose: tuple[tuple[Cell, ...], ...]


class PageError(Exception):
    """A page that cannot be read; the message says the way out."""


class Builder:
    """Puts a page together, in the order of its text."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._tables: list[Table] = []
        self._loose: list[tuple[Cell, ...]] = []
        self._run: list[Cell] = []

    def cell(self, cell: Cell) -> None:
        """Text outside a table."""
        if fold(cell.text):
            self._cells.append(cell)
            self._run.append(cell)

    def table(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        """A table, where it ends."""
        kept = tuple(row for row in rows if any(fold(cell.text) for cell in row))
        heading = self._run[-1] if self._run else None
        self._cells.extend(cell for row in kept for cell in row if fold(cell.text))
        if kept:
            self._tables.append(Table(heading, kept))
        self._end()

    def page(self) -> Page:
        self._end()
        return Page(tuple(self._cells), tuple(self._tables), tuple(self._loose))

    def _end(self) -> None:
        if self._run:
            self._loose.append(tuple(self._run))
            self._run = []


def together(pages: Iterable[Page]) -> Page:
    """Several pages as one."""
    given = list(pages)
    return Page(
        tuple(cell for page in given for cell in page.cells),
        tuple(table for page in given for table in page.tables),
        tuple(run for page in given for run in page.loose),
    )
