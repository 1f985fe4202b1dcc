"""Matching: which list of codes on a page is which table of the spec."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from wirebook.fold import fold

from .codes import CodeList
from .expected import CodeTable, words

_SHARE = 0.5
"""Of the rows of a list that a table must have, or of the words of a heading."""


class Matched(Struct, frozen=True):
    """`table` is None for a list that the spec does not have."""

    listed: CodeList
    table: CodeTable | None


def match(lists: Sequence[CodeList], tables: Sequence[CodeTable]) -> list[Matched]:
    """The table that each list is, by its rows, else by its heading.

    A page may have several lists of one table, one for each call.
    """
    known = [_texts(table) for table in tables]
    found: list[CodeTable | None] = []
    for listed in lists:
        rows = [(row.code, fold(row.text.text)) for row in listed.rows]
        shares = [_alike(rows, texts) for texts in known]
        best = max(range(len(tables)), key=lambda i: shares[i], default=None)
        same = best is not None and shares[best] >= _SHARE * len(rows)
        found.append(tables[best] if same and best is not None else None)
    taken = {table.where for table in found if table is not None}
    left = [table for table in tables if table.where not in taken]
    return [
        Matched(listed, table or _headed(listed, left))
        for listed, table in zip(lists, found, strict=True)
    ]


def _texts(table: CodeTable) -> dict[str, set[str]]:
    return {
        code: {fold(text) for text in row.texts}
        for row in table.rows
        for code in row.spellings
    }


def _alike(rows: Sequence[tuple[str, str]], texts: dict[str, set[str]]) -> float:
    """Rows that the table has word for word; a known code with other words counts
    a little, so that the better of two equal tables wins."""
    same = sum(text in texts.get(code, ()) for code, text in rows)
    known = sum(code in texts for code, _ in rows)
    return same + known / 1000 - len(texts) / 1_000_000 if same else 0


def _headed(listed: CodeList, tables: Sequence[CodeTable]) -> CodeTable | None:
    """A table that the heading names, for a list whose rows were all rewritten."""
    if listed.heading is None:
        return None
    heading = words(listed.heading.text)
    codes = {row.code for row in listed.rows}
    for table in tables:
        both = heading & table.words
        share = _SHARE * max(len(heading), 1)
        named = both and len(both) >= max(share, _SHARE * len(table.words))
        if named and any(row.code in codes for row in table.rows):
            return table
    return None
