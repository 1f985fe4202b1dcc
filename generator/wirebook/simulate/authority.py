"""Who is calling: credentials and signatures, compared with what they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from wirebook.model import (
    Encoded,
    Join,
    Literal,
    Nonce,
    Now,
    Place,
    Placement,
    Reference,
    Scheme,
    Value,
)
from wirebook.runtime import timeformat
from wirebook.runtime.tree import MISSING, Tree

from .fault import Fault, words_of
from .known import Known
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
