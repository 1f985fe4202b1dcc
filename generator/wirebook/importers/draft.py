"""A spec that is being proposed, and how its values are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from .found import Found, Value


@dataclass(slots=True)
class Scheme:
    """A scheme of credentials: its key and the lines below it."""

    key: str
    lines: list[str]


class Sample(Struct, frozen=True):
    """A call with placeholders: what a vector will show."""

    operation: str
    arguments: str
    """The mapping of YAML between its braces."""
    method: str
    headers: tuple[str, ...]
    """The headers that the input has: a vector holds the request against them."""


@dataclass(slots=True)
class Draft:
    """What is known so far.  Lists hold lines of YAML."""

    id: str
    found: Found
    credentials: dict[str, Value] = field(default_factory=dict[str, Value])
    schemes: dict[tuple[str, ...], Scheme] = field(
        default_factory=dict[tuple[str, ...], Scheme]
    )
    settings: set[str] = field(default_factory=set[str])
    models: list[str] = field(default_factory=list[str])
    names: set[str] = field(default_factory=set[str])
    samples: list[Sample] = field(default_factory=list[Sample])
    tables: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    remarks: list[str] = field(default_factory=list[str])


def quoted(text: str) -> str:
    """A YAML text in double quotes."""
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(text: str) -> str:
    """A text on one line, of characters that are seen."""
    return "".join(
        letter if letter.isprintable() else " " for letter in " ".join(text.split())
    )


def listed(texts: Iterable[str]) -> str:
    """A YAML list on one line."""
    return f"[{', '.join(map(quoted, texts))}]"


def unique(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 2
    while found in taken:
        found, count = f"{wanted}_{count}", count + 1
    taken.add(found)
    return found
