"""A file of any known format, by what it holds and not by its name."""

from __future__ import annotations

import json
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from wirebook.document.reader import LOADER

from .curl import MOST_REQUESTS, commands, from_command, urls
from .found import Call, Found, chosen
from .found import tree as as_map
from .openapi import openapi
from .recorded import har, postman
from .samples import attach
from .tables import tables
from .usable import usable

LARGEST = 5_000_000
"""Bytes of a file; recordings of an afternoon are smaller."""
DEEPEST = 100
"""Maps and lists inside each other."""
MOST_EVENTS = 500_000
"""Of YAML: its values, and the ends of its maps and lists."""
MOST_LINES = 200_000
"""Of a text."""


class Unreadable(Exception):
    """A file in which nothing was found: why, and what can be read."""


def read(text: str, name: str) -> Found:
    """What a file holds, as far as a spec can say it.  Raises Unreadable."""
    return usable(_read(text, name))


def _read(text: str, name: str) -> Found:
    tree = _tree(text, name)
    try:
        if tree is not None:
            found = _known(tree)
            if found is not None:
                return found
    except RecursionError as problem:
        raise Unreadable(f"{name}: it nests deeper than can be followed") from problem
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as problem:
        raise Unreadable(
            f"{name}: it breaks off or is not what it says, a HAR file, a Postman"
            " collection or an OpenAPI document"
        ) from problem
    if text.count("\n") > MOST_LINES:
        raise Unreadable(f"{name}: it has more than {MOST_LINES} lines")
    found = Found(_unlike(_calls(text, name)), tables(text))
    if not found.calls and not found.tables:
        raise Unreadable(
            f"{name}: there is no curl command, URL, table, HAR file, Postman"
            " collection or OpenAPI document in it"
        )
    return found


def _tree(text: str, name: str) -> Any:
    try:
        tree: Any = json.loads(text)
    except RecursionError:
        return None
    except ValueError:
        if "openapi:" not in text and "swagger:" not in text:
            return None
        tree = _yaml(text, name)
    return as_map(tree) or None


def _yaml(text: str, name: str) -> Any:
    """YAML without aliases: a few of them stand for more than there is memory."""
    depth = 0
    try:
        for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST or count > MOST_EVENTS:
                raise Unreadable(f"{name}: it holds more YAML than can be followed")
            if isinstance(event, AliasEvent):
                raise Unreadable(f"{name}: aliases of YAML are not followed")
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


def _calls(text: str, name: str) -> list[Call]:
    typed, rest = commands(text)
    made = [(at, from_command(command)) for at, command in typed]
    placed = [(at, call) for at, call in made if call is not None]
    found = [*placed, *urls(rest)]
    if max(len(typed), len(found)) > MOST_REQUESTS:
        raise Unreadable(
            f"{name}: there are more than {MOST_REQUESTS} commands or URLs in it;"
            " hand in the part that shows the API"
        )
    attach(rest, found)
    return [call for _, call in found]


def _unlike(calls: list[Call]) -> list[Call]:
    """One call of each kind: samples in eight languages say the same."""
    kept: dict[tuple[str, ...], Call] = {}
    for call in calls:
        if call.path == "/" and not call.values:
            continue
        other = kept.setdefault((call.path, *chosen(call)), call)
        wires = {value.wire for value in other.values}
        other.values += [value for value in call.values if value.wire not in wires]
        other.place = other.place or call.place
        if other.reply is None:
            other.reply, other.shape = call.reply, call.shape
    return [*kept.values()]
