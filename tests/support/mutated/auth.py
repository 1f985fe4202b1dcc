"""Edits of the authentication."""

from __future__ import annotations

from tests.support.mutation import Mutation, both, one

_EXTRA = (
    "  extra: {secret: true, optional: true, env: ACME_EXTRA, summary: A second key.,"
    " src: doc}\n"
)
_THIRD_SCHEME = """\
  third:
    summary: Another.
    src: doc
    headers: {X-Only: $extra}
"""
_SESSION = """\
bearer: $session.token
    session: {operation: send, token: message_id, lifetime: 60}
"""
_SCHEME = "    bearer: $api_key\n    headers: {X-Extra: $extra}\n"

MUTATIONS = (
    one("A001", "bearer: $api_key", "bearer: $extra"),
    Mutation(
        "A002",
        [
            (_EXTRA, _EXTRA + "  pin: {secret: true, summary: A pin.}\n"),
            ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
        ],
    ),
    Mutation(
        "A003",
        [(_EXTRA, ""), ("    headers: {X-Extra: $extra}\n", "")],
    ),
    both("A004", ("  extra: {", "  second: {"), ("$extra", "$second")),
    one("A005", "parameters: {ac: $account", "parameters: {acc: $account"),
    both(
        "A006",
        (
            "parameters: {ac: $account, key: $api_key}",
            "parameters: {key: $api_key}\n    query: {ac: $account}",
        ),
    ),
    Mutation(
        "A007",
        [("pin: {secret: true, ", "pin: {")],
        [
            (_EXTRA, _EXTRA + "  pin: {secret: true, summary: A pin.}\n"),
            ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
        ],
    ),
    Mutation(
        "A008",
        [("pin: {", "pin: {secret: true, ")],
        [
            (_EXTRA, _EXTRA + "  pin: {summary: A pin.}\n"),
            ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
        ],
    ),
    one("A009", "digest: md5", "digest: sha256"),
    one("A010", "[$account, $api_key, $moment]", "[$api_key, $account, $moment]"),
    one("A011", "$moment]}", "$moment], output: hex_upper}"),
    one("A012", "now: unix_seconds", "now: unix_milliseconds"),
    one("A013", ", X-Kind: plain", ""),
    one("A014", "allowed_skew: 300", "allowed_skew: 200"),
    one("A015", "'[0-9]+'", "'[0-9]{3}'"),
    one("A017", "api_key: {secret: true, ", "api_key: {secret: true, optional: true, "),
    one("A018", "extra: {secret: true, optional: true, ", "extra: {secret: true, "),
    both(
        "A020",
        (_EXTRA, _EXTRA + "  pin: {secret: true, optional: true, summary: A pin.}\n"),
        ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
    ),
    one(
        "A021",
        _SCHEME,
        _SCHEME + _THIRD_SCHEME,
    ),
    Mutation(
        "A022",
        [
            (
                _THIRD_SCHEME,
                "",
            )
        ],
        [
            (
                _SCHEME,
                _SCHEME + _THIRD_SCHEME,
            )
        ],
    ),
    Mutation(
        "A023",
        [("lifetime: 60", "lifetime: 90")],
        [
            (
                "bearer: $api_key\n",
                _SESSION,
            )
        ],
    ),
    one("A025", "{ac: $account", "{ac: $account, more: $account"),
    one("A026", ", key: $api_key}", "}"),
)
