"""Computed values of a scheme, flattened."""

from __future__ import annotations

from collections.abc import Iterator

from .auth import (
    Case,
    Decoded,
    Digest,
    Encoded,
    Hmac,
    Join,
    Reference,
    Replaced,
    Scheme,
    Slice,
    Value,
)


def steps(scheme: Scheme) -> Iterator[Value]:
    """Every value that a scheme computes or places, with all their parts."""
    for _, value in scheme.compute:
        yield from parts(value)
    for value in sent(scheme):
        yield from parts(value)


def sent(scheme: Scheme) -> Iterator[Value]:
    """The values that travel."""
    for placement in scheme.placements:
        yield placement.value
    if scheme.basic is not None:
        yield from scheme.basic
    if scheme.bearer is not None:
        yield scheme.bearer


def parts(value: Value) -> Iterator[Value]:
    """A value and everything it is made of."""
    yield value
    for part in operands(value):
        yield from parts(part)


def operands(value: Value) -> tuple[Value, ...]:
    """What a value is made of directly."""
    if isinstance(value, Hmac):
        return (*value.key, *value.of)
    if isinstance(value, (Case, Decoded, Digest, Encoded, Join, Replaced, Slice)):
        return value.of
    return ()


def named(scheme: Scheme) -> frozenset[str]:
    """Credentials and computed names that travel, directly or inside others."""
    computed = dict(scheme.compute)
    found: set[str] = set()
    waiting = [part for value in sent(scheme) for part in parts(value)]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Reference) or part.kind != "name":
            continue
        if part.name not in found:
            found.add(part.name)
            if part.name in computed:
                waiting.extend(parts(computed[part.name]))
    return frozenset(found)
