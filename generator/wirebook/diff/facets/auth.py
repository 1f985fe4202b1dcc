"""Facets of schemes, the values they compute and the fields they send."""

from __future__ import annotations

from wirebook.diff.change import Change
from wirebook.diff.rule import Verdict

from .choice import Answer, Named, Uses, table
from .words import WORDS


def _output(change: Change, uses: Uses) -> Answer:
    """Hex in another case is read alike by most; anything else is refused."""
    if {change.old, change.new} <= {"hex", "hex_upper"}:
        return Named("A011")
    return Named("A011", Verdict.BREAK)


SCHEME = table(
    {
        "basic": ("W", "A001"),
        "bearer": ("W", "A001"),
        "session": ("WB", "A023"),
        "clock": ("B", "A014"),
        "allowed_skew": ("B", "A014"),
        "placements.order": ("W", "Q015"),
        **WORDS,
    }
)
STEP = table(
    {
        "form": ("W", "A010"),
        "text": ("W", "A010"),
        "kind": ("W", "A010"),
        "name": ("W", "A010"),
        "format": ("W", "A012"),
        "zone": ("W", "A012"),
        "alphabet": ("W", "A010"),
        "length": ("W", "A010"),
        "algorithm": ("W", "A009"),
        "of": ("W", "A010"),
        "key": ("W", "A010"),
        "separator": ("W", "A010"),
        "output": ("W", _output),
        "encoding": ("W", _output),
        "case": ("W", _output),
        "style": ("W", "A010"),
        "sort": ("W", "A010"),
        "pair": ("W", "A010"),
        "names": ("W", "A010"),
        "exclude": ("W", "A010"),
        "skip_empty": ("W", "A010"),
        "values_only": ("W", "A010"),
        "replace": ("W", "A010"),
        "pairs": ("W", "A010"),
        "trailing": ("W", "A010"),
    }
)


def _sent(change: Change, uses: Uses) -> Answer:
    """A literal header is a header; everything else is what is proved with."""
    thing = change.pair.thing
    return "A013" if thing.facets.get("place") == "header" else "A010"


PLACEMENT = table(
    {"place": ("W", "A006"), "wire": ("W", "A005"), "value": ("W", _sent)}
)
