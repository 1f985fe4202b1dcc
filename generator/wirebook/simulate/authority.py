"""Who is calling: credentials and signatures, computed again and compared.

The functions that compute are those with which the clients sign.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from wirebook.model import (
    Canonical,
    Case,
    Decoded,
    Digest,
    Encoded,
    Hmac,
    Join,
    Literal,
    Nonce,
    Now,
    Place,
    Placement,
    Reference,
    Replaced,
    Scheme,
    Slice,
    Value,
)
from wirebook.model.parts import parts
from wirebook.runtime import digest, timeformat
from wirebook.runtime.digest import Part
from wirebook.runtime.draft import Draft
from wirebook.runtime.tree import MISSING, Tree

from .fault import Fault, words_of
from .received import Received, at

SKEW = 24 * 3600.0
"""Seconds of difference that are taken where the provider names none."""


class Authority:
    """Checks requests against one scheme.

    `account` holds the credentials that are right, `tokens` the sessions that
    were handed out.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._computed = dict(scheme.compute)
        self._placements = placements(scheme)

    def fault(
        self,
        received: Received,
        account: Mapping[str, str],
        settings: Mapping[str, str],
        tokens: Mapping[str, Any],
        now: datetime,
    ) -> Fault | None:
        """What is wrong with the request's credentials, if anything is."""
        sent: list[tuple[Placement, list[str]]] = []
        for placement in self._placements:
            if self._optional(placement, account):
                continue
            values = _values(received, placement)
            if isinstance(placement.value, Literal) and placement.place is Place.HEADER:
                continue
            if not values or "" in values:
                return Fault(
                    "credentials",
                    f"`{placement.wire}` is missing: it authenticates the request",
                    words=frozenset(words_of(placement.wire)),
                )
            sent.append((placement, values))
        chosen = self._chosen(sent)
        late = self._clock(chosen, now)
        if late is not None:
            return late
        for index, (placement, values) in enumerate(sent):
            received.absent = frozenset(each.wire for each, _ in sent[index:])
            known = Known(received, account, settings, chosen, self._computed)
            for value in values:
                wrong = self._wrong(placement, value, known, tokens)
                if wrong is not None:
                    received.absent = frozenset()
                    return wrong
        received.absent = frozenset()
        return None

    def _optional(self, placement: Placement, account: Mapping[str, str]) -> bool:
        value = placement.value
        return (
            isinstance(value, Reference)
            and value.kind == "name"
            and value.name not in self._computed
            and value.name not in account
        )

    def _chosen(self, sent: list[tuple[Placement, list[str]]]) -> dict[str, str]:
        """What the client chose itself, times and nonces, read from where it is."""
        chosen: dict[str, str] = {}
        for placement, values in sent:
            names: list[str] = []
            pattern = self._pattern(placement.value, names)
            found = re.fullmatch(pattern, values[0], re.DOTALL)
            if found is not None:
                for name, text in zip(names, found.groups(), strict=True):
                    chosen.setdefault(name, text)
        return chosen

    def _pattern(self, value: Value, names: list[str]) -> str:
        match value:
            case Literal(text):
                return re.escape(text)
            case Join(separator=separator, of=of):
                return re.escape(separator).join(self._pattern(p, names) for p in of)
            case Reference(kind="name", name=name) if isinstance(
                self._computed.get(name), Now | Nonce
            ):
                names.append(name)
                return "(.+?)"
            case Reference(kind="name", name=name) if name in self._computed:
                return self._pattern(self._computed[name], names)
            case _:
                return ".+?"

    def _clock(self, chosen: Mapping[str, str], now: datetime) -> Fault | None:
        allowed = self._scheme.allowed_skew or SKEW
        for name, text in chosen.items():
            value = self._computed[name]
            if not isinstance(value, Now):
                continue
            try:
                moment = timeformat.read(text, value.format, value.zone)
            except ValueError:
                return Fault(
                    "clock", f"`{name}` is no time as {value.format} writes it"
                )
            if abs(now - moment) > timedelta(seconds=allowed):
                apart = round(abs((now - moment).total_seconds()))
                return Fault(
                    "clock",
                    f"`{name}` is {apart} s away from the provider's clock; "
                    f"at most {allowed:g} s are allowed",
                )
        return None

    def _wrong(
        self,
        placement: Placement,
        value: str,
        known: Known,
        tokens: Mapping[str, Any],
    ) -> Fault | None:
        if known.needs_token(placement.value):
            if any(known.under(token).fits(placement.value, value) for token in tokens):
                return None
            return Fault("session", f"`{placement.wire}` holds no token of a session")
        if isinstance(placement.value, Now | Nonce):
            return None
        if known.fits(placement.value, value):
            return None
        words = frozenset(words_of(placement.wire))
        if isinstance(placement.value, Reference) and known.is_credential(
            placement.value
        ):
            name = placement.value.name
            return Fault(
                "credentials",
                f"`{placement.wire}` is not the {name} of this account",
                words=words | words_of(name),
            )
        return Fault(
            "signature",
            f"`{placement.wire}` does not fit this request; computed again from it, "
            "the account's credentials give another value",
            words=words,
        )


