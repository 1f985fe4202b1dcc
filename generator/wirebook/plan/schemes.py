"""One way to authenticate, as a function over a draft.

Values that do not depend on the request are computed and placed first, in front
of the parameters; the others afterwards, each placed as soon as it is known, so
that a later one may sign an earlier one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TypeGuard

from wirebook.code import Code, identifier, literal
from wirebook.expression import (
    Expression,
    call,
    either,
    every,
    is_given,
    listing,
    mapping,
    texts,
)
from wirebook.layout import Assign, If, Statement
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
from wirebook.model.parts import operands

from .module import Module

REQUEST = {
    "method": "draft.method",
    "path": "draft.request_path",
    "host": "draft.host",
    "hostname": "draft.hostname",
    "port": "draft.port",
    "url": "draft.url",
    "target": "draft.target",
    "query": "draft.query_text",
    "body": "draft.body",
}


OWN = frozenset({"Place", "credentials", "digest", "draft", "moment"})
"""Names that a scheme's function uses itself."""


def scheme_lines(module: Module, scheme: Scheme) -> list[Statement]:
    """The body of the scheme's function."""
    return list(_Writer(module, scheme).lines())


class _Writer:
    def __init__(self, module: Module, scheme: Scheme) -> None:
        self._module = module
        self._computed = dict(scheme.compute)
        self._placements = [*scheme.placements, *_authorization(scheme)]
        self._optional = {
            credential.name
            for credential in module.provider.credentials
            if credential.optional
        }
        self._known: set[str] = set()

    def lines(self) -> Iterator[Statement]:
        early = [p for p in self._placements if not self._late(p.value)]
        for placement in early:
            yield from self._needed(placement.value)
            yield self._placed(placement, "lead")
        late = [p for p in self._placements if self._late(p.value)]
        while late:
            # The first whose values are all known, else the first in order.
            placement = next((p for p in late if self._ready(p.value)), late[0])
            late.remove(placement)
            yield from self._needed(placement.value)
            yield self._placed(placement, "trail")

    def _late(self, value: Value) -> bool:
        """Whether a value can only be known once the request is there."""
        match value:
            case Canonical():
                return True
            case Reference("request" | "header" | "field", _):
                return True
            case Reference(kind="name", name=name) if name in self._computed:
                return self._late(self._computed[name])
            case _:
                return any(self._late(part) for part in operands(value))

    def _ready(self, value: Value) -> bool:
        return all(name in self._known for name in self._names(value))

    @staticmethod
    def _named(value: Value, names: Container[str]) -> TypeGuard[Reference]:
        """Whether a value refers to a credential or computed value among `names`."""
        if not isinstance(value, Reference):
            return False
        return value.kind == "name" and value.name in names

    def _names(self, value: Value) -> Iterator[str]:
        """The computed values that a value is made of directly."""
        if self._named(value, self._computed):
            yield value.name
        for part in operands(value):
            yield from self._names(part)

    def _needed(self, value: Value) -> Iterator[Statement]:
        """Assignments of what a value is made of, unless they stand already."""
        for name in self._names(value):
            if name not in self._known:
                self._known.add(name)
                yield from self._needed(self._computed[name])
                yield Assign(_local(name), self._value(self._computed[name], True))

    def _placed(self, placement: Placement, side: str) -> Statement:
        value = self._value(placement.value, inner=False)
        wire = literal(placement.wire)
        line: Statement
        if placement.place is Place.HEADER:
            line = call("draft.header", wire, value)
        elif placement.place is Place.PATH:
            line = call("draft.path", wire, value)
        else:
            where: Expression = literal(None)
            if placement.place is not None:
                enum = self._module.floor("request", "Place")
                where = identifier(f"{enum}.{placement.place.name}")
            line = call(f"draft.{side}", where, wire, value)
        wanted = [is_given(f"credentials.{name}") for name in self._missable(placement)]
        return If(every(*wanted), (line,)) if wanted else line

    def _missable(self, placement: Placement) -> list[str]:
        """Optional credentials without which a field is left out."""
        found: list[str] = []
        waiting: list[Value] = [placement.value]
        while waiting:
            value = waiting.pop()
            if self._named(value, self._optional) and value.name not in found:
                found.append(value.name)
            waiting += operands(value)
            waiting += [self._computed[name] for name in self._names(value)]
        return sorted(found)

    def _value(self, value: Value, inner: bool) -> Expression:
        """inner: inside of another value, where nothing may be None."""
        match value:
            case Literal(text):
                return literal(text)
            case Reference(kind, name):
                return self._reference(kind, name, inner)
            case Now(format=form, zone=zone):
                local = [] if zone == "UTC" else [literal(zone)]
                return call("moment.text", literal(form), *local)
            case Nonce(alphabet=alphabet, length=length):
                many = [] if length is None else [literal(length)]
                return call("moment.nonce", literal(alphabet), *many)
            case Canonical():
                return self._canonical(value)
            case Join(separator=separator, of=of):
                between = [literal(separator)] if separator else []
                return self._digest("join", self._list(of), *between)
            case Digest():
                return self._digest(
                    "digest",
                    literal(value.algorithm),
                    self._list(value.of),
                    separator=_unless(value.separator, ""),
                    output=_unless(value.output, "hex"),
                )
            case Hmac():
                return self._digest(
                    "hmac",
                    literal(value.algorithm),
                    self._list(value.key),
                    self._list(value.of),
                    separator=_unless(value.separator, ""),
                    output=_unless(value.output, "hex"),
                )
            case Encoded():
                return self._digest(
                    "encode",
                    literal(value.encoding),
                    self._list(value.of),
                    separator=_unless(value.separator, ""),
                )
            case Decoded():
                return self._digest(
                    "decode",
                    literal(value.encoding),
                    self._list(value.of),
                    name=_only_name(value.of),
                )
            case Slice():
                return self._digest(
                    "piece",
                    self._list(value.of),
                    literal(value.start),
                    literal(value.end),
                )
            case Replaced():
                return self._digest(
                    "replace", self._list(value.of), _pairs(value.pairs)
                )
            case Case():
                return self._digest("case", literal(value.case), self._list(value.of))

    def _reference(self, kind: str, name: str, inner: bool) -> Expression:
        match kind:
            case "setting":
                return call("draft.setting", literal(name))
            case "session":
                return identifier("draft.session_token")
            case "request":
                return identifier(REQUEST[name])
            case "header":
                return call("draft.header_value", literal(name))
            case "field":
                return call("draft.field", literal(name))
            case _ if name in self._computed:
                return _local(name)
            case _:
                credential = identifier(f"credentials.{name}")
                if inner and name in self._optional:
                    return either(credential, literal(""))
                return credential

    def _list(self, values: tuple[Value, ...]) -> Expression:
        return listing(self._value(value, inner=True) for value in values)

    def _digest(
        self, function: str, *arguments: Expression, **keywords: Expression | None
    ) -> Expression:
        digest = self._module.floor_module("digest")
        return call(f"{digest}.{function}", *arguments, **keywords)

    def _canonical(self, value: Canonical) -> Expression:
        return self._digest(
            "canonical",
            identifier("draft"),
            texts(value.of),
            style=_given(value.style),
            sort=_unless(value.sort, "name"),
            pair=_given(value.pair),
            separator=_given(value.separator),
            trailing=_given(value.trailing),
            names=texts(value.names) if value.names else None,
            exclude=texts(value.exclude) if value.exclude else None,
            skip_empty=literal(True) if value.skip_empty else None,
            values_only=literal(True) if value.values_only else None,
            replace=_pairs(value.replace) if value.replace else None,
        )


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


def _pairs(pairs: tuple[tuple[str, str], ...]) -> Expression:
    return mapping([(literal(old), literal(new)) for old, new in pairs])


def _only_name(values: tuple[Value, ...]) -> Code | None:
    """The credential that a value is made of, where it is one alone."""
    match values:
        case (Reference(kind="name", name=name),):
            return literal(name)
        case _:
            return None


def _given(value: str | bool | None) -> Code | None:
    return None if value is None else literal(value)


def _unless(value: str, default: str) -> Code | None:
    return None if value == default else literal(value)


def _local(name: str) -> Code:
    """The variable of a computed value; specs choose names such as `moment`."""
    return identifier(f"{name}_" if name in OWN else name)
