"""Names for things, and which of them are nobody else's business."""

from __future__ import annotations

import re

from wirebook.naming import ARGUMENT_RESERVED, CLIENT_RESERVED, RESERVED
from wirebook.rules.reserved import BUILTINS, CLIENT, CLOCK, FLOOR, MODULES, RECORD

_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
"""Texts in quotes only."""
_RESERVED = RESERVED.union(
    *(ARGUMENT_RESERVED, CLIENT_RESERVED, BUILTINS, CLIENT, CLOCK, FLOOR, MODULES),
    *(RECORD, _YAML),
)

_SECRET = frozenset(
    [
        "key",
        "secret",
        "token",
        "password",
        "passwd",
        "pass",
        "pwd",
        "auth",
        "authorization",
        "sign",
        "signature",
        "sig",
        "credential",
        "credentials",
        "cookie",
        "session",
        "hash",
        "hmac",
        "jwt",
        "bearer",
    ]
)
_SECRET_ENDS = ("key", "token", "secret", "password", "passwd", "pwd", "signature")
_ABOUT = frozenset(["alg", "algorithm", "method", "mode", "name", "type", "version"])
"""Last words of what is said about a secret: SignatureMethod, SignName, token_type."""
_NO_SECRET = frozenset({"idempotency_key", "x_idempotency_key", "keyword"})
_ACCOUNT = frozenset(
    [
        "user",
        "username",
        "user_name",
        "user_id",
        "userid",
        "login",
        "account",
        "account_id",
        "account_sid",
        "ac",
        "sid",
        "client_id",
        "app_id",
        "appid",
        "uid",
        "customer_id",
    ]
)
_TAKEN = {"from": "sender", "server": "host"}
_LABELLED = re.compile(
    r"(?i)((?:key|secret|token|password|passwd|pwd|authorization|bearer|basic)\b"
    r"[\"']?\s*[:=：]?\s*[\"']?)([^\s\"'&,;<>)]*\d[^\s\"'&,;<>)]*)"
)
LONGEST = 1_000
"""Characters of a text that are looked at."""
_LONG = re.compile(r"[A-Za-z0-9+/_=.-]{16,}")


def snake(wire: str) -> str:
    """`X-Api-Key` -> `x_api_key`, `messageId` -> `message_id`."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", wire)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text)
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def name(wire: str, other: str = "value") -> str:
    """A name that a spec takes, from a wire name or path."""
    found = snake(wire.replace(".", "_"))[:50].strip("_") or other
    if not found[0].isalpha():
        found = f"{other}_{found}"
    if found in _TAKEN or found in _RESERVED:
        found = _TAKEN.get(found, f"{found}_value")
    return found


def member(text: str, code: str) -> str:
    """An enum member's name from a provider's words."""
    words = re.findall(r"[A-Za-z0-9]+", text)[:5]
    found = "_".join(words).upper()[:60]
    if not found or not found[0].isalpha():
        found = f"CODE_{re.sub(r'[^A-Za-z0-9]+', '_', code).strip('_')}".upper()
    return found


def is_secret(wire: str) -> bool:
    """Whether a value of that name must not be seen."""
    last = snake(wire.rpartition(".")[2])
    if last in _NO_SECRET:
        return False
    parts = last.split("_")
    if len(parts) > 1 and parts[-1] in _ABOUT:
        return False
    return any(part in _SECRET for part in parts) or parts[-1].endswith(_SECRET_ENDS)


def is_credential(wire: str) -> bool:
    """Whether it says who calls: a secret, or the name of an account."""
    return is_secret(wire) or snake(wire.rpartition(".")[2]) in _ACCOUNT


def looks_secret(text: str) -> bool:
    """Long, and of letters and digits: no word of a language."""
    return any(
        re.search(r"\d", found) and re.search(r"[A-Za-z]", found)
        for found in _LONG.findall(text)
    )


def redacted(text: str) -> str:
    """The first words of a text without what looks like somebody's credentials."""
    text = _LABELLED.sub(r"\1***", text[:LONGEST])
    text = _LONG.sub(lambda found: "***" if looks_secret(found[0]) else found[0], text)
    return " ".join(text.split())
