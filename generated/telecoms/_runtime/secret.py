"""Values that must never be printed, and masks for those that must not be whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NoReturn, Protocol, SupportsIndex, final


@final
class Secret:
    """A text that shows itself only through `reveal()`.

    repr, str and format print `***`; pickling and JSON refuse.  Two secrets are
    compared in constant time.  A secret is never empty.
    """

    __slots__ = ("_value",)

    _value: str

    def __init__(self, value: str) -> None:
        if type(value) is not str:
            raise TypeError(f"a Secret wraps a str, not {type(value).__name__}")
        if not value:
            raise ValueError("a Secret cannot be empty")
        object.__setattr__(self, "_value", value)

    def reveal(self) -> str:
        """The text itself, for the one place that puts it on the wire."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, specification: str) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        from hmac import compare_digest

        return compare_digest(_octets(self._value), _octets(other._value))

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a Secret cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a Secret cannot be changed")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Secret:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a Secret cannot be pickled: reveal() it where it must travel")

    def __getstate__(self) -> NoReturn:
        raise TypeError("a Secret has no state to give away")


class Revealing(Protocol):
    """What `scrub` needs of a secret."""

    def reveal(self) -> str: ...


def mask_phone(number: str) -> str:
    """`***2707`: the last four digits of a long number, the last two of a short one."""
    digits = sum(character.isdigit() for character in number)
    if digits >= 8:
        return "***" + number[-4:]
    return "***" + number[-2:] if digits >= 5 else "***"


_NUMBER = re.compile(r"[0-9](?:[ .()-]?[0-9]){6,}", re.ASCII)
_ADDRESS = re.compile(r"[^\s@<>\"',;:]{1,64}@[^\s@<>\"',;:]{1,255}")


def scrub(text: str, secrets: Iterable[Revealing] = (), longest: int = 200) -> str:
    """Somebody else's words, fit for a log.

    Known secrets go, telephone-like numbers and mail addresses are masked, control
    characters are escaped, and at most `longest` characters stay.
    """
    for secret in secrets:
        text = text.replace(secret.reveal(), "***")
    # Cut with room to spare first: nothing below may see a megabyte.
    text = text[: longest * 4]
    text = _ADDRESS.sub("***@***", text)
    text = _NUMBER.sub(lambda match: mask_phone(match[0]), text)
    text = "".join(
        character if character.isprintable() else ascii(character)[1:-1]
        for character in text
    )
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _octets(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