class Known:
    """Everything that a value of the scheme may refer to."""

    def __init__(
        self,
        received: Draft,
        account: Mapping[str, str],
        settings: Mapping[str, str],
        chosen: Mapping[str, str],
        computed: Mapping[str, Value],
        token: str = "",
    ) -> None:
        self._received = received
        self._account = account
        self._settings = settings
        self._chosen = chosen
        self._computed = computed
        self._token = token

    def under(self, token: str) -> Known:
        """The same in the session of a token."""
        return Known(
            self._received,
            self._account,
            self._settings,
            self._chosen,
            self._computed,
            token,
        )

    def needs_token(self, value: Value) -> bool:
        """Whether a session's token is in it, as it is or inside of a signature."""
        return any(
            part.kind == "session"
            or (
                part.name in self._computed
                and self.needs_token(self._computed[part.name])
            )
            for part in parts(value)
            if isinstance(part, Reference)
        )

    def fits(self, value: Value, given: str) -> bool:
        """Whether the value is what was given."""
        wanted = self.text(value)
        if self.is_hex(value):
            # Providers compare digests without regard to case.
            wanted, given = wanted.lower(), given.lower()
        return hmac.compare_digest(wanted.encode(), given.encode())

    def is_credential(self, value: Reference) -> bool:
        return value.kind == "name" and value.name in self._account

    def is_hex(self, value: Value) -> bool:
        if isinstance(value, Reference) and value.name in self._computed:
            return self.is_hex(self._computed[value.name])
        return isinstance(value, Digest | Hmac) and value.output.startswith("hex")

    def text(self, value: Value) -> str:
        part: Part = self.part(value)
        return part.decode("latin-1") if isinstance(part, bytes) else str(part)

    def part(self, value: Value) -> Any:
        match value:
            case Literal(text):
                return text
            case Reference(kind, name):
                return self._reference(kind, name)
            case Now() | Nonce():
                return ""
            case Join(separator=separator, of=of):
                return digest.join(self._parts(of), separator)
            case Digest():
                made = cast("Any", digest.digest)(
                    value.algorithm,
                    self._parts(value.of),
                    separator=value.separator,
                    output=value.output,
                )
                return cast("Part", made)
            case Hmac():
                made = cast("Any", digest.hmac)(
                    value.algorithm,
                    self._parts(value.key),
                    self._parts(value.of),
                    separator=value.separator,
                    output=value.output,
                )
                return cast("Part", made)
            case Encoded():
                return digest.encode(
                    cast("Any", value.encoding),
                    self._parts(value.of),
                    separator=value.separator,
                )
            case Case():
                pieces = cast("Any", self._parts(value.of))
                return digest.case(cast("Any", value.case), pieces)
            case Decoded():
                return digest.decode(cast("Any", value.encoding), self._parts(value.of))
            case Replaced():
                pieces = cast("Any", self._parts(value.of))
                return digest.replace(pieces, dict(value.pairs))
            case Slice():
                return digest.piece(self._parts(value.of), value.start, value.end)
            case Canonical():
                return digest.canonical(
                    self._received,
                    cast("Any", value.of),
                    style=cast("Any", value.style),
                    sort=cast("Any", value.sort),
                    pair=value.pair,
                    separator=value.separator,
                    trailing=value.trailing,
                    names=value.names,
                    exclude=value.exclude,
                    skip_empty=value.skip_empty,
                    values_only=value.values_only,
                    replace=dict(value.replace),
                )

    def _parts(self, values: tuple[Value, ...]) -> list[Part]:
        return [self.part(value) for value in values]

    def _reference(self, kind: str, name: str) -> Any:
        match kind:
            case "setting":
                return self._settings.get(name, "")
            case "session":
                return self._token
            case "header":
                return self._received.header_value(name)
            case "field":
                return self._received.field(name)
            case "request":
                return getattr(self._received, REQUEST[name])
            case _ if name in self._chosen:
                return self._chosen[name]
            case _ if name in self._computed:
                return self.part(self._computed[name])
            case _:
                return self._account.get(name, "")


REQUEST = {
    "method": "method",
    "path": "request_path",
    "host": "host",
    "hostname": "hostname",
    "port": "port",
    "url": "url",
    "target": "target",
    "query": "query_text",
    "body": "body",
}


def _values(received: Received, placement: Placement) -> list[str]:
    """What was sent in the placement's place; several below a `*`."""
    place = placement.place or Place(received.place.value)
    match place:
        case Place.HEADER:
            return [received.header_value(placement.wire)]
        case Place.PATH:
            return [received.filled.get(placement.wire, "")]
        case Place.JSON | Place.XML:
            return _below(received.tree(place), place, placement.wire)
        case Place.BODY:
            place = Place.QUERY
        case _:
            pass
    pairs = received.sent_pairs(place)
    return [str(value) for name, value in pairs if name == placement.wire]


def _below(tree: Tree, place: Place, wire: str) -> list[str]:
    above, star, below = wire.partition(".*.")
    found = at(tree, place, above)
    if not star:
        return [] if found is MISSING or found is None else [str(found)]
    if not isinstance(found, list):
        return []
    return [text for item in found for text in (_below(item, place, below) or [""])]


def placements(scheme: Scheme) -> list[Placement]:
    """Everything that a request carries."""
    return [*scheme.placements, *_authorization(scheme)]


def _authorization(scheme: Scheme) -> Iterator[Placement]:
    """HTTP Basic and Bearer, in the terms of all other placements."""
    value: Value
    if scheme.basic is not None:
        user, password = scheme.basic
        pair = Encoded(encoding="base64", of=(user, Literal(":"), password))
        value = Join(separator="", of=(Literal("Basic "), pair))
    elif scheme.bearer is not None:
        value = Join(separator="", of=(Literal("Bearer "), scheme.bearer))
    else:
        return
    yield Placement(
        place=Place.HEADER, wire="Authorization", value=value, where=scheme.where
    )
