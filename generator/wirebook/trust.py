"""Trust: which records of the cache this user's own runs wrote.

The folder of the cache stands in the project, so whoever can change the project, a
pull request for one, can put records there.  Each carries a seal that only a key of
this user makes; one without is as good as none.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from functools import cache

SIZE = 32
"""Bytes of the key."""


def sealed(name: str, content: bytes) -> bytes | None:
    """The content of the record of that name behind its seal; None without a key."""
    seal = _seal(name, content)
    return None if seal is None else seal + b"\n" + content


def opened(name: str, record: bytes) -> bytes:
    """The content of a record.  Raises ValueError where the seal is not ours."""
    given, _, content = record.partition(b"\n")
    seal = _seal(name, content)
    if seal is None or not hmac.compare_digest(given, seal):
        raise ValueError("somebody else wrote this record")
    return content


def _seal(name: str, content: bytes) -> bytes | None:
    key = _key()
    if key is None:
        return None
    return (
        hmac.new(key, name.encode() + b"\n" + content, hashlib.sha256)
        .hexdigest()
        .encode()
    )


@cache
def _key() -> bytes | None:
    """This user's key, made when it is first needed; None where it cannot be kept."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    path = f"{folder}/wirebook/key"
    with suppress(OSError):
        os.makedirs(f"{folder}/wirebook", mode=0o700, exist_ok=True)
        with open(
            path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)
        ) as stream:
            stream.write(secrets.token_bytes(SIZE))
    try:
        with open(path, "rb") as stream:
            key = stream.read(SIZE + 1)
    except OSError:
        return None
    return key if len(key) == SIZE else None
