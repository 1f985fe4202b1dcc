"""Vectors of a proposal: placeholders that go in, and the request that they become."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from .draft import Sample, quoted

MOMENT = "2025-01-01T00:00:00Z"
NONCE = "0123456789abcdef"

_HEAD = (
    "# Placeholders: put the page's own samples in, with `documented: true`, and for each",
    "# `reply` what it yields (`result`) or `raises`.  The requests are what the client makes",
    "# of the placeholders today: hold each against the page before it is believed.",
)


class Sent(Protocol):
    """What is needed of a request."""

    target: str
    headers: list[tuple[str, str]]
    body: bytes


def vectors(samples: Sequence[Sample], client: str, sent: Mapping[str, Sent]) -> str:
    """The text of vectors.yaml; `sent` is by operation."""
    lines = ["spec: 1", "", *_HEAD]
    lines += [f"client: {{{client}}}"] if client else []
    lines += ["", "vectors:"] if samples else ["vectors: []"]
    for sample in samples:
        lines += _lines(sample, sent.get(sample.operation))
    return "\n".join(lines) + "\n"


def _lines(sample: Sample, sent: Sent | None) -> Iterator[str]:
    yield f"  - id: {sample.operation.replace('_', '-')}"
    yield "    about: A placeholder, no sample of the provider."
    yield f'    at: "{MOMENT}"'
    yield f"    nonce: {quoted(NONCE)}"
    yield f"    operation: {sample.operation}"
    yield f"    arguments: {{{sample.arguments}}}"
    if sent is None:
        yield f"    request: {{method: {sample.method}}}"
        return
    yield "    request:"
    yield f"      method: {sample.method}"
    yield f"      target: {quoted(sent.target)}"
    given = {name.lower(): value for name, value in sent.headers}
    known = [name for name in sample.headers if name.lower() in given]
    if known:
        pairs = (f"{quoted(name)}: {quoted(given[name.lower()])}" for name in known)
        yield f"      headers: {{{', '.join(pairs)}}}"
    # The boundary of parts is another one every time.
    if sent.body and "multipart" not in given.get("content-type", ""):
        try:
            yield f"      body: {_text(sent.body.decode('utf-8'))}"
        except UnicodeDecodeError:
            yield f"      body_base64: {base64.b64encode(sent.body).decode()}"


def _text(body: str) -> str:
    """A body as YAML: its characters, whatever they are."""
    escaped = body.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_letter, escaped)) + '"'


def _letter(letter: str) -> str:
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"
