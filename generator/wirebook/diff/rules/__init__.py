"""Every rule by its identifier, a module per subject.

Letters are families: P provider and products, T servers and settings, A
authentication, O operations, C callbacks, G segments, N former names, Q
parameters, K local checks, W wire formats, S statuses, R replies, E repetition,
D documents and proof, M reviewing.
"""

from __future__ import annotations

from wirebook.diff.rule import Rule

from . import auth, doc, operation, parameter, provider, reply, status

RULES: dict[str, Rule] = {
    rule.id: rule
    for module in (provider, auth, operation, parameter, status, reply, doc)
    for rule in module.RULES
}

NOT_HERE = {
    "P004": "modules have no name of their own: it is the provider's id",
    "P005": "there is one version of the language",
    "P009": "the generated package has no version of its own",
    "A016": "`wirebook lint` refuses a signature that no vector proves",
    "R019": "enums in replies are always open: unknown values pass",
    "R022": "a field of a reply is described or it is not",
    "E007": "the language has no idempotency keys",
}
"""Identifiers that are taken and have no meaning in this language."""
