"""A request being put together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, unquote_plus

from . import body, check, encode, payload
from .address import Address, address, fill, segment
from .encode import Value
from .errors import InvalidArgument
from .parts import PARAMETER, Parts
from .request import Place, Request, find_header

__all__ = ["Draft", "Place", "Request"]


class Draft(Parts):
    """A request without its credentials and server, then with them.

    In JSON and XML a dot in a wire name nests (`\\.` is a literal dot), an empty
    wire name is the whole JSON body.  A query in the path stays in front.

    The engine copies a draft for each attempt, `bind`s it to a server, lets the
    authentication add to it, and `build`s the request.
    """

    def copy(self) -> Draft:
        """A draft that can be added to without touching this one."""
        twin = object.__new__(Draft)
        twin.__dict__.update(self.__dict__)
        twin._fields = self._fields.copy()
        twin._headers = self._headers.copy()
        twin._path = self._path.copy()
        return twin

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
                twin._put(PARAMETER, Place.QUERY, name, value)
        return twin

    def setting(self, name: str) -> str:
        return self.settings[name]

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
