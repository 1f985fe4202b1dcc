"""Tables of pages: Markdown, HTML, and text pasted from either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from .found import Table

_HEADS = re.compile(
    r"(?i)^(status|code|error ?codes?|params?|parameters?|field|name|header parameter)$"
)
_RULE = re.compile(r"(?=.*-)[\s|:+-]*")
_CODE = re.compile(r"-?\d{1,6}|[A-Z]{1,4}[-_]?\d{1,6}")


def tables(text: str) -> list[Table]:
    """All tables of a page, whatever they are written in."""
    if re.search(r"(?i)<table[\s>]", text):
        reader = _Html()
        reader.feed(text)
        return reader.tables
    return [*_piped(text), *_tabbed(text), *_stacked(text)]


def _piped(text: str) -> Iterator[Table]:
    """Markdown, and `cell |` rows whose cells may stand on lines of their own."""
    block: list[str] = []
    title = before = ""
    for line in [*text.splitlines(), ""]:
        if "|" in line and not re.search(r"https?://", line):
            title = title if block else before
            block.append(line)
        elif block and line.strip() and _goes_on(block):
            block[-1] += f" {line.strip()}"
        else:
            yield from _blocks(block, title)
            block = []
            before = line.strip(" #:*") or before
    yield from _blocks(block, title)


def _goes_on(block: list[str]) -> bool:
    """Whether rows end in a bar and the last one has not ended."""
    return block[0].rstrip().endswith("|") and not block[-1].rstrip().endswith("|")


def _blocks(lines: list[str], title: str) -> Iterator[Table]:
    """The tables of lines with bars: a rule below a line makes it a header."""
    rules = [index for index, line in enumerate(lines) if _RULE.fullmatch(line)]
    starts = [index - 1 for index in rules if index] or [0]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield from _block(lines[start:end], title)


def _block(lines: list[str], title: str) -> Iterator[Table]:
    rows = [
        tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in lines
        if not _RULE.fullmatch(line)
    ]
    width = len(rows[0]) if rows else 0
    if width > 1 and len(rows) > 1 and all(len(row) == 1 for row in rows[1:]):
        # One cell a line: rows of as many as the header has.
        cells = [row[0] for row in rows[1:]]
        rows = [rows[0], *zip(*[iter(cells)] * width, strict=False)]
    if width > 1 and len(rows) > 1:
        yield Table(title, rows[0], [row for row in rows[1:] if len(row) > 1])


def _tabbed(text: str) -> Iterator[Table]:
    """Rows of cells with tabs between, as copied from a browser or a sheet."""
    block: list[tuple[str, ...]] = []
    title = before = ""
    for line in [*text.splitlines(), ""]:
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) > 1 and cells[0]:
            title = title if block else before
            block.append(cells)
            continue
        if line.strip():
            if len(block) > 1:
                yield Table(title, block[0], block[1:])
            block = []
            before = line.strip(" #:*")
    if len(block) > 1:
        yield Table(title, block[0], block[1:])


def _stacked(text: str) -> Iterator[Table]:
    """A header, then codes and their words on lines of their own in turn."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    index, title = 0, ""
    while index < len(lines):
        words = lines[index].split()
        if len(words) == 2 and _HEADS.match(words[0]) and "|" not in lines[index]:
            rows: list[tuple[str, ...]] = []
            at = index + 1
            while at + 1 < len(lines) and _CODE.fullmatch(lines[at]):
                rows.append((lines[at], lines[at + 1]))
                at += 2
            if len(rows) > 1:
                yield Table(title, (words[0], words[1]), rows)
                index = at
                continue
        title = lines[index].strip(" #:*")
        index += 1


class _Html(HTMLParser):
    """The cells of every table, and the heading before it."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._heading: list[str] | None = None
        self._title = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif re.fullmatch(r"h[1-6]|caption", tag):
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self._rows:
            self._rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif self._heading is not None and re.fullmatch(r"h[1-6]|caption", tag):
            self._title = " ".join("".join(self._heading).split())
            self._heading = None
        elif tag == "table":
            rows = [tuple(row) for row in self._rows if len(row) > 1]
            if len(rows) > 1:
                self.tables.append(Table(self._title, rows[0], rows[1:]))
            self._rows = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        elif self._heading is not None:
            self._heading.append(data)
