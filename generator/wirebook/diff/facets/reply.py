"""Facets of replies and of their alternates."""

from __future__ import annotations

from .choice import flag, table
from .words import WORDS

REPLY = table(
    {
        "format": ("W", "R001"),
        "charset": ("W", "R021"),
        "http": ("B", "T006"),
        "max_bytes": ("B", "R028"),
        "root": ("W", "R006"),
        "expect.order": ("W", "R007"),
        "expect": ("W", "R007"),
        "status": ("W", "R002"),
        "absent_status": ("B", "R038"),
        "message": ("B", "S011"),
        "at": ("W", "R029"),
        "returns": ("SWB", "R016"),
        "list": ("S", "R015"),
        "optional": ("SB", flag("R014", "R013")),
        "records": ("W", "R003"),
        "separator": ("W", "R004"),
        "keyed": ("W", "R004"),
        "retry_after": ("B", "E008"),
        "partial": ("B", "R020"),
        "fields": ("W", "R005"),
        "min_fields": ("W", "R030"),
        "head": ("W", "R005"),
        "header": ("W", "R005"),
        "templates": ("W", "R031"),
        "trim": ("W", "R030"),
        "match": ("B", "R020"),
        "match_parameter": ("B", "R020"),
        "ordered": ("B", "R020"),
        **WORDS,
    }
)
ALTERNATE = table(
    {
        "starts_with": ("W", "R027"),
        "root": ("W", "R027"),
        "content_type": ("W", "R027"),
        "http": ("W", "R027"),
        "parameter": ("W", "R027"),
        "status_is": ("B", "R002"),
    }
)
