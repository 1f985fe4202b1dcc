"""Advice: what a careful author would do; warnings only."""

from __future__ import annotations

import re
from typing import cast

from wirebook.explain import Explanation
from wirebook.model import Effect, Provider
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import fields, holders, operations

_SECRETS = re.compile(
    r"(?:.*_)?(?:password|passwd|secret|token|auth_?key|private_key|pin)", re.ASCII
)


def check(provider: Provider, report: Report) -> None:
    _notes(provider, report)
    _secrets(provider, report)
    _effects(provider, report)


def _notes(provider: Provider, report: Report) -> None:
    used = _mentions(provider) if provider.notes else frozenset[str]()
    for note in provider.notes:
        if note.key not in used:
            report.warning(
                "unused-note",
                note.where,
                f"nothing refers to the note {quote(note.key)}",
                "add it to the `notes` of what it speaks about",
            )


def _mentions(provider: Provider) -> frozenset[str]:
    """Keys of notes anywhere in the model."""
    found: set[str] = set()
    pending: list[object] = [provider]
    while pending:
        value = pending.pop()
        if isinstance(value, tuple):
            pending += cast("tuple[object, ...]", value)
            continue
        for slot in getattr(value, "__struct_fields__", ()):
            inner = getattr(value, slot)
            if slot == "notes" and not isinstance(value, Provider):
                found.update(inner)
            elif slot not in ("where", "vectors"):
                pending.append(inner)
    return frozenset(found)


def _secrets(provider: Provider, report: Report) -> None:
    given = [(c.name, c.secret, c.where) for c in provider.credentials]
    given += [(field.name, field.secret, field.where) for field, _ in fields(provider)]
    for name, secret, where in given:
        if _SECRETS.fullmatch(name) and not secret:
            report.warning(
                "secret-not-marked",
                where,
                f"{quote(name)} sounds like a secret and is not marked as one",
                "add `secret: true`: it is then kept out of logs and errors",
            )


def _effects(provider: Provider, report: Report) -> None:
    writes = {
        operation.statuses.table
        for operation, _ in operations(provider)
        if operation.does != "reads"
    }
    for product, _ in holders(provider):
        for table in product.tables:
            failures = [row for row in table.statuses if row.reaction is not None]
            if (
                table.key in writes
                and failures
                and all(row.effect is Effect.MAYBE for row in failures)
            ):
                report.warning(
                    "no-effects",
                    table.where,
                    f"no failure of {quote(table.key)} says what it proves about a "
                    "submission",
                    "add `effect: none` where nothing was submitted, with a note",
                )


EXPLANATIONS = (
    Explanation(
        "unused-note",
        "A note that nothing refers to",
        "Notes are printed beside what they speak about; this one would only be found "
        "in the list of all notes.",
        "notes: {N1: {kind: fact, text: …}}\n",
        "notes: {N1: {kind: fact, text: …}}\nservers: {main: {notes: [N1], ...}}\n",
    ),
    Explanation(
        "secret-not-marked",
        "Something that sounds like a secret",
        "`secret: true` keeps a value out of representations, logs, errors and URLs.",
        "credentials: {password: {env: X_PASSWORD}}\n",
        "credentials: {password: {secret: true, env: X_PASSWORD}}\n",
    ),
    Explanation(
        "no-effects",
        "Failures that prove nothing",
        "Without `effect` every failure of a submission leaves its outcome open, and "
        "callers cannot tell a refusal from a message that may have been sent.",
        "-9: {name: BALANCE_TOO_LOW, reaction: balance}\n",
        "-9: {name: BALANCE_TOO_LOW, reaction: balance, effect: none}\n",
    ),
)
