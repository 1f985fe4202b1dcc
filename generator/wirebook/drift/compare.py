"""Comparing: what is missing, new or reworded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from wirebook.fold import fold
from wirebook.model import Where

from .codes import CodeRow, code_lists
from .expected import CodeTable, Expected, Named, Quote, Row
from .finding import Change, Finding
from .match import Matched, match
from .names import NameRow, first_mentions, name_tables, spellings
from .page import Cell, Page

_ALIKE = 0.6
"""From which likeness on a line is the new wording of a text."""
_CANDIDATES = 5
"""Lines that are compared letter by letter."""


class Comparison:
    """Holds one spec against one page; `same` and `folded` count what agrees."""

    def __init__(self, page: Page, spec: Expected) -> None:
        self.same = 0
        self.folded = 0
        self._page = page
        self._spec = spec
        # A text may run over several lines.
        self._whole = " ".join(fold(cell.text) for cell in page.cells)
        self._codes = {
            code
            for table in spec.tables
            for row in table.rows
            for code in row.spellings
        }
        self.findings = [*self._tables(), *self._parameters(), *self._texts()]

    def _tables(self) -> Iterator[Finding]:
        lists = code_lists(self._page, self._codes)
        matched = match(lists, self._spec.tables)
        of_table: dict[Where, list[Matched]] = defaultdict(list)
        for each in matched:
            if each.table is not None:
                of_table[each.table.where].append(each)
        for table in self._spec.tables:
            if not table.cited:
                continue
            found = of_table.get(table.where)
            if found:
                yield from self._rows(table, found)
            else:
                yield from self._scattered(table, matched)
        for each in matched:
            if each.table is None:
                at = each.listed.at
                yield Finding(
                    change=Change.NEW,
                    subject="table",
                    name=fold(at.text),
                    page=at.at,
                    rows=len(each.listed.rows),
                    listed=each.listed,
                )

    def _scattered(
        self, table: CodeTable, matched: Sequence[Matched]
    ) -> Iterator[Finding]:
        """A table without a list of its own: its rows may stand in other lists, or
        an enum's words in a sentence."""
        listed = {
            (row.code, fold(row.text.text))
            for each in matched
            for row in each.listed.rows
        }
        cited = [row for row in table.rows if row.cited]
        gone = [
            row
            for row in cited
            if listed.isdisjoint(
                (code, fold(text)) for code in row.spellings for text in row.texts
            )
            and not (table.kind == "enums" and self._says(row))
        ]
        if len(gone) > len(cited) / 2:
            yield Finding(
                change=Change.MISSING,
                subject="table",
                name=table.key,
                spec=table.where,
                rows=len(cited),
                table=table,
            )
            return
        self.same += len(cited) - len(gone)
        for row in gone:
            yield _missing(table, row)

    def _says(self, row: Row) -> bool:
        return any(fold(text) in self._whole for text in row.texts)

    def _rows(self, table: CodeTable, found: Sequence[Matched]) -> Iterator[Finding]:
        on_page: dict[str, list[CodeRow]] = defaultdict(list)
        for each in found:
            for code in each.listed.rows:
                on_page[code.code].append(code)
        known: set[str] = set()
        for row in table.rows:
            known.update(row.spellings)
            codes = [code for each in row.spellings for code in on_page.get(each, ())]
            if codes:
                yield from self._row(table, row, codes)
            elif row.cited:
                yield _missing(table, row)
        for key in on_page:
            if key not in known:
                code = on_page[key][0]
                yield Finding(
                    change=Change.NEW,
                    subject="row",
                    name=f"{table.key} {key}",
                    page=code.text.at,
                    after=fold(code.text.text),
                    table=table,
                    code=code,
                )

    def _row(
        self, table: CodeTable, row: Row, codes: Sequence[CodeRow]
    ) -> Iterator[Finding]:
        wordings = {fold(text) for text in row.texts}
        others = [code for code in codes if fold(code.text.text) not in wordings]
        if len(others) < len(codes) or not wordings:
            self.same += 1
            exact = {text.strip(" ") for text in row.texts}
            self.folded += bool(wordings) and all(
                code.text.text not in exact for code in codes
            )
            return
        if not row.cited:
            return
        yield Finding(
            change=Change.REWORDED,
            subject="row",
            name=f"{table.key} {row.code}",
            spec=row.where,
            page=others[0].text.at,
            before=row.texts[0],
            after=fold(others[0].text.text),
            table=table,
            row=row,
            code=others[0],
        )

    def _parameters(self) -> Iterator[Finding]:
        mentioned = first_mentions(self._page)
        owners: dict[str, list[Named]] = defaultdict(list)
        for named in self._spec.named:
            owners[named.owner].append(named)
            if named.cited and named.wire in mentioned:
                self.same += 1
            elif named.cited:
                yield Finding(
                    change=Change.MISSING,
                    subject="parameter",
                    name=f"{named.owner} {named.name}",
                    spec=named.where,
                    before=named.wire,
                )
        told: set[str] = set()
        for table in name_tables(self._page, self._codes):
            rows = [row for row in table if row.wire not in self._spec.always]
            owner = _owner(rows, owners)
            wires = {named.wire for named in owners.get(owner, ())}
            for row in rows if owner else ():
                if wires.isdisjoint(spellings(row.wire)) and row.wire not in told:
                    told.add(row.wire)
                    yield _new_parameter(owner, row)

    def _texts(self) -> Iterator[Finding]:
        lines: _Lines | None = None
        for quote in self._spec.quotes:
            if fold(quote.text) in self._whole:
                self.same += 1
                continue
            lines = lines or _Lines(self._page.cells)
            yield _text(quote, lines.nearest(fold(quote.text)))


