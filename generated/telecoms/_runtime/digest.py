"""The closed vocabulary of authentication: joins, digests, HMACs, canonical forms.

Parts are texts, bytes and Secrets; texts count as their UTF-8 bytes.
"""

from __future__ import annotations

import base64 as _base64
import hashlib
import hmac as _hmac
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, overload

from .canonical import canonical, replaced
from .encode import percent
from .errors import InvalidArgument
from .secret import Secret

__all__ = [
    "Part",
    "canonical",
    "case",
    "decode",
    "digest",
    "encode",
    "hmac",
    "join",
    "piece",
    "replace",
]

Part: TypeAlias = str | bytes | Secret

Algorithm: TypeAlias = Literal["md5", "sha1", "sha256", "sha384", "sha512"]
Output: TypeAlias = Literal[
    "hex", "hex_upper", "base64", "base64url", "base64url_unpadded"
]
Encoding: TypeAlias = Literal[
    "base64",
    "base64url",
    "base64url_unpadded",
    "hex",
    "hex_upper",
    "percent",
    "form",
]

_HASHES = {
    "md5": hashlib.md5,
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


def octets(parts: Sequence[Part], separator: str = "") -> bytes:
    """The bytes of the parts with the separator between."""
    return separator.encode("utf-8").join([_octets(part) for part in parts])


def _octets(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    text = part.reveal() if isinstance(part, Secret) else part
    return text.encode("utf-8")


@overload
def join(parts: Sequence[str | Secret], separator: str = "") -> str: ...
@overload
def join(parts: Sequence[Part], separator: str = "") -> str | bytes: ...
def join(parts: Sequence[Part], separator: str = "") -> str | bytes:
    """The parts with the separator between; bytes if one of them is."""
    data = octets(parts, separator)
    raw = any(isinstance(part, bytes) for part in parts)
    return data if raw else data.decode("utf-8")


@overload
def digest(
    algorithm: Algorithm,
    parts: Sequence[Part],
    *,
    separator: str = "",
    output: Output = "hex",
) -> str: ...
@overload
def digest(
    algorithm: Algorithm,
    parts: Sequence[Part],
    *,
    separator: str = "",
    output: Literal["raw"],
) -> bytes: ...
def digest(
    algorithm: Algorithm,
    parts: Sequence[Part],
    *,
    separator: str = "",
    output: Output | Literal["raw"] = "hex",
) -> str | bytes:
    """The hash of the joined parts."""
    # The provider chose: md5 here signs nothing that we could make safer.
    made = _HASHES[algorithm](octets(parts, separator), usedforsecurity=False)
    return _written(made.digest(), output)


@overload
def hmac(
    algorithm: Algorithm,
    key: Sequence[Part],
    parts: Sequence[Part],
    *,
    separator: str = "",
    output: Output = "hex",
) -> str: ...
@overload
def hmac(
    algorithm: Algorithm,
    key: Sequence[Part],
    parts: Sequence[Part],
    *,
    separator: str = "",
    output: Literal["raw"],
) -> bytes: ...
def hmac(
    algorithm: Algorithm,
    key: Sequence[Part],
    parts: Sequence[Part],
    *,
    separator: str = "",
    output: Output | Literal["raw"] = "hex",
) -> str | bytes:
    """The HMAC of the joined parts under the joined key."""
    made = _hmac.digest(octets(key), octets(parts, separator), algorithm)
    return _written(made, output)


def encode(encoding: Encoding, parts: Sequence[Part], *, separator: str = "") -> str:
    """The joined parts in another spelling."""
    data = octets(parts, separator)
    if encoding == "percent":
        return percent(data, "rfc3986")
    if encoding == "form":
        return percent(data, "form")
    written = _written(data, encoding)
    assert isinstance(written, str)
    return written


def decode(
    encoding: Literal["base64", "base64url", "hex"],
    parts: Sequence[Part],
    *,
    name: str | None = None,
) -> bytes:
    """The bytes that the joined parts stand for, a missing padding filled in.

    Raises InvalidArgument where they stand for none: about `name`, the text itself is
    not quoted.
    """
    data = octets(parts).strip()
    try:
        if encoding == "hex":
            return bytes.fromhex(data.decode("ascii"))
        padded = data + b"=" * (-len(data) % 4)
        signs = b"-_" if encoding == "base64url" else b"+/"
        return _base64.b64decode(padded, altchars=signs, validate=True)
    except ValueError:
        pass
    # Outside the handler: the first exception may quote the key.
    raise InvalidArgument(
        f"{name or 'a credential'}: not written in {encoding}", parameter=name
    )


@overload
def piece(parts: Sequence[str | Secret], start: int, end: int) -> str: ...
@overload
def piece(parts: Sequence[Part], start: int, end: int) -> str | bytes: ...
def piece(parts: Sequence[Part], start: int, end: int) -> str | bytes:
    """Characters of the joined parts, bytes if one of them is bytes."""
    return join(parts)[start:end]


def replace(parts: Sequence[str | Secret], pairs: Mapping[str, str]) -> str:
    """The joined parts with texts in place of others."""
    return replaced(join(parts), pairs)


def case(
    case: Literal["upper", "lower"],
    parts: Sequence[str | Secret],
    *,
    separator: str = "",
) -> str:
    """The joined parts in upper or lower case."""
    text = join(parts, separator)
    return text.upper() if case == "upper" else text.lower()


def _written(data: bytes, output: Output | Literal["raw"]) -> str | bytes:
    match output:
        case "raw":
            return data
        case "hex":
            return data.hex()
        case "hex_upper":
            return data.hex().upper()
        case "base64":
            return _base64.b64encode(data).decode("ascii")
        case "base64url":
            return _base64.urlsafe_b64encode(data).decode("ascii")
        case "base64url_unpadded":
            return _base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
