"""errors.py: one exception class per reaction that the provider's codes call for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, joined
from wirebook.model import Family, Product, Provider, Reaction, Status, StatusTable
from wirebook.prose import Prose, wrapped
from wirebook.reactions import SHARED, UNKNOWN, class_of, reactions

ADVICE = {
    Reaction.CREDENTIALS: "Fix the credentials.",
    Reaction.CLOCK: "Set the clock.",
    Reaction.PERMISSION: "Ask the provider for permission.",
    Reaction.BALANCE: "Top up the account.",
    Reaction.SLOW_DOWN: "Slow down.",
    Reaction.REQUEST: "Fix the request.",
    Reaction.RECIPIENT: "Drop the recipient.",
    Reaction.CONTENT: "Change the content.",
    Reaction.DUPLICATE: "Look at the first request: the provider has it.",
    Reaction.WAIT: "Wait, then try again.",
    Reaction.GIVE_UP: "Give up, the failure is the provider's.",
}


class Error(Struct, frozen=True):
    """One class of errors."""

    class_name: Code
    bases: Code
    docstring: Code


class Errors(Struct, frozen=True):
    """What errors.py contains."""

    docstring: Code
    errors: tuple[Error, ...]


def errors(provider: Provider) -> Errors:
    base = f"{provider.class_prefix}Error"
    shared = identifier("errors.ProviderError")
    classes = [
        Error(
            identifier(base),
            shared,
            docstring(["The provider answered with a status that is no success."], 1),
        )
    ]
    tree: list[str] = [f"* {base}: any status, also one that no table lists"]
    for reaction in reactions(provider):
        name = class_of(reaction)
        # A clock that is off is a kind of credential that is not accepted.
        clock = reaction is Reaction.CLOCK
        parent = class_of(Reaction.CREDENTIALS) if clock else base
        codes = _codes(provider, reaction)
        words = Prose(1)
        if len(codes) == 1:
            words.summary(f"{ADVICE[reaction].rstrip('.')}: {codes[0]}.")
        else:
            words.summary(ADVICE[reaction]).bullets(codes)
        bases = joined(
            (identifier(parent), identifier(f"errors.{SHARED[reaction]}")), ", "
        )
        classes.append(Error(identifier(name), bases, docstring(words.text(), 1)))
        margin = "    " if clock else "  "
        advice = ADVICE[reaction].rstrip(".").lower()
        tree.append(f"{margin}- {name}: {advice}")
    text = "Nobody knows whether the request took effect: ask before sending it again."
    bases = joined((identifier(base), identifier("errors.OutcomeUnknown")), ", ")
    classes.append(Error(identifier(UNKNOWN), bases, docstring([text], 1)))
    tree.append(f"  - {UNKNOWN}: ask before sending again")
    words = (
        Prose(0)
        .summary(f"What can go wrong with {provider.title}, one class per reaction.")
        .lines(line for entry in tree for line in wrapped_tree(entry))
    )
    return Errors(docstring(words.text()), tuple(classes))


def wrapped_tree(entry: str) -> list[str]:
    """A line of the tree; what does not fit hangs below its text."""
    margin = len(entry) - len(entry.lstrip(" "))
    first, *rest = wrapped(entry, 0, hang=margin + 2, first=margin)
    return [" " * margin + first, *rest]


def _codes(provider: Provider, reaction: Reaction) -> list[str]:
    """For each table the codes that have the reaction."""
    lines: list[str] = []
    for product, table in _tables(provider):
        codes = [_code(row) for row in _rows(table) if row.reaction is reaction]
        if codes:
            home = f"{product.key}." if product.key else ""
            lines.append(f"`{home}{table.class_name}` {', '.join(codes)}")
    return lines


def _code(row: Status | Family) -> str:
    if isinstance(row, Status):
        return row.code
    if row.prefix is not None:
        return f"{row.prefix}…"
    if row.codes:
        return ", ".join(row.codes)
    return f"{row.minimum} to {row.maximum}"


def _rows(table: StatusTable) -> tuple[Status | Family, ...]:
    return (*table.statuses, *table.families)


def _tables(provider: Provider) -> Iterator[tuple[Product, StatusTable]]:
    for product in (provider.shared, *provider.products):
        for table in product.tables:
            yield product, table
