"""Which operation a request means: by method, path and constant fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from wirebook.model import Field, Operation, Place, Provider, Variant
from wirebook.runtime import encode

from .exchange import Incoming
from .received import Received, Unreadable


class Route(Struct, frozen=True):
    """One wire form of an operation below one prefix."""

    provider: Provider
    operation: Operation
    variant: Variant | None
    method: str
    place: Place
    pattern: re.Pattern[str]
    constants: tuple[tuple[Place, str, str], ...]

    @property
    def limits(self) -> dict[str, int]:
        return dict(self.variant.max_items) if self.variant else {}

    @property
    def fields(self) -> tuple[Field, ...]:
        """The parameters as they travel in this form."""
        other = {each.name: each for each in self._overrides}
        return tuple(other.get(each.name, each) for each in self.operation.parameters)

    @property
    def _overrides(self) -> tuple[Field, ...]:
        return self.variant.overrides if self.variant else ()

    def carries(self, received: Received) -> bool:
        """Whether the request is filled where this form is, if forms differ in that."""
        places = {
            form.place for form in self.operation.variants if form.method == self.method
        }
        in_body = self.place is not Place.QUERY
        return len(places) < 2 or bool(received.incoming.body) == in_body

    def speaks(self, received: Received) -> bool:
        """Whether a request has the names that only this form has."""
        names = [
            wire
            for each in self._overrides
            for wire in ([part.wire for part in each.split] or [each.wire])
        ]
        return bool(names) and all(received.field(name) for name in names)


class Match(Struct, frozen=True):
    """A route and the request taken apart for it.

    `why` is empty where everything fits; else the route is the nearest one.
    """

    route: Route
    received: Received
    why: str = ""


class Routes:
    """The operations of one provider, by the paths of all its servers."""

    def __init__(self, provider: Provider) -> None:
        self._plain: dict[str, list[Route]] = {}
        self._patterns: list[Route] = []
        for route in _routes(provider):
            path = route.pattern.pattern.replace("\\", "")
            if route.pattern.groups or "(?" in path:
                self._patterns.append(route)
            else:
                self._plain.setdefault(path, []).append(route)

    def match(self, incoming: Incoming, path: str) -> Match | None:
        """The route of a request, the nearest where none fits, or None.

        path: the request's path without what stands before the provider's own.
        """
        nearest: Match | None = None
        fitting: Match | None = None
        found: dict[Place, dict[Place, Any]] = {}
        for route, filled in self._candidates(path):
            # Forms that travel alike are taken apart once.
            received = Received(
                incoming,
                route.operation,
                route.place,
                filled,
                found.setdefault(route.place, {}),
            )
            why = _misfit(route, received)
            if not why and not route.carries(received):
                fitting = fitting or Match(route, received)
                continue
            if not why:
                # Forms of one operation may differ in the names of parameters only.
                if not any(form.overrides for form in route.operation.variants):
                    return Match(route, received)
                if fitting is None or route.speaks(received):
                    fitting = Match(route, received)
                continue
            closer = route.method == incoming.method
            if nearest is None or (closer and nearest.route.method != route.method):
                nearest = Match(route, received, why)
        return fitting or nearest

    def _candidates(self, path: str) -> Iterator[tuple[Route, dict[str, str]]]:
        for route in self._plain.get(path, ()):
            yield route, {}
        for route in self._patterns:
            found = route.pattern.fullmatch(path)
            if found is not None:
                yield route, {
                    name: unquote(text)
                    for name, text in found.groupdict().items()
                    if text
                }


def _misfit(route: Route, received: Received) -> str:
    if received.method != route.method:
        return f"{received.method} is not the method of {route.operation.id}"
    for place, wire, value in route.constants:
        if place is Place.HEADER:
            if received.header_value(wire) != value:
                return f"the header `{wire}` names no operation of this path"
            continue
        try:
            sent = received.sent(place, wire) or [received.field(wire)]
        except Unreadable as problem:
            return str(problem)
        if value not in sent:
            return f"`{wire}` names no operation of this path"
    return ""


def _routes(provider: Provider) -> Iterator[Route]:
    for operation in provider.operations:
        for prefix in prefixes(provider, operation):
            forms: tuple[Variant | None, ...] = operation.variants or (None,)
            for variant in forms:
                method = variant.method if variant else operation.method
                place = variant.place if variant else operation.place
                path, _, fixed = (
                    variant.path if variant else operation.path
                ).partition("?")
                constants = [
                    (_placed(where or place), wire, encode.plain(value))
                    for where, wire, value in operation.fixed
                    # Readers of XML know a namespace no more.
                    if not wire.rpartition(".")[2].startswith("@xmlns")
                ]
                constants += _telling(provider, operation)
                for part in fixed.split("&") if fixed else ():
                    name, _, value = part.partition("=")
                    constants.append((Place.QUERY, unquote(name), unquote(value)))
                yield Route(
                    provider,
                    operation,
                    variant,
                    method,
                    place,
                    _pattern(provider, prefix + path),
                    tuple(constants),
                )


def _telling(provider: Provider, operation: Operation) -> list[tuple[Place, str, str]]:
    """Constant headers by which operations of one path are told apart."""
    others = [
        {name.lower(): value for name, value in other.headers}
        for other in provider.operations
        if (other.method, other.path) == (operation.method, operation.path)
    ]
    return [
        (Place.HEADER, name, value)
        for name, value in operation.headers
        if any(other.get(name.lower(), value) != value for other in others)
    ]


def prefixes(provider: Provider, operation: Operation) -> list[str]:
    """What the provider's servers put before the operation's path, each once."""
    found: dict[str, None] = {}
    for server in provider.servers:
        path = urlsplit(server.url).path.rstrip("/")
        found[path + dict(server.prefixes).get(operation.product or "", "")] = None
    return list(found)


def _placed(place: Place) -> Place:
    return Place.QUERY if place is Place.BODY else place


def _pattern(provider: Provider, path: str) -> re.Pattern[str]:
    settings = {setting.name: setting for setting in provider.settings}
    text = ""
    for part in re.split(r"(\{\w+\})", path):
        name = part.strip("{}")
        if not part.startswith("{"):
            text += re.escape(part)
        elif name in settings and settings[name].values:
            text += f"(?:{'|'.join(re.escape(v) for v in settings[name].values)})"
        else:
            text += f"(?P<{name}>[^/]+)"
    return re.compile(text)
