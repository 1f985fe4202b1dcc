"""HTML: what a reader of the page sees, with its lines."""

from __future__ import annotations

from html.parser import HTMLParser

from wirebook.model import Where

from .page import Builder, Cell, Page

_HIDDEN = frozenset({"head", "noscript", "script", "style", "svg", "template"})
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em"),
        *("font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small"),
        *("span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
"""Elements that do not end a piece of text."""


def read(text: str, name: str) -> Page:
    """Read a page; `name` is what its places are called by."""
    reader = _Reader(name)
    reader.feed(text)
    reader.close()
    return reader.page()


class _Reader(HTMLParser):
    """Rows and cells end where their tags do, or where the next one begins."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self._builder = Builder()
        self._hidden: list[str] = []
        self._text: list[str] = []
        self._line = 0
        self._tables: list[list[list[Cell]]] = []
        """Open tables, the innermost last; each a list of rows."""
        self._in_cell: list[bool] = []

    def page(self) -> Page:
        self._flush()
        while self._tables:
            self._close_table()
        return self._builder.page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        if self._hidden:
            return
        if tag == "table":
            self._flush()
            self._tables.append([])
            self._in_cell.append(False)
        elif self._tables and tag == "tr":
            self._end_cell()
            self._tables[-1].append([])
        elif self._tables and tag in ("td", "th"):
            self._end_cell()
            self._in_cell[-1] = True
            self._line = self.getpos()[0]
        elif tag not in _INLINE:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag == "table" and self._tables:
            self._close_table()
        elif tag in ("td", "th", "tr") and self._tables:
            self._end_cell()
        elif tag not in _INLINE:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if not self._text:
            lead = len(data) - len(data.lstrip())
            if lead == len(data):
                return
            self._line = self.getpos()[0] + data[:lead].count("\n")
        self._text.append(data)

    def _break(self) -> None:
        """A block begins or ends: a new line in a cell, a new piece outside."""
        if self._in_cell and self._in_cell[-1]:
            if self._text:
                self._text.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        """Text outside of cells; a cell that holds a table is such text, too."""
        if self._text:
            self._builder.cell(self._taken())

    def _end_cell(self) -> None:
        if not self._in_cell[-1]:
            self._text = []
            return
        if not self._tables[-1]:
            self._tables[-1].append([])
        self._tables[-1][-1].append(self._taken())
        self._in_cell[-1] = False

    def _close_table(self) -> None:
        self._end_cell()
        rows = self._tables.pop()
        self._in_cell.pop()
        self._builder.table(tuple(row) for row in rows)

    def _taken(self) -> Cell:
        # HTML's white space only: a no-break space is the page's own.
        text = " ".join(
            word for word in "".join(self._text).translate(_BLANKS).split(" ") if word
        )
        self._text = []
        return Cell(text, Where(self._name, self._line, 1))


_BLANKS = str.maketrans("\t\n\r\f", "    ")
