"""Trees to values: one getter for each type of the spec language.

A getter takes the tree, the path and further paths that replies use for the same
value.  Plain getters raise DecodeProblem where nothing stands; `optional_` ones
give None for what is absent, null or, unless it is a text, blank.  A value of the
wrong shape raises in both: what a reply says is never guessed (see `values`).

Of a Column, which is many trees, a getter gives a Column of values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast

from . import values
from .lookup import column_of, null, optional, required
from .secret import Secret
from .status import Table
from .subtree import (
    each,
    json,
    keyed,
    many,
    node,
    one,
    optional_node,
    optional_one,
    pieces,
    texts,
)
from .tree import (
    Column,
    DecodeProblem,
    FormatProblem,
    Missing,
    ReplyProblem,
    Tree,
    find_first,
    kind_of,
)

__all__ = [
    "DecodeProblem",
    "FormatProblem",
    "ReplyProblem",
    "Tree",
    "boolean",
    "day",
    "decimal",
    "each",
    "encoded_text",
    "enum",
    "integer",
    "json",
    "keyed",
    "many",
    "member",
    "moment",
    "node",
    "octets",
    "one",
    "optional_boolean",
    "optional_day",
    "optional_decimal",
    "optional_encoded_text",
    "optional_enum",
    "optional_integer",
    "optional_member",
    "optional_moment",
    "optional_node",
    "optional_octets",
    "optional_one",
    "optional_secret",
    "optional_text",
    "optional_time_of_day",
    "pieces",
    "secret",
    "status",
    "text",
    "texts",
    "time_of_day",
]

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def text(tree: Tree, path: str, *aliases: str) -> str:
    """A text, perhaps empty; a number keeps its digits."""
    # Asked without looking first, for it stands there nearly always; this is most of
    # what a long list costs.
    mapping: Any = tree
    try:
        found: object = mapping[path]
    except (KeyError, TypeError):
        found = None
    if type(found) is str:
        return found
    return required(tree, path, aliases, "a text", values.text)


def optional_text(tree: Tree, path: str, *aliases: str) -> str | None:
    """A text, perhaps empty; None for what is absent or null."""
    if type(tree) is dict:
        if path in tree:
            plain = tree[path]
            if type(plain) is str:
                return plain
        elif path and not aliases and "." not in path:
            return None
    elif type(tree) is Column:
        column = column_of(tree, path, aliases, values.text, null)
        return cast("str | None", column)
    found = find_first(tree, path, aliases)
    if isinstance(found, Missing) or found is None:
        return None
    value = values.text(found)
    if value is None:
        raise DecodeProblem(path, f"a text expected, {kind_of(found)} found")
    return value


def secret(tree: Tree, path: str, *aliases: str) -> Secret:
    """A text that must not be shown, not empty."""
    return required(tree, path, aliases, "a text", values.secret)


def optional_secret(tree: Tree, path: str, *aliases: str) -> Secret | None:
    return optional(tree, path, aliases, "a text", values.secret)


def integer(tree: Tree, path: str, *aliases: str) -> int:
    """A whole number of at most 40 digits."""
    return required(tree, path, aliases, "an integer", values.integer)


def optional_integer(tree: Tree, path: str, *aliases: str) -> int | None:
    return optional(tree, path, aliases, "an integer", values.integer)


def decimal(tree: Tree, path: str, *aliases: str) -> Decimal:
    """An exact number; `0.10` keeps its zero."""
    return required(tree, path, aliases, "a decimal number", values.decimal)


def optional_decimal(tree: Tree, path: str, *aliases: str) -> Decimal | None:
    return optional(tree, path, aliases, "a decimal number", values.decimal)


def boolean(
    tree: Tree, path: str, *aliases: str, spelling: tuple[str, str] | None = None
) -> bool:
    """`spelling` is what the wire writes for False, and for True."""
    read = values.boolean(spelling)
    return required(tree, path, aliases, "true or false", read)


def optional_boolean(
    tree: Tree, path: str, *aliases: str, spelling: tuple[str, str] | None = None
) -> bool | None:
    read = values.boolean(spelling)
    return optional(tree, path, aliases, "true or false", read)


def status(tree: Tree, path: str, *aliases: str) -> str | None:
    """The text of a status code, or None where there is none.

    1701, `1701` and ` 1701 ` are the same code; true and 0.0 are codes that no
    table knows.
    """
    found: Tree | Missing
    if type(tree) is dict and path in tree and not aliases:
        found = tree[path]
    else:
        found = find_first(tree, path, aliases)
    if type(found) is str:
        return found.strip(values.BLANKS) or None
    if isinstance(found, Missing) or found is None:
        return None
    if isinstance(found, bool):
        return "true" if found else "false"
    code = values.code(found)
    if code is None:
        raise DecodeProblem(path, f"a status code expected, {kind_of(found)} found")
    return code or None


def enum(
    tree: Tree,
    path: str,
    *aliases: str,
    kind: type[E],
    spellings: Mapping[str, E] | None = None,
) -> E | str:
    """The member of a code; a code that the enum lacks survives as its text.

    `spellings` are further codes of members.
    """
    read: Any = values.enum(kind, spellings)
    found: E | str = required(tree, path, aliases, f"a {kind.__name__}", read)
    return found


def optional_enum(
    tree: Tree,
    path: str,
    *aliases: str,
    kind: type[E],
    spellings: Mapping[str, E] | None = None,
) -> E | str | None:
    read: Any = values.enum(kind, spellings)
    found: E | str | None = optional(tree, path, aliases, f"a {kind.__name__}", read)
    return found


def member(tree: Tree, path: str, *aliases: str, table: Table[E]) -> E | str:
    """The status member of a code; a code that the table lacks survives as text."""
    read: Any = values.member(table)
    found: E | str = required(tree, path, aliases, "a status code", read)
    return found


def optional_member(
    tree: Tree, path: str, *aliases: str, table: Table[E]
) -> E | str | None:
    read: Any = values.member(table)
    found: E | str | None = optional(tree, path, aliases, "a status code", read)
    return found


def moment(
    tree: Tree,
    path: str,
    *aliases: str,
    formats: tuple[str, ...] = ("iso8601",),
    zone: str | None = None,
) -> datetime:
    """An aware moment, by the first of the formats that fits (see `timeformat`).

    `zone` is that of wire times that name none.
    """
    return required(tree, path, aliases, "a moment", values.moment(formats, zone))


def optional_moment(
    tree: Tree,
    path: str,
    *aliases: str,
    formats: tuple[str, ...] = ("iso8601",),
    zone: str | None = None,
) -> datetime | None:
    return optional(tree, path, aliases, "a moment", values.moment(formats, zone))


def day(
    tree: Tree, path: str, *aliases: str, formats: tuple[str, ...] = ("iso8601",)
) -> date:
    """A calendar day."""
    return required(tree, path, aliases, "a date", values.day(formats))


def optional_day(
    tree: Tree, path: str, *aliases: str, formats: tuple[str, ...] = ("iso8601",)
) -> date | None:
    return optional(tree, path, aliases, "a date", values.day(formats))


def time_of_day(
    tree: Tree, path: str, *aliases: str, formats: tuple[str, ...] = ("iso8601",)
) -> time:
    """A time of day without a zone."""
    return required(tree, path, aliases, "a time", values.time_of_day(formats))


def optional_time_of_day(
    tree: Tree, path: str, *aliases: str, formats: tuple[str, ...] = ("iso8601",)
) -> time | None:
    return optional(tree, path, aliases, "a time", values.time_of_day(formats))


def octets(tree: Tree, path: str, *aliases: str, encoding: str = "base64") -> bytes:
    """Bytes that travel as a text: base64, base64url or hex."""
    return required(tree, path, aliases, encoding, values.octets(encoding))


def optional_octets(
    tree: Tree, path: str, *aliases: str, encoding: str = "base64"
) -> bytes | None:
    return optional(tree, path, aliases, encoding, values.octets(encoding))


def encoded_text(tree: Tree, path: str, *aliases: str, encoding: str) -> str:
    """A text that travels as base64, base64url, hex, utf16be_hex or percent."""
    return required(tree, path, aliases, encoding, values.encoded_text(encoding))


def optional_encoded_text(
    tree: Tree, path: str, *aliases: str, encoding: str
) -> str | None:
    return optional(tree, path, aliases, encoding, values.encoded_text(encoding))
