"""Docstring text: paragraphs and sections wrapped to the line length.

What comes out is a list of plain lines; `code.docstring` makes it code.
"""

from __future__ import annotations

from collections.abc import Iterable

from .code import LINE_LENGTH, width


def flat(text: str) -> str:
    """`text` on one line: every run of white space is one space."""
    return " ".join(text.split())


def sentence(text: str) -> str:
    """`text` on one line, with a full stop at its end."""
    text = flat(text)
    return text if not text or text[-1] in ".!?:…。！？" else text + "."


def sentences(*texts: str) -> str:
    """The non-empty ones, each with its full stop."""
    return " ".join(sentence(text) for text in texts if text.strip())


def sections(values: Iterable[str]) -> str:
    """Source references in brackets, or nothing."""
    references = ", ".join(flat(value) for value in values)
    return f"({references})" if references else ""


def wrapped(text: str, indent: int, hang: int = 0, first: int = 0) -> list[str]:
    """`text` in lines that end at column 88 when they stand at `indent` levels.

    Every line but the first starts with `hang` spaces; the first one leaves
    room for `first` columns (the opening quotes).
    """
    limit = LINE_LENGTH - 4 * indent
    text = flat(text)
    if text.isascii():
        return _cut(text, limit - first, limit, " " * hang)
    lines: list[str] = []
    line, room = "", limit - first
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) > room:
            lines.append(line)
            line, room = " " * hang + word, limit
        else:
            line = f"{line} {word}" if line.strip() else line + word
    return [*lines, line] if line else lines


def _cut(text: str, room: int, limit: int, margin: str) -> list[str]:
    """`wrapped` where every character is one column: cut at the last space that
    leaves a line short enough, else at the next one."""
    lines: list[str] = []
    start, before = 0, ""
    while len(text) - start > room - len(before):
        end = text.rfind(" ", start, start + room - len(before) + 1)
        if end <= start:
            end = text.find(" ", start)
        if end < 0:
            break
        lines.append(before + text[start:end])
        start, before, room = end + 1, margin, limit
    rest = before + text[start:]
    return [*lines, rest] if rest else lines


class Prose:
    """A docstring under construction: a summary, paragraphs and sections."""

    def __init__(self, indent: int) -> None:
        self._indent = indent
        self._blocks: list[list[str]] = []

    def summary(self, text: str) -> Prose:
        if text.strip():
            self._blocks.append(wrapped(text, self._indent, first=3))
        return self

    def paragraph(self, text: str) -> Prose:
        if text.strip():
            self._blocks.append(wrapped(text, self._indent))
        return self

    def lines(self, lines: Iterable[str]) -> Prose:
        """Lines that are laid out already, such as a tree."""
        block = list(lines)
        if block:
            self._blocks.append(block)
        return self

    def bullets(self, items: Iterable[str]) -> Prose:
        block: list[str] = []
        for item in items:
            block += wrapped(f"- {item}", self._indent, hang=2)
        return self.lines(block)

    def section(self, title: str, items: Iterable[tuple[str, str]]) -> Prose:
        """A Google-style section; items without a name are plain paragraphs."""
        block: list[str] = []
        for name, text in items:
            body = f"{name}: {text}" if name else text
            lines = wrapped(body, self._indent + 1, hang=4 if name else 0)
            block += [f"    {line}" for line in lines]
        if block:
            self._blocks.append([f"{title}:", *block])
        return self

    def notes(self, texts: Iterable[str]) -> Prose:
        """A section of remarks, as bullets where there are several."""
        notes = list(texts)
        if len(notes) == 1:
            return self.section("Note", [("", notes[0])])
        block = ["Note:"] if notes else []
        for note in notes:
            lines = wrapped(f"- {note}", self._indent + 1, hang=2)
            block += [f"    {line}" for line in lines]
        return self.lines(block)

    def text(self) -> list[str]:
        """All lines, blocks apart by an empty one."""
        result: list[str] = []
        for block in self._blocks:
            result += ["", *block] if result else block
        return result
