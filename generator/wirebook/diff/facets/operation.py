"""Facets of operations, variants, rules, callbacks, segments and vectors."""

from __future__ import annotations

from wirebook.diff.change import Change
from wirebook.diff.rule import Verdict

from .choice import Answer, Named, Uses, flag, presence, table, upper
from .words import ALIAS, SRC, WORDS

_DOES = ("reads", "changes", "submits")


def _effects(change: Change, uses: Uses) -> Answer:
    """Reading is the least that an operation can do, submitting the most."""
    old, new = (_DOES.index(str(value)) for value in (change.old, change.new))
    return "O013" if new < old else "O014"


def _repeatable(change: Change, uses: Uses) -> Answer:
    return "E006" if change.new else Named("E006", Verdict.RISK)


def _only(change: Change, uses: Uses) -> Answer:
    """An empty subset means the whole table."""
    old = change.old if isinstance(change.old, tuple) else ()
    new = change.new if isinstance(change.new, tuple) else ()
    if not old:
        return "S016"
    return "S015" if not new or not set(old) - set(new) else "S016"


def _variants(change: Change, uses: Uses) -> Answer:
    old = change.old if isinstance(change.old, tuple) else ()
    new = change.new if isinstance(change.new, tuple) else ()
    same = old[:1] == new[:1]
    return Named("O023", Verdict.NOTE) if same else "O023"


OPERATION = table(
    {
        "does": ("B", _effects),
        "repeatable": ("B", _repeatable),
        "method": ("W", "O006"),
        "path": ("W", "O007"),
        "place": ("W", "O009"),
        "auth": ("SWB", "A001"),
        "fixed.order": ("W", "Q015"),
        "fixed": ("W", "O008"),
        "headers.order": ("W", "Q015"),
        "headers": ("W", "O016"),
        "content_type": ("W", "O009"),
        "encoding": ("W", "O010"),
        "charset": ("W", "W003"),
        "json_style": ("W", "O009"),
        "xml_root": ("W", "O009"),
        "xml_namespace": ("W", "O009"),
        "array_root": ("W", "O009"),
        "parameters.order": ("W", "Q015"),
        "variants.order": ("W", _variants),
        "alternates.order": ("W", "R027"),
        "statuses.table": ("B", "S014"),
        "statuses.http": ("B", "S014"),
        "statuses.items": ("B", "R020"),
        "statuses.only": ("B", _only),
        "statuses.texts": ("B", "S017"),
        "statuses.effects": ("B", "E003"),
        "statuses.src": ("D", SRC["src"][1]),
        "retry": ("B", "E005"),
        "rate.src": ("D", SRC["src"][1]),
        "rate": ("BD", "E008"),
        "timeout": ("B", "T007"),
        "pages": ("SB", "O018"),
        "polling": ("B", "O019"),
        "reconcile": ("B", "O020"),
        "skew_safe": ("B", "A014"),
        "description": ("D", "D001"),
        "deprecated": ("BD", presence("O011", "O012", "D001")),
        **WORDS,
        **ALIAS,
    }
)
VARIANT = table(
    {
        "method": ("W", "O006"),
        "path": ("W", "O007"),
        "place": ("W", "O009"),
        "max_items": ("B", upper("K007", "K008")),
        "overrides": ("W", "Q007"),
        **SRC,
    }
)
RULE = table(
    {
        "kind": ("B", "K009"),
        "parameters": ("B", "K009"),
        "when": ("B", "K011"),
        "template": ("B", "K009"),
        "limit": ("B", upper("K012", "K013")),
        "text": ("D", "D001"),
        **SRC,
    }
)
CALLBACK = table(
    {
        "model": ("S", "C003"),
        "method": ("W", "C004"),
        "format": ("W", "C004"),
        "at": ("W", "C004"),
        "list": ("SW", "C003"),
        "lenient": ("W", "C004"),
        "auth": ("W", "C004"),
        "answer_status": ("W", "C005"),
        "answer": ("W", "C005"),
        **WORDS,
    }
)
SEGMENT = table(
    {
        "unit": ("B", "G003"),
        "single": ("B", "G003"),
        "part": ("B", "G003"),
        "parameter": ("B", "G003"),
        "values": ("B", "G003"),
        "charset": ("B", "G003"),
        "model": ("SB", "G003"),
        "single_field": ("B", "G003"),
        "part_field": ("B", "G003"),
        **WORDS,
    }
)
VECTOR = table(
    {
        "operation": ("T", "D008"),
        "about": ("D", "D001"),
        "documented": ("D", flag("D002", "D003")),
        "client": ("T", "D008"),
        "at": ("T", "D008"),
        "nonce": ("T", "D008"),
        "arguments": ("T", "D008"),
        "request": ("T", "D008"),
        "reply": ("T", "D008"),
        "result": ("T", "D008"),
        "has_result": ("T", "D008"),
        "raises": ("T", "D008"),
        **SRC,
    }
)
