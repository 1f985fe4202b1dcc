"""Lists of codes on a page: each code with the words that explain it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from msgspec import Struct

from wirebook.fold import fold

from .page import Cell, Page, PageError, Table

_NUMBER = re.compile(r"[-+]?[0-9]{1,9}", re.ASCII)
_INLINE = re.compile(
    r"([-+]?[0-9]{1,9})(?:[ ]*[:=)][ ]*|[ ]-[ ]|[ ]+)(?=\S)(.+)", re.ASCII
)
_COLUMN = re.compile(r"(\S+)(?:\t+| {2,})(\S.*)")
_FEWEST = 3
"""Codes that make a list; fewer are chance."""
MOST_ROWS = 20_000
"""Of all lists: four times what a table of a spec may have."""
MOST_COLUMNS = 50
"""Of a table, looked at for codes."""
_ROWS = 2
"""Rows that make a table; in text more are needed."""
_SHARE = 0.6
"""Of the rows of a table whose first cell must be a code."""


class CodeRow(Struct, frozen=True):
    code: str
    text: Cell


class CodeList(Struct, frozen=True):
    heading: Cell | None
    """The text before it."""
    rows: tuple[CodeRow, ...]

    @property
    def at(self) -> Cell:
        return self.heading or self.rows[0].text


def code_lists(page: Page, known: Set[str]) -> list[CodeList]:
    """Every list of codes, by its first line.

    known: codes of the spec, which need not be numbers.  Raises PageError where there
    are more than any provider has.
    """
    found = [
        listed
        for table in page.tables
        if (listed := _from_table(table, known)) is not None
    ]
    for run in page.loose:
        found += _from_run(run, known)
    if sum(len(listed.rows) for listed in found) > MOST_ROWS:
        raise PageError(
            f"the page lists more than {MOST_ROWS} codes; hold the part that matters"
        )
    return sorted(found, key=lambda listed: listed.rows[0].text.at)


def is_code(text: str, known: Set[str]) -> bool:
    return _NUMBER.fullmatch(text) is not None or text in known


def _from_table(table: Table, known: Set[str]) -> CodeList | None:
    """The column of codes that the spec knows best, with the words behind it."""
    best: list[tuple[Cell, ...]] = []
    chosen, score = -1, -1
    for column in range(min(max(map(len, table.rows)) - 1, MOST_COLUMNS)):
        rows = [row for row in table.rows if len(row) > column + 1]
        coded = [row for row in rows if is_code(fold(row[column].text), known)]
        if len(coded) < max(_ROWS, _SHARE * (len(rows) - 1)):
            continue
        codes = [fold(row[column].text) for row in coded]
        # A column that numbers the rows is no column of codes.
        serial = codes == [str(number + 1) for number in range(len(codes))]
        if serial and max(map(len, rows)) > 2:
            continue
        worth = len(known & set(codes))
        if worth > score:
            best, chosen, score = coded, column, worth
    if not best:
        return None
    words = _words(best, chosen)
    rows_found = tuple(CodeRow(fold(row[chosen].text), row[words]) for row in best)
    return CodeList(table.heading, rows_found)


def _words(rows: Sequence[tuple[Cell, ...]], column: int) -> int:
    """The column behind the codes that has the longest texts."""
    width = min(map(len, rows))
    lengths = {
        other: sum(len(row[other].text) for row in rows)
        for other in range(column + 1, width)
    }
    return max(lengths, key=lambda other: lengths[other])


def _from_run(run: Sequence[Cell], known: Set[str]) -> Iterator[CodeList]:
    """Lists in text: a code and its words in two cells, or on one line."""
    rows: list[CodeRow] = []
    codes: set[str] = set()
    begin = index = 0
    while index < len(run):
        row, step = _row(run, index, known)
        if row is None or row.code in codes:
            yield from _listed(run, begin, rows)
            rows, codes = [], set()
        if row is not None:
            if not rows:
                begin = index
            rows.append(row)
            codes.add(row.code)
        index += step
    yield from _listed(run, begin, rows)


def _row(
    run: Sequence[Cell], index: int, known: Set[str]
) -> tuple[CodeRow | None, int]:
    """The row that begins here, and how many cells it takes."""
    text = fold(run[index].text)
    if is_code(text, known):
        if index + 1 < len(run) and not is_code(fold(run[index + 1].text), known):
            return CodeRow(text, run[index + 1]), 2
        return None, 1
    column = _COLUMN.fullmatch(run[index].text)
    if column and column[1] in known:
        return CodeRow(column[1], Cell(column[2], run[index].at)), 1
    inline = _INLINE.fullmatch(text)
    if inline:
        return CodeRow(inline[1], Cell(inline[2], run[index].at)), 1
    return None, 1


def _listed(
    run: Sequence[Cell], begin: int, rows: Sequence[CodeRow]
) -> Iterator[CodeList]:
    if len(rows) >= _FEWEST:
        yield CodeList(_before(run, begin), tuple(rows))


def _before(run: Sequence[Cell], begin: int) -> Cell | None:
    """What a list is headed by: the nearest line that is no head of columns."""
    near = run[max(0, begin - 3) : begin][::-1]
    ended = (cell for cell in near if cell.text.rstrip().endswith((":", "：")))
    longer = (cell for cell in near if len(cell.text.split()) > 2)
    return next(ended, None) or next(longer, None) or (near[0] if near else None)
