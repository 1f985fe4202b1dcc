"""JSON, strictly: what another parser could read differently is refused."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from json import JSONDecodeError, JSONDecoder
from typing import Any, cast

from .octets import text_of
from .tree import FormatProblem, Tree

DEEPEST = 32
"""Levels of nesting in a reply."""
LONGEST_NUMBER = 64
"""Characters of a number in a reply."""
LONG = 8192
"""Characters from which on it costs less to count names than to compare them."""

_NOT_TOLD = bytes(set(range(256)) - set(b'[]{}"'))
"""What says nothing about depth."""


def json_tree(body: bytes | str, charset: str = "utf-8") -> Tree:
    """The value, integers as int and other numbers as Decimal.

    Refused: duplicate names, NaN and Infinity, more than 32 levels, numbers of
    more than 64 characters, anything behind the value.
    """
    text = body if isinstance(body, str) else text_of(body, charset)
    many = len(text) >= LONG
    brackets = b""
    if many or text.count("[") + text.count("{") > DEEPEST:
        # Not in every charset are brackets what they are in ASCII.
        if isinstance(body, str) or charset != "utf-8":
            body = text.encode("utf-8", "surrogatepass")
        brackets = _brackets(body)
        # The parser recurses: its own limit is the interpreter's stack.
        _check_depth(brackets)
    try:
        if many and (tree := _counted(text, len(brackets) // 2)) is not None:
            return tree[0]
        return cast("Tree", _DECODER.decode(text))
    except JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise FormatProblem(f"no JSON: {problem.msg} at {where}") from None


def _counted(text: str, containers: int) -> tuple[Tree] | None:
    """The value, where it is plain to see that no name stands twice; comparing names
    would cost as much as parsing.

    containers: how many objects and lists the text has.
    """
    tree: Any = _COUNTED.decode(text)
    kept = _members_kept(tree, containers)
    # The first bound costs least, the second is that of texts with colons in them.
    if text.count(":") > kept and _most_names(text) > kept:
        return None
    return (cast("Tree", tree),)


def _brackets(body: bytes) -> bytes:
    """The brackets outside of strings, and nothing else."""
    if b"\\" in body:
        # What is escaped ends no string; and no parser comes past a backslash outside.
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    # Quotes that touch cancel out, which leaves few or none.
    left = body.translate(None, _NOT_TOLD).replace(b'""', b"")
    return b"".join(left.split(b'"')[::2])


def _check_depth(brackets: bytes) -> None:
    left = brackets
    # Each round takes at least one level off and at most two.
    for _ in range(DEEPEST // 2):
        left = left.replace(b"{}", b"").replace(b"[]", b"")
        if not left:
            return
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise FormatProblem(f"JSON nested deeper than {DEEPEST} levels")


def _most_names(text: str) -> int:
    """How many names stand in the text at most.

    Behind each name stands a colon, and in front of that the name's closing quote or
    white space.  What texts hold can only make them more.
    """
    return sum(text.count(f"{mark}:") for mark in '" \t\n\r' if mark in text)


def _members_kept(tree: object, containers: int) -> int:
    """How many members all objects of a tree have.

    containers: how many objects and lists the text has; once that many are found,
    nothing more is looked at.
    """
    kept = found = 0
    for likely in (True, False):
        kept = found = 0
        level: list[Any] = [tree]
        while level and found < containers:
            objects: list[dict[str, Any]] = level
            lists: list[list[Any]] = []
            if set(map(type, level)) != {dict}:
                objects = [each for each in level if type(each) is dict]
                lists = [each for each in level if type(each) is list]
            kept += sum(map(len, objects))
            found += len(objects) + len(lists)
            left = containers - found
            level = _inside(objects, lists, left if likely else -1) if left else []
        if found == containers:
            break
    return kept


def _inside(
    objects: list[dict[str, Any]], lists: list[list[Any]], most: int
) -> list[Any]:
    """What stands in the lists, and where the first of the objects holds others; or
    everything, where that were more than `most`, for then they are not alike."""
    first = objects[0] if objects else {}
    names = [name for name, value in first.items() if type(value) in (dict, list)]
    if len(names) * len(objects) > most:
        values = (each.values() for each in objects)
        return [*chain.from_iterable(chain(values, lists))]
    found = [*chain.from_iterable(lists)]
    for name in names:
        found += [each.get(name) for each in objects]
    return found


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise FormatProblem("JSON with a name that stands twice in one object")
    return members


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise FormatProblem(f"JSON with a number of {len(digits)} digits")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if len(digits) > LONGEST_NUMBER:
        raise FormatProblem(f"JSON with a number of {len(digits)} characters")
    number = Decimal(digits)
    if abs(number.adjusted()) > LONGEST_NUMBER:
        raise FormatProblem("JSON with a number out of all proportion")
    return number


def _constant(name: str) -> Any:
    raise FormatProblem(f"JSON with {name}, which is no JSON number")


_COUNTED = JSONDecoder(
    parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)
_DECODER = JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_integer,
    parse_float=_decimal,
    parse_constant=_constant,
)
