"""Facets that every thing may have: its words and where they come from."""

from __future__ import annotations

from wirebook.diff.change import Change

from .choice import Answer, Choose, Uses

Rows = dict[str, "tuple[str, Choose | str]"]


def _source(change: Change, uses: Uses) -> Answer:
    return "D002" if change.new else "D003"


def _alias(change: Change, uses: Uses) -> Answer:
    return "N002" if change.old is None else "N001"


SRC: Rows = {"src": ("D", _source)}
WORDS: Rows = {
    "summary": ("D", "D001"),
    "notes": ("D", "D011"),
    **SRC,
}
ALIAS: Rows = {"renamed_from": ("S", _alias)}
