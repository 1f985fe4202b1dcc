"""What schemes compute: nothing idle, nothing raw, nothing without end."""

from __future__ import annotations

from collections.abc import Mapping

from wirebook.explain import Explanation
from wirebook.model import (
    Decoded,
    Digest,
    Encoded,
    Hmac,
    Join,
    Literal,
    Provider,
    Reference,
    Replaced,
    Scheme,
    Slice,
    Value,
)
from wirebook.model.parts import named, operands, sent
from wirebook.problem import quote
from wirebook.report import Report

UNKNOWN = 1_000
"""Characters that a value counts as which only a call has: a key, a body."""
LONGEST = 1_000_000
"""Characters of a computed value; a few entries that double each other pass it."""

_GROWTH = {"hex": 2, "hex_upper": 2, "percent": 3, "form": 3}
"""Characters that an encoding makes of one; of three bytes the others make four."""


def check(provider: Provider, report: Report) -> None:
    for scheme in provider.schemes:
        _idle(scheme, report)
        _raw_output(scheme, report)
        _endless(scheme, report)


def _idle(scheme: Scheme, report: Report) -> None:
    reached = named(scheme)
    for name, _ in scheme.compute:
        if name not in reached:
            report.error(
                "unused-value",
                scheme.where,
                f"{quote(name)} is computed and goes nowhere",
                f"send ${name}, or drop it",
            )


def _raw_output(scheme: Scheme, report: Report) -> None:
    raw: dict[str, bool] = {}
    for name, value in scheme.compute:
        raw[name] = _raw(value, raw)
    for value in sent(scheme):
        if _raw(value, raw):
            report.error(
                "raw-output",
                scheme.where,
                f"the scheme {quote(scheme.key)} sends a digest as raw bytes",
                "a request carries text: `output: hex` or `output: base64`",
            )


def _raw(value: Value, known: Mapping[str, bool]) -> bool:
    """`known`: the same of what is computed before."""
    if isinstance(value, Reference):
        return value.kind == "name" and known.get(value.name, False)
    if isinstance(value, (Join, Replaced, Slice)):
        return any(_raw(part, known) for part in value.of)
    raw = isinstance(value, (Digest, Hmac)) and value.output == "raw"
    return raw or isinstance(value, Decoded)


def _endless(scheme: Scheme, report: Report) -> None:
    lengths: dict[str, int] = {}
    for name, value in scheme.compute:
        length = _length(value, lengths)
        if length > LONGEST:
            report.error(
                "endless-value",
                scheme.where,
                f"{quote(name)} repeats other values more often than any signature needs",
                "entries that hold each other twice double with each step: name each once",
            )
            length = UNKNOWN
        lengths[name] = length


def _length(value: Value, known: Mapping[str, int]) -> int:
    """Characters, roughly; `known`: the same of what is computed before."""
    if isinstance(value, Literal):
        return len(value.text)
    if isinstance(value, Reference):
        return known.get(value.name, UNKNOWN) if value.kind == "name" else UNKNOWN
    parts = [_length(part, known) for part in operands(value)]
    if isinstance(value, (Digest, Encoded, Hmac, Join)):
        parts.append(len(value.separator) * len(parts))
    whole = sum(parts) or UNKNOWN
    if isinstance(value, Encoded):
        return whole * _GROWTH.get(value.encoding, 2)
    if isinstance(value, Replaced):
        return whole * max(-(-len(new) // len(old)) or 1 for old, new in value.pairs)
    if isinstance(value, (Digest, Hmac)) and whole <= LONGEST:
        return UNKNOWN
    return whole


EXPLANATIONS = (
    Explanation(
        "unused-value",
        "A computed value that goes nowhere",
        "What is computed must be sent, or be part of something that is.",
        "compute: {nonce: {nonce: uuid4}}\n",
        "compute: {nonce: {nonce: uuid4}}\nheaders: {X-Nonce: $nonce}\n",
    ),
    Explanation(
        "raw-output",
        "Raw bytes in a request",
        "The raw output of a digest is for further computation, such as a derived key.",
        "sign: {digest: sha256, of: [$secret], output: raw}\n",
        "sign: {digest: sha256, of: [$secret], output: hex}\n",
    ),
    Explanation(
        "endless-value",
        "A computed value that grows without end",
        "Sixty entries that each join the one before with itself stand for more text "
        "than there is memory, in every program that uses the client.",
        'b: {join: "", of: [$a, $a]}\nc: {join: "", of: [$b, $b]}    # and so on\n',
        'text: {join: "", of: [$key, $secret, $time]}\n',
    ),
)
