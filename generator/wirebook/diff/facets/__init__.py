"""What every facet of the model shows in, and which rule names its differences.

A facet that is not listed here shows everywhere and is named by no rule: its
differences are findings of their own (M002).
"""

from __future__ import annotations

from collections.abc import Mapping

from wirebook.diff.rule import Group

from . import auth, field, operation, provider, reply, status
from .choice import Facet, Uses

FACETS: Mapping[str, Mapping[str, Facet]] = {
    "provider": provider.PROVIDER,
    "product": provider.PRODUCT,
    "source": provider.SOURCE,
    "note": provider.NOTE,
    "server": provider.SERVER,
    "setting": provider.SETTING,
    "credential": provider.CREDENTIAL,
    "scheme": auth.SCHEME,
    "step": auth.STEP,
    "placement": auth.PLACEMENT,
    "operation": operation.OPERATION,
    "variant": operation.VARIANT,
    "rule": operation.RULE,
    "callback": operation.CALLBACK,
    "segment": operation.SEGMENT,
    "vector": operation.VECTOR,
    "parameter": field.FIELD,
    "field": field.FIELD,
    "model": field.MODEL,
    "enum": field.ENUM,
    "value": field.VALUE,
    "table": status.TABLE,
    "status": status.STATUS,
    "family": status.FAMILY,
    "reply": reply.REPLY,
    "alternate": reply.ALTERNATE,
}

OUTSIDE_DOC = frozenset({Group.SOURCE, Group.WIRE, Group.BEHAVIOUR})


def facet(role: str, name: str) -> Facet | None:
    """The entry of a facet: its full name, else the longest part before a dot.

    Names given by the spec may hold dots themselves: `texts.1.2`, `fixed.a.b`.
    """
    known = FACETS.get(role, {})
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return known.get(name)


def groups(role: str, name: str) -> frozenset[Group]:
    """The projections in which a facet shows."""
    entry = facet(role, name)
    return entry.groups if entry else OUTSIDE_DOC


__all__ = ["FACETS", "OUTSIDE_DOC", "Facet", "Uses", "facet", "groups"]
