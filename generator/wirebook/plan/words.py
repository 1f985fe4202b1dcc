"""Phrases that several docstrings share."""

from __future__ import annotations

from collections.abc import Sequence

from wirebook.model import Provider
from wirebook.prose import flat, sections


def note_texts(provider: Provider, keys: Sequence[str]) -> list[str]:
    """What the notes say, with the sections they rest on."""
    notes = {note.key: note for note in provider.notes}
    return [
        f"{flat(notes[key].text)} {sections(notes[key].src)}".strip()
        for key in keys
        if key in notes
    ]


def cited(text: str, src: Sequence[str]) -> str:
    """A sentence and where it comes from."""
    return f"{text} {sections(src)}".strip()


def listed(words: Sequence[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
