"""Columns of text for terminals."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from wirebook.problem import printable


def columns(rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """The rows with aligned columns, two spaces between; the last is as wide as it is."""
    texts = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    lines: list[str] = []
    for row in texts:
        cells = [
            cell + " " * (width - _width(cell))
            for cell, width in zip(row, widths, strict=True)
        ]
        lines.append(indent + "  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def _width(text: str) -> int:
    """Cells of a terminal: Chinese characters take two, combining marks none."""
    return sum(
        (
            0
            if unicodedata.combining(letter)
            else 1 + (unicodedata.east_asian_width(letter) in "WF")
        )
        for letter in text
    )
