"""Reactions: which class of errors each of them raises."""

from __future__ import annotations

from .model import Provider, Reaction

SHARED = {
    Reaction.CREDENTIALS: "InvalidCredentials",
    Reaction.CLOCK: "ClockSkew",
    Reaction.PERMISSION: "PermissionDenied",
    Reaction.BALANCE: "InsufficientBalance",
    Reaction.SLOW_DOWN: "RateLimited",
    Reaction.REQUEST: "InvalidRequest",
    Reaction.RECIPIENT: "RecipientRejected",
    Reaction.CONTENT: "ContentRejected",
    Reaction.DUPLICATE: "DuplicateRequest",
    Reaction.WAIT: "TemporarilyUnavailable",
    Reaction.GIVE_UP: "ProviderFailure",
}
"""The classes that all providers share, in the floor."""

UNKNOWN = "OutcomeUnknownError"
"""A provider's class for an outcome that nobody knows."""


def class_of(reaction: Reaction) -> str:
    """The provider's own class."""
    return f"{SHARED[reaction]}Error"


def reactions(provider: Provider) -> list[Reaction]:
    """Those that occur in the provider's tables; clock implies credentials."""
    tables = [
        table
        for product in (provider.shared, *provider.products)
        for table in product.tables
    ]
    found = {row.reaction for table in tables for row in table.statuses}
    found |= {family.reaction for table in tables for family in table.families}
    if Reaction.CLOCK in found:
        found.add(Reaction.CREDENTIALS)
    return [reaction for reaction in Reaction if reaction in found]


def class_names(provider: Provider) -> list[str]:
    """All classes of the provider's errors, base first."""
    names = [class_of(reaction) for reaction in reactions(provider)]
    return [f"{provider.class_prefix}Error", *names, UNKNOWN]
