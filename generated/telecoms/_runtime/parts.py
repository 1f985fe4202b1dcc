"""The parts of a request, in whatever order they are put in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TypeAlias

from . import body, check, encode
from .address import Address, segment
from .encode import Value
from .request import Place

__all__ = ["PARAMETER", "Parts"]

_FIXED, _LEAD, PARAMETER, _TRAIL = range(4)

_Field: TypeAlias = tuple[int, Place, str, Value]
_rank = itemgetter(0)


class Parts:
    """Fields, headers and segments of a path, in the order in which they travel.

    Fields keep this order in query, form, JSON and XML alike: fixed ones, what
    authentication leads with, parameters, what authentication trails with.  Values
    are texts, numbers, booleans, bytes, Secrets, and lists and mappings of these.
    """

    def __init__(
        self,
        method: str,
        path: str,
        place: Place,
        *,
        encoding: str = "form",
        charset: str = "utf-8",
        content_type: str | None = None,
        json_style: str = "compact",
        xml_root: str | None = None,
        xml_namespace: str | None = None,
        array_root: bool = False,
    ) -> None:
        self.method = method
        self.template = path
        self.place = place
        self.encoding = encoding
        self.charset = charset
        self.content_type = content_type
        self.json_style = json_style
        self.xml_root = xml_root
        self.xml_namespace = xml_namespace
        self.array_root = array_root
        self.settings: Mapping[str, str] = {}
        self.session_token = ""
        self.linked = False
        self._boundary = ""
        self._server: Address | None = None
        self._fields: list[_Field] = []
        self._headers: dict[str, tuple[str, str]] = {}
        self._path: dict[str, str] = {}
        self._body: bytes | None = None
        self._ahead: tuple[tuple[str, datetime, float], ...] = ()

    def fixed(self, wire: str, value: Value, place: Place | None = None) -> None:
        """A constant of the operation."""
        self._put(_FIXED, place, wire, value)

    def lead(self, place: Place | None, wire: str, value: Value) -> None:
        """A field of the authentication, in front of the parameters."""
        self._put(_LEAD, place, wire, value)

    def add(
        self,
        wire: str,
        value: Value,
        place: Place | None = None,
        *,
        first: int = 1,
        dots: bool = False,
    ) -> None:
        """A parameter; a list numbers its items from `first` where the wire name
        has `{i}`.

        dots: mappings in a query or form are spread out as `a.b` and not as `a[b]`.
        """
        if dots:
            for name, text in encode.flatten(wire, value, first, dots):
                self._put(PARAMETER, place, name, text)
        elif "{i}" in wire and isinstance(value, Sequence):
            for number, item in enumerate(value, first):
                name = wire.replace("{i}", str(number), 1)
                self._put(PARAMETER, place, name, item)
        else:
            self._put(PARAMETER, place, wire, value)

    def trail(self, place: Place | None, wire: str, value: Value) -> None:
        """A field of the authentication, behind the parameters."""
        self._put(_TRAIL, place, wire, value)

    def header(self, name: str, value: Value) -> None:
        """Set a header; one of the same name gives way."""
        text = check.header_value(name, encode.plain(value, name))
        self._headers.pop(name.lower(), None)
        self._headers[name.lower()] = (name, text)

    def path(self, name: str, value: Value) -> None:
        """Fill `{name}` of the path with one segment."""
        self._path[name] = segment(name, encode.plain(value, name))

    def ahead(self, name: str, moment: datetime, seconds: float) -> None:
        """Let `bind` refuse the parameter `name` unless its moment is `seconds` away.

        Only the client knows what time it is: its clock may be corrected.
        """
        self._ahead = (*self._ahead, (name, moment, seconds))

    def _put(self, rank: int, place: Place | None, wire: str, value: Value) -> None:
        if place is None:
            # A body that is one value has no room for another field.
            alone = self.place is Place.BODY and rank != PARAMETER
            place = Place.QUERY if alone else self.place
        if place is Place.HEADER:
            self.header(wire, value)
        elif place is Place.PATH:
            self.path(wire, value)
        else:
            self._fields.append((rank, place, wire, value))
            self._body = None

    def drop(self, names: Collection[str]) -> None:
        """Take parameters of these names out of the query."""
        self._fields = [
            each
            for each in self._fields
            if each[:2] != (PARAMETER, Place.QUERY) or each[2] not in names
        ]

    def fields(self, place: Place) -> list[tuple[str, Value]]:
        """Wire names and values of one place, in the order of the wire."""
        found = [field for field in self._fields if field[1] is place]
        found.sort(key=_rank)
        return [(wire, value) for _, _, wire, value in found]

    @property
    def places(self) -> set[Place]:
        """Where something is sent."""
        return {place for _, place, _, _ in self._fields}

    def field(self, wire: str) -> str:
        """The text sent under a wire name, in whatever place; empty if there is none."""
        for _, _, name, value in self._fields:
            if name == wire:
                return encode.plain(value, wire)
        return ""

    @property
    def authenticating(self) -> set[str]:
        """The names in the query that the authentication has added."""
        return {
            body.literal(wire)
            for rank, place, wire, _ in self._fields
            if place is Place.QUERY and rank in (_LEAD, _TRAIL)
        }
