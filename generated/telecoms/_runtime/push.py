"""What a provider pushes to its user: the raw request to a tree.

A receiver is called by strangers, so everything that holds for replies holds here:
strict formats, capped depth, no document types.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qsl

from .formats import json_tree, text_of, xml_tree
from .tree import ReplyProblem, Tree

T = TypeVar("T")

MOST_FIELDS = 1000

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'((?:[^'\\]|\\.)*)'", re.DOTALL)


class UnreadablePush(ValueError):
    """The request is not what the provider documents; its text quotes nothing."""


def json_push(body: bytes, *, lenient: bool = False) -> Tree:
    """A JSON body.

    lenient: texts may stand in single quotes, and names may have blanks around.
    """
    if not lenient:
        return json_tree(body)
    text = text_of(body)
    return _stripped(json_tree(_QUOTED.sub(_requoted, text)))


def xml_push(body: bytes, root: str | None = None) -> Tree:
    """An XML body."""
    return xml_tree(body, root)


def form_push(fields: bytes | str) -> Tree:
    """The fields of a form, or of a query without its question mark; of a name
    that stands several times, a list."""
    text = fields if isinstance(fields, str) else text_of(fields)
    try:
        pairs = parse_qsl(
            text.removeprefix("?"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise UnreadablePush("no form: undecodable, or too many fields") from None
    tree: dict[str, Tree] = {}
    for name, value in pairs:
        there = tree.get(name)
        if there is None:
            tree[name] = value
        elif isinstance(there, list):
            there.append(value)
        else:
            tree[name] = [there, value]
    return tree


def parsed(open_: Callable[[], Tree], read: Callable[[Tree], T]) -> T:
    """What a push says.

    Raises:
        UnreadablePush: it is not what the provider documents.
    """
    try:
        return read(open_())
    except ReplyProblem as problem:
        words = str(problem)
    raise UnreadablePush(words)


def _requoted(match: re.Match[str]) -> str:
    single = match[1]
    if single is None:
        return match[0]
    return json.dumps(single.replace("\\'", "'"))


def _stripped(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {name.strip(): _stripped(value) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_stripped(item) for item in tree]
    return tree
