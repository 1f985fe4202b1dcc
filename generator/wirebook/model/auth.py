"""How a request is authenticated: placements of computed values.

The vocabulary is closed and composes; there are no expressions.  A reference
is one of

    $name                   a credential or an earlier `compute` entry
    $setting.name           a setting of the client
    $session.token          the token of the scheme's session
    $request.method         upper case
    $request.path           as sent, percent-encoded
    $request.host           host, with the port where it is not the default
    $request.hostname       host without port
    $request.port           port, also where it is the default
    $request.url            the full URL as sent
    $request.target         path and query as sent
    $request.query          the query string as sent
    $request.body           the exact body bytes
    $request.header.NAME    a header as sent
    $field.NAME             the value sent under that wire name
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from .place import Place, Where


class Literal(Struct, frozen=True):
    """A text that stands in the spec."""

    text: str


class Reference(Struct, frozen=True):
    """`kind`: name, setting, session, request, header or field."""

    kind: str
    name: str


class Now(Struct, frozen=True, kw_only=True):
    """The moment of the attempt.

    format: unix_seconds, unix_milliseconds, iso8601, iso8601_basic,
    rfc1123, or a pattern such as yyyyMMddHHmmss.
    """

    format: str
    zone: str = "UTC"


class Nonce(Struct, frozen=True, kw_only=True):
    """Fresh for every attempt.  alphabet: uuid4, hex, digits, alphanumeric."""

    alphabet: str
    length: int | None = None


class Join(Struct, frozen=True, kw_only=True):
    """Values with a separator between them."""

    separator: str
    of: tuple[Value, ...]


class Digest(Struct, frozen=True, kw_only=True):
    """algorithm: md5, sha1, sha256, sha384, sha512.

    output: hex, hex_upper, base64, base64url, base64url_unpadded or raw.
    """

    algorithm: str
    of: tuple[Value, ...]
    separator: str = ""
    output: str = "hex"


class Hmac(Struct, frozen=True, kw_only=True):
    """A keyed digest of a value."""

    algorithm: str
    key: tuple[Value, ...]
    of: tuple[Value, ...]
    separator: str = ""
    output: str = "hex"


class Encoded(Struct, frozen=True, kw_only=True):
    """encoding: base64, base64url, base64url_unpadded, hex, hex_upper, percent, form."""

    encoding: str
    of: tuple[Value, ...]
    separator: str = ""


class Decoded(Struct, frozen=True, kw_only=True):
    """The bytes that a text stands for.  encoding: base64, base64url, hex."""

    encoding: str
    of: tuple[Value, ...]


class Case(Struct, frozen=True, kw_only=True):
    """A value in upper or lower case."""

    case: str
    of: tuple[Value, ...]


class Slice(Struct, frozen=True, kw_only=True):
    """Characters of a text, or bytes of a raw digest, from `start` up to `end`."""

    start: int
    end: int
    of: tuple[Value, ...]


class Replaced(Struct, frozen=True, kw_only=True):
    """`pairs`: texts and what stands for them, the first that fits wins."""

    pairs: tuple[tuple[str, str], ...]
    of: tuple[Value, ...]


class Canonical(Struct, frozen=True, kw_only=True):
    """A canonical form of parts of the request.

    of: any of query, form, json, headers, header_names.
    style: rfc3986, form or raw, for names and values of pairs.

    What is None is as usual: header lines `name:value` that each end in a line feed,
    unescaped; else `name=value` with & between, escaped by RFC 3986.
    """

    of: tuple[str, ...]
    style: str | None = None
    sort: str = "name"
    """`name`, `none`, or `name_ignoring_case`."""
    pair: str | None = None
    separator: str | None = None
    trailing: bool | None = None
    """The separator also stands behind the last pair."""
    names: tuple[str, ...] = ()
    """Headers: which ones.  Pairs: only these, in this order, if given."""
    exclude: tuple[str, ...] = ()
    skip_empty: bool = False
    values_only: bool = False
    replace: tuple[tuple[str, str], ...] = ()
    """Texts in names and values that others stand for, before they are escaped."""


Value: TypeAlias = (
    Literal
    | Reference
    | Now
    | Nonce
    | Join
    | Digest
    | Hmac
    | Encoded
    | Decoded
    | Case
    | Slice
    | Replaced
    | Canonical
)


class Placement(Struct, frozen=True, kw_only=True):
    """One authenticated field: where it travels, its wire name, its value.

    place None means: wherever the operation's parameters travel.
    """

    place: Place | None
    wire: str
    value: Value
    where: Where


class Session(Struct, frozen=True, kw_only=True):
    """A token that an operation fetches, cached and renewed.

    `token` names the reply field, and is empty where the whole result is the token;
    `lifetime` is in seconds, or `expires` names the reply field that holds it.
    """

    operation: str
    token: str = ""
    lifetime: float | None = None
    idle: bool = False
    """`lifetime` is counted from the last use."""
    expires: str | None = None


class Clock(Struct, frozen=True, kw_only=True):
    """Server time learnt from a helper operation's reply field, or from its whole
    result where `field` is empty."""

    operation: str
    field: str = ""


class Scheme(Struct, frozen=True, kw_only=True):
    """How requests are authenticated."""

    key: str
    compute: tuple[tuple[str, Value], ...] = ()
    placements: tuple[Placement, ...] = ()
    basic: tuple[Value, Value] | None = None
    bearer: Value | None = None
    session: Session | None = None
    clock: Clock | None = None
    allowed_skew: float | None = None
    """Seconds by which the provider lets a timestamp differ."""
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where
