"""Authentication, explained step by step."""

from __future__ import annotations

from msgspec import Struct

from wirebook.markdown import (
    Markdown,
    bullets,
    code,
    codes,
    joined,
    paragraph,
    steps,
    text,
)
from wirebook.markdown import sentence as full
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
    Operation,
    Place,
    Placement,
    Reference,
    Replaced,
    Scheme,
    Slice,
    Value,
    Vector,
)

from .docs_page import Page, seconds, sourced
from .docs_vector import Example, example

_PLACES = {
    Place.QUERY: "query parameter",
    Place.HEADER: "header",
    Place.FORM: "form field",
    Place.JSON: "JSON field",
    Place.XML: "XML element",
    Place.PATH: "path segment",
    Place.MULTIPART: "part",
    Place.BODY: "body",
    None: "parameter",
}
_OUTPUTS = {
    "hex": "in hex, lower case",
    "hex_upper": "in hex, upper case",
    "base64": "in Base64",
    "base64url": "in URL-safe Base64",
    "base64url_unpadded": "in URL-safe Base64 without padding",
    "raw": "as bytes",
}
_ENCODINGS = {
    "base64": "Base64",
    "base64url": "URL-safe Base64",
    "base64url_unpadded": "URL-safe Base64 without padding",
    "hex": "the hex digits, in lower case,",
    "hex_upper": "the hex digits, in upper case,",
    "percent": "the percent-encoding",
    "form": "the form encoding",
}
_MOMENTS = {
    "unix_seconds": "in seconds since 1970",
    "unix_milliseconds": "in milliseconds since 1970",
    "iso8601": "in ISO 8601",
    "iso8601_basic": "in ISO 8601 without separators",
    "rfc1123": "as HTTP dates are written",
}
_REQUEST = {
    "method": "the method",
    "path": "the path as sent",
    "host": "the host",
    "hostname": "the host without port",
    "port": "the port",
    "url": "the full URL as sent",
    "target": "path and query as sent",
    "query": "the query as sent",
    "body": "the body as sent",
}


class Authentication(Struct, frozen=True):
    """One scheme: how it works, and a request that carries it."""

    title: Markdown
    lead: Markdown
    steps: Markdown
    facts: Markdown
    example: tuple[Example, ...]


def authentication(page: Page) -> tuple[Authentication, ...]:
    return tuple(_scheme(page, scheme) for scheme in page.provider.schemes)


def _scheme(page: Page, scheme: Scheme) -> Authentication:
    computed = [
        joined([code(name), text("is"), _described(value)], " ")
        for name, value in scheme.compute
    ]
    placed = [_placed(placement) for placement in scheme.placements]
    if scheme.basic:
        user, password = scheme.basic
        words = [text("Header"), code("Authorization"), text("carries HTTP Basic:")]
        placed.append(joined([*words, _named(user), text("and"), _named(password)]))
    if scheme.bearer is not None:
        words = [text("Header"), code("Authorization"), text("carries a bearer token:")]
        placed.append(joined([*words, _named(scheme.bearer)]))
    found = _vector(page, scheme)
    return Authentication(
        code(scheme.key),
        paragraph(page.noted(sourced(full(scheme.summary), scheme.src), scheme.notes)),
        steps([*computed, *placed]),
        bullets(_facts(page, scheme)),
        (example(*found),) if found else (),
    )


def _placed(placement: Placement) -> Markdown:
    place = _PLACES[placement.place]
    return joined(
        [
            text(place[0].upper() + place[1:]),
            code(placement.wire),
            text("carries"),
            _named(placement.value),
        ]
    )


def _facts(page: Page, scheme: Scheme) -> list[Markdown]:
    facts: list[Markdown] = []
    if scheme.session:
        session = scheme.session
        kept = text("kept until the provider refuses it")
        if session.lifetime:
            since = " after its last use" if session.idle else ""
            kept = text(f"kept for {seconds(session.lifetime)}{since}")
        elif session.expires:
            kept = joined([text("kept until"), code(session.expires)])
        words = [text("The token is the result of")]
        if session.token:
            words = [text("The token is"), code(session.token), text("of")]
        words += [page.operation_link(session.operation), text("and")]
        facts.append(joined([*words, kept]))
    if scheme.clock:
        words = [text("The provider's clock is learnt from")]
        if scheme.clock.field:
            words += [code(scheme.clock.field), text("of")]
        words += [page.operation_link(scheme.clock.operation)]
        facts.append(joined(words))
    if scheme.allowed_skew is not None:
        skew = seconds(scheme.allowed_skew)
        facts.append(text(f"The clock may be off by {skew} at most."))
    return facts


