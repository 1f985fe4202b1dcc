"""Facets of parameters, of fields of models, and of models and enums."""

from __future__ import annotations

from wirebook.diff.change import Change
from wirebook.diff.rule import Verdict
from wirebook.diff.tree import Thing

from .choice import (
    Answer,
    Named,
    Uses,
    by_side,
    flag,
    lower,
    members,
    presence,
    renamed,
    table,
    upper,
)
from .words import ALIAS, WORDS

_SAME_TYPE = ("string", "text", "phone", "email")
"""All of them are str; the first two are checked least."""


def _type(change: Change, uses: Uses) -> Answer:
    if change.new == "enum":
        return "Q021"
    widened = change.new in _SAME_TYPE[:2] and change.old in _SAME_TYPE
    return "Q011" if widened else "Q010"


def _reply_type(change: Change, uses: Uses) -> Answer:
    same = change.new in _SAME_TYPE and change.old in _SAME_TYPE
    return Named("R012", Verdict.NOTE) if same else "R012"


def required(thing: Thing) -> bool:
    """Whether callers must give it."""
    return not thing.facets.get("optional") and thing.facets.get("default") is None


def _optional(change: Change, uses: Uses) -> Answer:
    old, new = change.pair.old, change.pair.new
    if old is None or new is None or required(old) == required(new):
        return "Q026"
    return "Q008" if required(new) else "Q009"


def _default(change: Change, uses: Uses) -> Answer:
    old, new = change.pair.old, change.pair.new
    if change.old is not None and change.new is not None:
        return "Q013"
    if old is None or new is None or required(old) == required(new):
        # It could be left out before and after: now something is sent, or no longer.
        return "Q003" if change.old is None else "Q013"
    return "Q008" if required(new) else "Q009"


def _pattern(change: Change, uses: Uses) -> Answer:
    return "K006" if change.new is None else "K005"


def _when(change: Change, uses: Uses) -> Answer:
    return presence("K009", "K010", "K011")(change, uses)


def _style(change: Change, uses: Uses) -> Answer:
    """One value or many; between two ways of sending many, only bytes differ."""
    if change.old is None or change.new is None:
        return by_side("Q012", "R015")(change, uses)
    return "W001"


def _largest(change: Change, uses: Uses) -> Answer:
    style = change.pair.thing.facets.get("list.style")
    if style in ("columns", "indexed"):
        narrowed = upper("K007", "K008")(change, uses) == "K007"
        return "Q025" if narrowed else "K008"
    return upper("K007", "K008")(change, uses)


FIELD = table(
    {
        "wire": ("W", by_side("Q007", "R011")),
        "wire_aliases": ("W", members("R023", "R024")),
        "type": ("SW", by_side(_type, _reply_type)),
        "place": ("W", "Q014"),
        "optional": ("SWB", by_side(_optional, flag("R014", "R013"))),
        "nullable": ("SWB", by_side("Q026", flag("R014", "R013"))),
        "default": ("SWB", _default),
        "server_default": ("D", "D001"),
        "list.style": ("SW", _style),
        "list.separator": ("W", "W001"),
        "list.cells": ("W", "W001"),
        "list.min_items": ("B", lower("K007", "K008")),
        "list.max_items": ("WB", _largest),
        "list.first": ("W", "Q025"),
        "list.item": ("W", "W001"),
        "list.unique": ("B", flag("K007", "K008")),
        "list": ("SW", _style),
        "enum": ("SW", by_side("Q010", "R012")),
        "table": ("B", "S014"),
        "model": ("SW", by_side("Q010", "R012")),
        "min_length": ("B", lower("K003", "K004")),
        "max_length": ("B", upper("K001", "K002")),
        "max_length_numeric": ("B", "K011"),
        "minimum": ("B", lower("K012", "K013")),
        "maximum": ("B", upper("K012", "K013")),
        "pattern": ("B", _pattern),
        "charset": ("B", _pattern),
        "format": ("W", "W002"),
        "formats": ("W", members("R023", "R024")),
        "zone": ("W", "W002"),
        "ahead": ("B", lower("K012", "K013")),
        "split.order": ("W", "Q015"),
        "split": ("W", "W002"),
        "max_offset": ("B", upper("K012", "K013")),
        "offset_step": ("B", lower("K012", "K013")),
        "spelling": ("W", "W004"),
        "spelling_numbers": ("W", "W004"),
        "nested": ("W", "O009"),
        "entries": ("W", "O009"),
        "encode": ("W", "W005"),
        "encode_when": ("W", "W005"),
        "required_when": ("B", _when),
        "unit": ("D", "D001"),
        "secret": ("B", flag("A008", "A007")),
        "pii": ("B", "Q022"),
        "item_status": ("B", "R020"),
        "item_message": ("B", "S011"),
        "deprecated": (
            "BD",
            by_side(presence("Q023", "Q027", "D001"), presence("R039", "R040", "D001")),
        ),
        **WORDS,
        **ALIAS,
    }
)
MODEL = table(
    {
        "class_name": ("S", "R037"),
        "fields.order": ("W", "Q015"),
        **WORDS,
        **ALIAS,
    }
)
ENUM = table(
    {
        "class_name": ("S", "Q032"),
        "kind": ("SW", "Q028"),
        "unlisted_state": ("B", "R034"),
        **WORDS,
        **ALIAS,
    }
)
VALUE = table(
    {
        "name": ("S", renamed("Q018")),
        "text": ("D", "D001"),
        "aliases": ("W", members("R032", "R033")),
        "state": ("B", "R034"),
        "reserved": ("B", flag("Q020", "Q029")),
        **WORDS,
        **ALIAS,
    }
)
