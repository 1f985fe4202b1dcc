"""Facets of providers, products, documents, servers, settings and credentials."""

from __future__ import annotations

from wirebook.diff.change import Change

from .choice import Answer, Uses, flag, members, presence, table
from .words import ALIAS, SRC, WORDS


def _note_kind(change: Change, uses: Uses) -> Answer:
    if change.new == "assumption":
        return "D004"
    return "D005" if change.old == "assumption" else "D001"


def _values(change: Change, uses: Uses) -> Answer:
    """An empty list of values means: any."""
    if not change.old:
        return "T011"
    return "T012" if not change.new else members("T012", "T011")(change, uses)


PROVIDER = table(
    {
        "class_prefix": ("S", "P013"),
        "title": ("D", "D001"),
        "summary": ("D", "D001"),
        "version": ("D", "P006"),
        "stability": ("BD", "P008"),
        "retry": ("B", "E005"),
        "rate.src": ("D", SRC["src"][1]),
        "rate": ("BD", "E008"),
        "timeout": ("B", "T007"),
        "missing": ("D", flag("D004", "D005")),
        "servers.order": ("W", "T016"),
        **ALIAS,
    }
)
PRODUCT = table({"title": ("D", "D001"), **WORDS})
SOURCE = table(
    {
        "title": ("D", "D001"),
        "version": ("D", "P006"),
        "date": ("D", "P006"),
        "url": ("D", "P007"),
        "file": ("D", "P007"),
        "sha256": ("D", "P007"),
    }
)
NOTE = table({"kind": ("D", _note_kind), "text": ("D", "D001"), **SRC})
SERVER = table(
    {
        "url": ("W", "T001"),
        "prefixes": ("W", "T001"),
        "insecure": ("B", flag("T005", "T018")),
        **WORDS,
    }
)
SETTING = table(
    {
        "default": ("SW", presence("T021", "T020", "T004")),
        "values": ("SB", _values),
        "pattern": ("B", presence("T011", "T012", "T011")),
        "env": ("B", "T013"),
        **WORDS,
    }
)
CREDENTIAL = table(
    {
        "secret": ("SB", flag("A008", "A007")),
        "optional": ("SB", flag("A017", "A018")),
        "env": ("B", "T013"),
        "pattern": ("B", "A015"),
        "example": ("D", "D001"),
        **WORDS,
        **ALIAS,
    }
)
