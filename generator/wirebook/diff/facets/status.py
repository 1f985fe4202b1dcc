"""Facets of status tables, their rows and families."""

from __future__ import annotations

from wirebook.diff.change import Change

from .choice import Answer, Uses, members, presence, renamed, table
from .words import ALIAS, WORDS

_RETRY = ("never", "after_delay", "allowed")


def _retry(change: Change, uses: Uses) -> Answer:
    old, new = (_RETRY.index(str(value)) for value in (change.old, change.new))
    return "E001" if new > old else "E002"


def _reaction(change: Change, uses: Uses) -> Answer:
    """A row without a reaction is a success."""
    return presence("S010", "S010", "S009")(change, uses)


TABLE = table(
    {
        "class_name": ("S", "S003"),
        "kind": ("SW", "S012"),
        "success": ("SB", "S010"),
        "retired": ("D", "S019"),
        **WORDS,
        **ALIAS,
    }
)
STATUS = table(
    {
        "name": ("S", renamed("S006")),
        "text": ("D", "S008"),
        "aliases": ("B", members("S020", "S021")),
        "reaction": ("SB", _reaction),
        "effect": ("B", "E003"),
        "retry": ("B", _retry),
        "wait": ("B", "E005"),
        "success_on_retry": ("B", "E009"),
        "renews_session": ("B", "E010"),
        "deprecated": ("BD", presence("S018", "S022", "D001")),
        **WORDS,
        **ALIAS,
    }
)
FAMILY = table(
    {
        "text": ("D", "S008"),
        "prefix": ("B", "S013"),
        "minimum": ("B", "S013"),
        "maximum": ("B", "S013"),
        "codes": ("B", "S013"),
        "reaction": ("SB", "S013"),
        "effect": ("B", "E003"),
        "retry": ("B", _retry),
        "wait": ("B", "E005"),
        **WORDS,
    }
)
