"""What a request proves itself with, computed again from what is known.

The functions that compute are those with which the clients sign.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
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
    Reference,
    Replaced,
    Slice,
    Value,
)
from wirebook.model.parts import parts
from wirebook.runtime import digest
from wirebook.runtime.digest import Part
from wirebook.runtime.draft import Draft


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
