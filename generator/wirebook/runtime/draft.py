"""A request being put together."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote_plus

from . import body, check, encode, payload
from .address import Address, address, fill, segment
from .encode import Value
from .errors import InvalidArgument
from .request import Place, Request, find_header

__all__ = ["Draft", "Place", "Request"]

_FIXED, _LEAD, _PARAMETER, _TRAIL = range(4)


_Field: TypeAlias = tuple[int, Place, str, Value]
_rank = itemgetter(0)


class Draft:
    """A request without its credentials and server, then with them.

    Fields keep this order in query, form, JSON and XML alike: fixed ones, what
    authentication leads with, parameters, what authentication trails with.  Values
    are texts, numbers, booleans, bytes, Secrets, and lists and mappings of these.
    In JSON and XML a dot in a wire name nests (`\\.` is a literal dot), an empty
    wire name is the whole JSON body.  A query in the path stays in front.

    The engine copies a draft for each attempt, `bind`s it to a server, lets the
    authentication add to it, and `build`s the request.
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

    def copy(self) -> Draft:
        """A draft that can be added to without touching this one."""
        twin = object.__new__(Draft)
        twin.__dict__.update(self.__dict__)
        twin._fields = self._fields.copy()
        twin._headers = self._headers.copy()
        twin._path = self._path.copy()
        return twin

    # Putting values in.

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
                self._put(_PARAMETER, place, name, text)
        elif "{i}" in wire and isinstance(value, Sequence):
            for number, item in enumerate(value, first):
                name = wire.replace("{i}", str(number), 1)
                self._put(_PARAMETER, place, name, item)
        else:
            self._put(_PARAMETER, place, wire, value)

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
            alone = self.place is Place.BODY and rank != _PARAMETER
            place = Place.QUERY if alone else self.place
        if place is Place.HEADER:
            self.header(wire, value)
        elif place is Place.PATH:
            self.path(wire, value)
        else:
            self._fields.append((rank, place, wire, value))
            self._body = None

    def asking(self, query: str) -> Draft:
        """A draft with these pairs in place of all fields of its query.

        What stands in the path's own query stays there, and is not said twice.
        """
        twin = self.copy()
        twin.linked = True
        _, _, own = self.template.partition("?")
        said = {unquote_plus(part.partition("=")[0]) for part in own.split("&")}
        twin._fields = [each for each in self._fields if each[1] is not Place.QUERY]
        for name, value in parse_qsl(
            query, keep_blank_values=True, encoding=self.charset
        ):
            if name not in said:
                twin._put(_PARAMETER, Place.QUERY, name, value)
        return twin

    def drop(self, names: Collection[str]) -> None:
        """Take parameters of these names out of the query."""
        self._fields = [
            each
            for each in self._fields
            if each[:2] != (_PARAMETER, Place.QUERY) or each[2] not in names
        ]

    # Looking at what will be sent, for signatures.

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

    def setting(self, name: str) -> str:
        return self.settings[name]

    @property
    def authenticating(self) -> set[str]:
        """The names in the query that the authentication has added."""
        return {
            body.literal(wire)
            for rank, place, wire, _ in self._fields
            if place is Place.QUERY and rank in (_LEAD, _TRAIL)
        }

    @property
    def query_pairs(self) -> list[tuple[str, str | bytes]]:
        """Names and values of the query, those of the path first, not yet encoded."""
        _, _, fixed = self.template.partition("?")
        found: list[tuple[str, str | bytes]] = []
        for part in fill(fixed, self._known).split("&") if fixed else ():
            name, _, value = part.partition("=")
            found.append((unquote_plus(name), unquote_plus(value)))
        return found + self._pairs(Place.QUERY)

    @property
    def form_pairs(self) -> list[tuple[str, str | bytes]]:
        """Names and values of the form, not yet encoded."""
        return self._pairs(Place.FORM)

    @property
    def json_tree(self) -> Value:
        """The JSON body before it is written."""
        return body.tree(self.fields(Place.JSON))

    @property
    def query_text(self) -> str:
        """The query as sent, without the question mark."""
        _, _, fixed = self.template.partition("?")
        pairs = self._pairs(Place.QUERY)
        added = encode.pairs(pairs, self.encoding, self.charset) if pairs else ""
        if not fixed:
            return added
        return "&".join(part for part in (fill(fixed, self._known), added) if part)

    @property
    def request_path(self) -> str:
        """The path as sent, with the server's prefix, percent-encoded."""
        path, _, _ = self.template.partition("?")
        return self._bound.prefix + fill(path, self._known) or "/"

    @property
    def target(self) -> str:
        query = self.query_text
        return f"{self.request_path}?{query}" if query else self.request_path

    @property
    def host(self) -> str:
        """The host, with the port where it is not the scheme's own."""
        return self._bound.host

    @property
    def hostname(self) -> str:
        """The host without port."""
        return self._bound.hostname

    @property
    def port(self) -> str:
        """The port, also where it is the scheme's own."""
        return self._bound.port

    @property
    def url(self) -> str:
        return self._bound.origin + self.target

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All headers that the draft decides, Host first."""
        found = [("Host", self.host)]
        media_type = payload.media_type(self)
        if media_type and "content-type" not in self._headers:
            found.append(("Content-Type", media_type))
        found += self._headers.values()
        return found

    def header_value(self, name: str) -> str:
        """A header as sent; empty if there is none."""
        return find_header(self.headers, name) or ""

    @property
    def body(self) -> bytes:
        """The exact bytes of the body."""
        if self._body is None:
            self._body = payload.payload(self)
        return self._body

    @property
    def boundary(self) -> str:
        """What parts a multipart body: given by `bind`, or made up once."""
        if not self._boundary:
            self._boundary = os.urandom(16).hex()
        return self._boundary

    # Becoming a request.

    def bind(
        self,
        base_url: str,
        settings: Mapping[str, str] | None = None,
        *,
        session_token: str = "",
        boundary: str = "",
        now: datetime | None = None,
    ) -> Draft:
        """Tell the draft its server, and what its authentication may ask for.

        now: the client's time, for moments that must lie `ahead`.
        """
        for name, moment, seconds in self._ahead if now is not None else ():
            check.moment(name, moment, ahead=seconds, now=now)
        self.settings = settings or {}
        self.session_token = session_token
        if boundary:
            self._boundary = boundary
            self._body = None
        self._server = address(fill(base_url, self._setting))
        return self

    def build(
        self, base_url: str | None = None, settings: Mapping[str, str] | None = None
    ) -> Request:
        """The request; needs the server unless the draft is bound to one."""
        if base_url is not None:
            self.bind(base_url, settings, session_token=self.session_token)
        target = self.target
        return Request(
            self.method,
            f"{self._bound.origin}{target}",
            target,
            self.headers,
            self.body,
            self._safe_url,
        )

    def _safe_url(self) -> str:
        """The URL with the names that the document gives, and no value."""
        path, _, fixed = self.template.partition("?")
        names = [part.partition("=")[0] for part in fixed.split("&") if part]
        # Not the names as sent: keys of a mapping are the caller's.
        names += [wire for wire, _ in self.fields(Place.QUERY)]
        shown = "&".join(f"{name}=***" for name in dict.fromkeys(names))
        url = f"{self._bound.origin}{self._bound.prefix}{path}"
        return f"{url}?{shown}" if shown else url

    @property
    def _bound(self) -> Address:
        if self._server is None:
            raise ValueError("the draft is bound to no server yet")
        return self._server

    def _setting(self, name: str) -> str:
        return segment(name, self.settings[name])

    def _known(self, name: str) -> str:
        if name in self._path:
            return self._path[name]
        if name in self.settings:
            return self._setting(name)
        raise InvalidArgument(f"{name}: the path needs it", parameter=name)

    def _pairs(self, place: Place) -> list[tuple[str, str | bytes]]:
        return body.pairs(self.fields(place))

    def __repr__(self) -> str:
        return f"Draft({self.method} {self.template}, {len(self._fields)} fields)"