def _missing(table: CodeTable, row: Row) -> Finding:
    return Finding(
        change=Change.MISSING,
        subject="row",
        name=f"{table.key} {row.code}",
        spec=row.where,
        before=row.texts[0] if row.texts else "",
        table=table,
        row=row,
    )


def _owner(rows: Sequence[NameRow], owners: dict[str, list[Named]]) -> str:
    """The operation or model whose names a table lists: most of them, at least two."""
    shares: dict[str, int] = {}
    for owner, known in owners.items():
        wires = {named.wire for named in known}
        if any(named.cited for named in known):
            shares[owner] = sum(not wires.isdisjoint(spellings(r.wire)) for r in rows)
    best = max(shares, key=lambda owner: shares[owner], default="")
    enough = best and shares[best] >= 2 and shares[best] * 2 >= len(rows)
    return best if enough else ""


def _new_parameter(owner: str, row: NameRow) -> Finding:
    return Finding(
        change=Change.NEW,
        subject="parameter",
        name=f"{owner} {row.wire}",
        page=row.cell.at,
        after=" | ".join(row.about),
        parameter=row,
    )


def _text(quote: Quote, near: Cell | None) -> Finding:
    return Finding(
        change=Change.REWORDED if near else Change.MISSING,
        subject="text",
        name=quote.text,
        spec=quote.where,
        page=near.at if near else None,
        before=quote.text,
        after=fold(near.text) if near else "",
    )


class _Lines:
    """The lines of a page by their words, so that few need to be compared."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._cells = list(cells)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, cell in enumerate(self._cells):
            for word in set(_words(cell.text)):
                self._by_word[word].append(number)

    def nearest(self, text: str) -> Cell | None:
        shared: dict[int, float] = defaultdict(float)
        for word in set(_words(text)):
            lines = self._by_word.get(word, ())
            for number in lines:
                # A rare word says more than one that stands everywhere.
                shared[number] += 1 / len(lines)
        best = sorted(shared, key=lambda number: -shared[number])[:_CANDIDATES]
        likeness = {number: _ratio(text, self._cells[number].text) for number in best}
        nearest = max(likeness, key=lambda number: likeness[number], default=None)
        if nearest is None or likeness[nearest] < _ALIKE:
            return None
        return self._cells[nearest]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).casefold())


def _ratio(one: str, other: str) -> float:
    # Without the shortcut that makes long texts unlike for their common letters.
    return SequenceMatcher(None, one, fold(other)[:2000], autojunk=False).ratio()
