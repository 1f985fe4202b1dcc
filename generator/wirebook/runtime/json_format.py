"""JSON, strictly: what another parser could read differently is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from json import JSONDecodeError, JSONDecoder
from typing import Any, cast

from .octets import text_of
from .tree import FormatProblem, Tree

DEEPEST = 32
"""Levels of nesting in a reply."""
LONGEST_NUMBER = 64
"""Characters of a number in a reply."""
LONG = 8192
"""Characters from which on it costs less to look at the text as a whole."""

# A bracket, or a whole string so that brackets inside it do not count.  Possessive,
# so that a hostile string costs one pass.
_BRACKET = re.compile(r'[\[{]|[\]}]|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"\\'))


def json_tree(body: bytes | str, charset: str = "utf-8") -> Tree:
    """The value, integers as int and other numbers as Decimal.

    Refused: duplicate names, NaN and Infinity, more than 32 levels, numbers of
    more than 64 characters, anything behind the value.
    """
    text = body if isinstance(body, str) else text_of(body, charset)
    _check_depth(text)
    try:
        if len(text) >= LONG and (tree := _counted(text)) is not None:
            return tree[0]
        return cast("Tree", _DECODER.decode(text))
    except JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise FormatProblem(f"no JSON: {problem.msg} at {where}") from None


def _check_depth(text: str) -> None:
    # The parser recurses: its own limit is the interpreter's stack.
    if len(text) < LONG and text.count("[") + text.count("{") <= DEEPEST:
        return
    if _plainly_shallow(text):
        return
    depth = 0
    for match in _BRACKET.finditer(text):
        letter = match[0][0]
        if letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise FormatProblem(f"JSON nested deeper than {DEEPEST} levels")
        elif letter != '"':
            depth -= 1


def _plainly_shallow(text: str) -> bool:
    """Whether the depth is allowed, for long lists of flat objects at little cost.

    Without what stands between brackets and quotes, quotes that touch cancel out;
    if none is left, no string holds a bracket.  Then each round takes at least one
    level off and at most two.
    """
    marks = text.encode("utf-8", "surrogatepass").translate(None, _NO_MARKS)
    left = marks.replace(b'""', b"")
    if b'"' in left or b"\\" in left:
        return False
    for _ in range(DEEPEST // 2):
        left = left.replace(b"{}", b"").replace(b"[]", b"")
        if not left:
            return True
    return False


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise FormatProblem("JSON with a name that stands twice in one object")
    return members


def _counted(text: str) -> tuple[Tree] | None:
    """The value, where it is plain to see that no name stands twice.

    Behind each name stands a colon, and in front of that the name's closing quote or
    white space.  If there are no more such places than members were kept, each has
    its own; what texts hold can only make them more.
    """
    sizes: list[int] = []
    keep = sizes.append

    def seen(members: dict[str, Any]) -> dict[str, Any]:
        keep(len(members))
        return members

    tree = JSONDecoder(
        object_hook=seen,
        parse_int=_integer,
        parse_float=_decimal,
        parse_constant=_constant,
    ).decode(text)
    kept = sum(sizes)
    if text.count(":") > kept:
        before = (mark for mark in '" \t\n\r' if mark in text)
        if sum(text.count(f"{mark}:") for mark in before) > kept:
            return None
    return (cast("Tree", tree),)


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


_DECODER = JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_integer,
    parse_float=_decimal,
    parse_constant=_constant,
)
