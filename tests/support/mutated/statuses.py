"""Edits of status tables."""

from __future__ import annotations

from tests.support.mutation import Mutation, both, one

_TWICE = "      4: {name: TWICE, text: The same message again, reaction: duplicate}\n"
_ONLY = "only: [0, 1, 2, 3, 4, 5], "
_SESSION = """\
bearer: $session.token
    session: {operation: send, token: message_id, lifetime: 60}
"""
_RETIRED = "    retired: {OLD_NAME: Acme dropped it.}\n"
_TABLE = """\
  third_result:
    type: int
    summary: Another one.
    src: doc
    success: [0]
    codes:
      0: {name: SUCCESS, text: Fine}
enums:
"""

MUTATIONS = (
    one("S002", "enums:\n", _TABLE),
    Mutation("S001", [(_TABLE, "enums:\n")], [("enums:\n", _TABLE)]),
    one("S003", "  other_result:\n", "  other_result:\n    class: OtherOne\n"),
    Mutation(
        "S004",
        [
            (
                _TWICE,
                _TWICE + "      6: {name: NIGHT, text: Not at night, reaction: wait}\n",
            )
        ],
    ),
    Mutation(
        "S005",
        [("      6: {name: NIGHT, text: Not at night, reaction: wait}\n", "")],
        [
            (
                _TWICE,
                _TWICE + "      6: {name: NIGHT, text: Not at night, reaction: wait}\n",
            )
        ],
    ),
    one("S006", "name: NO_MONEY", "name: BROKE"),
    Mutation(
        "S007",
        [("      6: {name: NIGHT", "      7: {name: NIGHT")],
        [
            (
                _TWICE,
                _TWICE + "      6: {name: NIGHT, text: Not at night, reaction: wait}\n",
            )
        ],
    ),
    one("S008", "text: No money left", "text: No credit left"),
    one("S009", "reaction: balance", "reaction: permission"),
    both(
        "S010",
        ("    success: [0]\n    defaults", "    success: [0, 4]\n    defaults"),
        (", reaction: duplicate", ""),
    ),
    one("S011", "message: why\n", "message: reason\n"),
    Mutation(
        "S012",
        [
            (
                "    type: int\n    summary: Another one.",
                "    type: string\n    summary: Another one.",
            )
        ],
        [("enums:\n", _TABLE)],
    ),
    one("S013", "maximum: 199", "maximum: 299"),
    one(
        "S014",
        "book?all=1\n    statuses: {table: r",
        "book?all=1\n    statuses: {table: other_r",
    ),
    one("S015", _ONLY, ""),
    one("S016", _ONLY, "only: [0, 1, 2, 3, 5], "),
    one("S017", "Internal error, nothing was sent", "Internal error"),
    one(
        "S018", "text: No money left, ", "text: No money left, deprecated: Not sent., "
    ),
    one("S019", _RETIRED, ""),
    one("S020", "aliases: [33]", "aliases: [33, 34]"),
    one("S021", ", aliases: [33]", ""),
    Mutation(
        "S022",
        [("deprecated: Not sent., ", "")],
        [("text: No money left, ", "text: No money left, deprecated: Not sent., ")],
    ),
    one("E001", "name: NO_MONEY, ", "name: NO_MONEY, retry: allowed, "),
    one("E002", "retry: after_delay, wait: 5", "retry: never"),
    one("E003", "reaction: wait, effect: maybe", "reaction: wait, effect: none"),
    one(
        "E004",
        "defaults: {effect: none, retry: never}",
        "defaults: {effect: none, retry: allowed}",
    ),
    one("E005", "wait: 5", "wait: 6"),
    one("E006", "    path: /many\n", "    path: /many\n    repeatable: true\n"),
    one("E008", "rate: {calls: 10", "rate: {calls: 20"),
    one("E009", "reaction: duplicate", "reaction: duplicate, success_on_retry: true"),
    Mutation(
        "E010",
        [("reaction: credentials", "reaction: credentials, renews_session: true")],
        [
            (
                "bearer: $api_key\n",
                _SESSION,
            )
        ],
    ),
)
