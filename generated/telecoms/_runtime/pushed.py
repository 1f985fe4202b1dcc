"""Whether a push comes from the provider: what it carries, computed again."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from . import encode, formats
from .address import address
from .credentials import BaseCredentials
from .draft import Draft, Place
from .encode import Value
from .errors import InvalidArgument, InvalidCallback
from .moment import Clock, Moment, Random
from .request import find_header
from .secret import Secret
from .tree import MISSING, ReplyProblem, find

Keys = Mapping[str, str | Secret | None]
"""Credentials by name; None is read from the environment."""

_HEX = re.compile(r"[0-9A-Fa-f]+")


class Proof:
    """How a push proves where it comes from.

    scheme: puts the proof into a request; over a `Pushed` it looks for it there.
    credentials: their class.  names: those that the scheme needs.
    """

    __slots__ = ("scheme", "credentials", "names")

    def __init__(
        self,
        # Any: each provider's scheme takes its own credentials.
        scheme: Callable[[Any, Any, Moment], None],
        credentials: type[BaseCredentials],
        *names: str,
    ) -> None:
        self.scheme = scheme
        self.credentials = credentials
        self.names = names

    def keys(self, given: Keys) -> BaseCredentials:
        """The credentials that are needed.

        Raises:
            InvalidArgument: one is missing, or not what the provider gives out.
        """
        return self.credentials.some({name: given.get(name) for name in self.names})

    def check(self, push: Pushed, keys: BaseCredentials) -> None:
        """Return for a push of the provider's.

        Raises:
            InvalidCallback: it carries no proof, or one that does not fit.
        """
        self.scheme(push, keys, Moment(Clock(), Random()))


class Pushed(Draft):
    """A push, read as a request of our own would be written.

    url: the whole URL that the provider called, as it knows it.
    fields: the pairs of a form in the body.

    What a scheme would add to a draft must stand here already.

    Raises:
        InvalidArgument: the URL is none.
    """

    __slots__ = ("_id", "_url", "_sent", "_content", "_form")

    def __init__(
        self,
        id: str,
        *,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        format: str,
        charset: str,
    ) -> None:
        place = Place.JSON if format == "json" else Place.FORM
        super().__init__(method, "/", place, charset=charset)
        parts = urlsplit(url)
        try:
            self._server = address(f"{parts.scheme}://{parts.netloc}")
        except InvalidArgument:
            words = "url: the whole URL that the provider called is needed"
            raise InvalidArgument(words, parameter="url") from None
        self._id = id
        self._url = parts
        self._sent = list(headers.items())
        self._content = body
        self._form = parse_qsl(
            body.decode("ascii", "replace") if format == "form" else "",
            keep_blank_values=True,
            encoding=charset,
        )

    @property
    def query_pairs(self) -> list[tuple[str, str | bytes]]:
        found = parse_qsl(
            self._url.query, keep_blank_values=True, encoding=self.charset
        )
        return list(found)

    @property
    def form_pairs(self) -> list[tuple[str, str | bytes]]:
        return list(self._form)

    @property
    def json_tree(self) -> Value:
        return cast("Value", formats.json_tree(self._content, self.charset))

    @property
    def query_text(self) -> str:
        return self._url.query

    @property
    def request_path(self) -> str:
        return self._url.path or "/"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return self._sent

    @property
    def body(self) -> bytes:
        return self._content

    def header_value(self, name: str) -> str:
        return find_header(self._sent, name) or ""

    def field(self, wire: str) -> str:
        """The text under a name, in the query, the form or the JSON."""
        for name, value in (*self.query_pairs, *self._form):
            if name == wire:
                return str(value)
        return self._json(wire) if self.place is Place.JSON else ""

    # What a scheme puts in is looked for.

    def header(self, name: str, value: Value) -> None:
        # A provider that changes its key sends a signature under each.
        carried = self.header_value(name)
        self._compare(name, [carried, *re.split(r"\s*,\s*", carried)], value)

    def lead(self, place: Place | None, wire: str, value: Value) -> None:
        self._carries(place, wire, value)

    def trail(self, place: Place | None, wire: str, value: Value) -> None:
        self._carries(place, wire, value)

    def _carries(self, place: Place | None, wire: str, value: Value) -> None:
        pairs: list[tuple[str, str | bytes]] = []
        if place in (None, Place.QUERY):
            pairs += self.query_pairs
        if place in (None, Place.FORM):
            pairs += self.form_pairs
        carried = [str(text) for name, text in pairs if name == wire]
        if place in (None, Place.JSON) and self.place is Place.JSON:
            carried.append(self._json(wire))
        self._compare(wire, carried, value)

    def _json(self, wire: str) -> str:
        try:
            found = find(formats.json_tree(self._content, self.charset), wire)
        except ReplyProblem:
            return ""
        return "" if found is MISSING or found is None else str(found)

    def _compare(self, wire: str, carried: list[str], value: Value) -> None:
        wanted = encode.plain(value, wire)
        for text in carried:
            if _HEX.fullmatch(wanted):
                wanted, text = wanted.lower(), text.lower()
            if wanted and hmac.compare_digest(wanted.encode(), text.encode()):
                return
        words = "is missing" if not any(carried) else "does not fit"
        raise InvalidCallback(
            f"{wire} {words}: not the provider's, or another key or URL",
            operation=self._id,
            reason="signature",
        )
