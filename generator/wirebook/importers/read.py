"""A file of any known format, by what it holds and not by its name."""

from __future__ import annotations

import json
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from wirebook.document.reader import LOADER

from .curl import commands, from_command, urls
from .found import Call, Found, chosen
from .found import tree as as_map
from .openapi import openapi
from .recorded import har, postman
from .tables import tables

LARGEST = 5_000_000
"""Bytes of a file; recordings of an afternoon are smaller."""
DEEPEST = 100
"""Maps and lists inside each other."""


class Unreadable(Exception):
    """A file in which nothing was found: why, and what can be read."""


def read(text: str, name: str) -> Found:
    """What a file holds.  Raises Unreadable."""
    tree = _tree(text)
    try:
        if tree is not None:
            found = _known(tree)
            if found is not None:
                return found
    except RecursionError as problem:
        raise Unreadable(f"{name}: it nests deeper than can be followed") from problem
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as problem:
        raise Unreadable(
            f"{name}: it breaks off or is not what it says: {problem!r}"
        ) from problem
    found = Found(_unlike(_calls(text)), tables(text))
    if not found.calls and not found.tables:
        raise Unreadable(
            f"{name}: there is no curl command, URL, table, HAR file, Postman"
            " collection or OpenAPI document in it"
        )
    return found


def _tree(text: str) -> Any:
    try:
        tree: Any = json.loads(text)
    except RecursionError:
        return None
    except ValueError:
        if "openapi:" not in text and "swagger:" not in text:
            return None
        tree = _yaml(text)
    return as_map(tree) or None


def _yaml(text: str) -> Any:
    """YAML without aliases: a few of them stand for more than there is memory."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST or isinstance(event, AliasEvent):
                return None
        return yaml.load(text, Loader=LOADER)  # noqa: S506 — a safe one either way
    except (yaml.YAMLError, ValueError, OverflowError):
        return None


def _known(tree: Any) -> Found | None:
    if "log" in tree and "entries" in tree["log"]:
        return har(tree)
    if "openapi" in tree or "swagger" in tree:
        return openapi(tree)
    if "info" in tree and "item" in tree:
        return postman(tree)
    return None


def _calls(text: str) -> list[Call]:
    found = [from_command(command) for command in commands(text)]
    rest = text
    for command in commands(text):
        rest = rest.replace(command, "")
    return [*(call for call in found if call), *urls(rest)]


def _unlike(calls: list[Call]) -> list[Call]:
    """One call of each kind: samples in eight languages say the same."""
    kept: dict[tuple[str, ...], Call] = {}
    for call in calls:
        if call.path == "/" and not call.values:
            continue
        other = kept.setdefault((call.path, *chosen(call)), call)
        wires = {value.wire for value in other.values}
        other.values += [value for value in call.values if value.wire not in wires]
    return [*kept.values()]
