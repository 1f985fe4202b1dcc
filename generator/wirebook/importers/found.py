"""What importers find: calls and tables, without any value that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import unquote, unquote_plus

from msgspec import Struct

from .shapes import shape_of
from .words import looks_secret, snake


@dataclass(slots=True)
class Value:
    """One value of a request: its wire name and what its sample says of it."""

    wire: str
    place: str
    """path, query, header, form, json or multipart."""
    type: str = "string"
    list: str = ""
    """The spec's list style, where the sample is a list."""
    constant: str | None = None
    """A value that chooses the operation."""
    optional: bool = False
    summary: str = ""
    limits: dict[str, int] = field(default_factory=dict[str, int])
    digest: str = ""
    """Digest and output that the sample's length suggests, such as `md5 hex`."""


class Delimited(Struct, frozen=True):
    """A sample of a reply between separators: how many fields, of how many records."""

    separator: str
    fields: list[str]
    many: bool


@dataclass(slots=True)
class Call:
    """One request.  `server` is scheme and host, `path` begins with a slash."""

    method: str
    server: str
    path: str
    values: list[Value] = field(default_factory=list[Value])
    place: str = ""
    """Where the body's parameters travel; empty where there is no body."""
    name: str = ""
    summary: str = ""
    basic: bool = False
    bearer: bool = False
    reply: Any = None
    """A sample of a reply, as a tree or Delimited: only names and types are used."""
    shape: str = ""
    """Format of the reply, where it is known: json, xml, delimited or text."""
    root: str = ""
    """xml: the root element."""
    errors: list[str] = field(default_factory=list[str])
    """What is said of HTTP statuses that are failures."""


def chosen(call: Call) -> tuple[str, ...]:
    """The constants that tell operations of one path apart."""
    return tuple(value.constant for value in call.values if value.constant)


@dataclass(slots=True)
class Table:
    """A table of a page, by rows of cells."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(slots=True)
class Found:
    calls: list[Call] = field(default_factory=list[Call])
    tables: list[Table] = field(default_factory=list[Table])
    title: str = ""
    remarks: list[str] = field(default_factory=list[str])
    """What was seen and could not be used."""

    def add(self, other: Found) -> None:
        self.calls += other.calls
        self.tables += other.tables
        self.title = self.title or other.title
        self.remarks += other.remarks


CHOOSERS = frozenset(
    {"action", "cmd", "command", "op", "operation", "version", "format"}
)
"""Parameters whose value names an operation and is nobody's secret."""


def sampled(wire: str, place: str, text: str) -> Value:
    """A value of a query, form or header, judged by its sample."""
    value = Value(wire, place, type_of(wire, text), digest=shape_of(unquote(text)))
    plain = text if place in ("header", "json") else unquote_plus(text)
    if snake(wire) in CHOOSERS and plain.isidentifier() and not looks_secret(plain):
        value.constant = plain
    elif "{|}" in plain:
        value.list = '{join: "{|}"}'
    elif value.type == "phone" and "," in plain:
        value.list = '{join: ","}'
    return value


def tree(value: Any) -> Any:
    """A value of somebody's document where a map is expected; else an empty map."""
    return cast("Any", value) if isinstance(value, dict) else {}


def of_json(sample: Any, prefix: str = "") -> Iterator[Value]:
    """The values of a JSON body, by dotted wire paths."""
    pairs: Iterator[tuple[str, Any]] = iter(sample.items())
    for key, item in pairs:
        wire = f"{prefix}{key}"
        if not key or any(letter in key for letter in ".*[] \t\n"):
            continue
        if isinstance(item, dict) and item:
            yield from of_json(item, f"{wire}.")
        elif isinstance(item, list):
            items: list[Any] = [*item]
            first = items[0] if items else None
            scalar = first is not None and not isinstance(first, dict | list)
            kind = type_of(key, first) if scalar else "json"
            yield Value(wire, "json", kind, "{json: true}" if scalar else "")
        elif isinstance(item, str):
            found = sampled(key, "json", item)
            found.wire = wire
            yield found
        else:
            yield Value(wire, "json", type_of(key, item))


_PHONES = ("to", "phone", "mobile", "msisdn", "recipient", "recipients", "destination")
_TEXTS = ("text", "message", "content", "msg", "body", "sms")


def type_of(wire: str, sample: Any) -> str:
    """The type that a name and a sample suggest."""
    if isinstance(sample, bool):
        return "boolean"
    if isinstance(sample, int):
        return "integer"
    if isinstance(sample, float):
        return "decimal"
    if isinstance(sample, dict | list) or sample is None:
        return "json"
    last = snake(wire.rpartition(".")[2])
    parts = last.split("_")
    if any(part.rstrip("s") in _PHONES or part in _PHONES for part in parts):
        return "phone"
    if last in _TEXTS:
        return "text"
    return "email" if parts[-1] in ("email", "mail") else "string"