def _described(value: Value) -> Markdown:
    """A value in words."""
    match value:
        case Now(format=form, zone=zone):
            words = [text("the moment of the request"), _moment(form)]
            if zone != "UTC":
                words += [text("in"), code(zone)]
            return joined(words)
        case Nonce(alphabet=alphabet, length=length):
            count = f"{length} " if length else ""
            kind = "a UUID" if alphabet == "uuid4" else f"{count}random {alphabet}"
            return text(f"{kind}, fresh for every request")
        case Join(separator=separator, of=parts):
            return _joined(parts, separator)
        case Digest(algorithm=algorithm, of=parts, separator=separator):
            words = [text(f"the {algorithm.upper()} of"), _joined(parts, separator)]
            return joined([*words, text(_OUTPUTS[value.output])])
        case Hmac(algorithm=algorithm, of=parts, separator=separator):
            words = [
                text(f"the HMAC-{algorithm.upper()} of"),
                _joined(parts, separator),
            ]
            words += [text("with the key"), _joined(value.key, "")]
            return joined([*words, text(_OUTPUTS[value.output])])
        case Encoded(encoding=encoding, of=parts, separator=separator):
            words = [text(f"{_ENCODINGS[encoding]} of"), _joined(parts, separator)]
            return joined(words)
        case Decoded(encoding=encoding, of=parts):
            return joined(
                [text("the bytes of"), _joined(parts, ""), text(f"in {encoding}")]
            )
        case Slice(start=start, end=end, of=parts):
            place = f"places {start + 1} to {end} of"
            return joined([text(place), _joined(parts, "")])
        case Replaced(pairs=pairs, of=parts):
            return joined([_joined(parts, ""), _replaced(pairs)])
        case Case(case=case, of=parts):
            return joined([_joined(parts, ""), text(f"in {case} case")])
        case Canonical():
            return _canonical(value)
        case _:
            return _named(value)


def _named(value: Value) -> Markdown:
    match value:
        case Literal(text=words):
            return code(words)
        case Reference(kind="request", name=name):
            return text(_REQUEST.get(name, name))
        case Reference(kind="header", name=name):
            return joined([text("header"), code(name), text("as sent")])
        case Reference(kind="field", name=name):
            return joined([text("what is sent as"), code(name)])
        case Reference(kind="session"):
            return text("the token of the session")
        case Reference(kind="setting", name=name):
            return joined([text("the setting"), code(name)])
        case Reference(name=name):
            return code(name)
        case _:
            return _described(value)


def _joined(parts: tuple[Value, ...], separator: str) -> Markdown:
    names = joined(map(_named, parts), " + ")
    if separator and len(parts) > 1:
        return joined([names, text("with"), code(separator), text("between")])
    return names


def _moment(form: str) -> Markdown:
    words = _MOMENTS.get(form)
    return text(words) if words else joined([text("as"), code(form)])


def _canonical(value: Canonical) -> Markdown:
    parts = " and ".join(part.replace("_", " ") for part in value.of)
    words = [text(f"the {parts} in canonical form")]
    if value.sort != "none":
        words.append(text(f"(sorted by {value.sort.replace('_', ' ')})"))
    if value.names:
        words += [text("of"), codes(value.names)]
    if value.exclude:
        words += [text("without"), codes(value.exclude)]
    if value.skip_empty:
        words.append(text("and without empty values"))
    if value.replace:
        words.append(_replaced(value.replace))
    if value.values_only:
        words.append(text("as values only"))
    elif not set(value.of) <= {"headers", "header_names"}:
        words += [text("as"), code(f"name{value.pair}value")]
        words += [text("joined by"), code(value.separator)] if value.separator else []
    return joined(words)


def _replaced(pairs: tuple[tuple[str, str], ...]) -> Markdown:
    found = [
        (
            joined([text("with"), code(new), text("for"), code(old)])
            if new
            else joined([text("without any"), code(old)])
        )
        for old, new in pairs
    ]
    return joined(found, " and ")


def _vector(page: Page, scheme: Scheme) -> tuple[Operation, Vector] | None:
    """A short request that carries the scheme; the provider's own page first."""
    operations = {operation.id: operation for operation in page.provider.operations}
    candidates = [
        vector
        for vector in page.provider.vectors
        if vector.request
        and vector.operation in operations
        and operations[vector.operation].auth == scheme.key
    ]
    candidates.sort(key=lambda v: (not v.documented, len(str(v.request))))
    if not candidates:
        return None
    return operations[candidates[0].operation], candidates[0]
