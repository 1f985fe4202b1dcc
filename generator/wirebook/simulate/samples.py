"""What the vectors of a spec show: which shape a reply has, how values are spelled.

A provider may write a number in quotes, or name a message by 19 digits; no fact of
the spec says so, its recorded replies do.
"""

from __future__ import annotations

import base64
import random
import re
import string
import uuid
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import parse_qsl

from wirebook.arguments import find_model
from wirebook.model import (
    HTTP,
    Alternate,
    Callback,
    Field,
    Operation,
    Provider,
    Reply,
    ReplyFormat,
    Vector,
    header_of,
)
from wirebook.runtime import formats
from wirebook.runtime.tree import (
    MISSING,
    Missing,
    ReplyProblem,
    Tree,
    find,
    find_first,
)

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# What a page prints in the place of a value.
_MASKED = re.compile(r"^x{1,3}$|\*\*")


class Samples:
    """The recorded values of one provider."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._fields: dict[tuple[str | None, str, str], Tree] = {}
        self._status: dict[str, Tree] = {}
        self._results: dict[str, Tree] = {}
        self._shapes: dict[str, Alternate | None] = {}
        self._bytes: dict[str, tuple[bytes, str]] = {}
        self.pushes: dict[str, Tree] = {}
        """Callback `product.key` -> a pushed tree."""
        operations = {each.id: each for each in provider.operations}
        # Documented vectors first: the first sample of anything stays.
        for vector in sorted(provider.vectors, key=lambda each: not each.documented):
            if vector.operation.startswith("callback:"):
                self._push(vector)
            elif vector.reply is not None and vector.operation in operations:
                self._reply(operations[vector.operation], vector)

    def field(self, product: str | None, model: str, field: str) -> Tree | None:
        """How a field of a model was written once."""
        return self._fields.get((product, model, field))

    def status(self, operation: Operation) -> Tree | None:
        """How the status of an operation was written once."""
        return self._status.get(operation.id)

    def result(self, operation: Operation) -> Tree | None:
        """What stood at the place of the result once."""
        return self._results.get(operation.id)

    def shape(self, operation: Operation) -> Alternate | None:
        """The other shape in which a success was recorded, if it was not the main."""
        return self._shapes.get(operation.id)

    def download(self, operation: Operation) -> tuple[bytes, str] | None:
        """A recorded file and its media type."""
        return self._bytes.get(operation.id)

    def _reply(self, operation: Operation, vector: Vector) -> None:
        reply = vector.reply or {}
        body = body_of(reply)
        sent = cast("dict[str, object]", reply.get("headers") or {})
        headers = {name.lower(): str(value) for name, value in sent.items()}
        http = int(reply.get("http", 200))
        other = alternate_of(operation, body, http, headers.get("content-type", ""))
        shape = other.reply if other else operation.reply
        try:
            tree = reply_tree(shape, body)
        except ReplyProblem:
            return
        for path in shape.status:
            found = _place(tree, headers, path)
            if not isinstance(found, Missing):
                self._status.setdefault(operation.id, found)
                break
        if vector.raises is not None:
            return
        self._shapes.setdefault(operation.id, other)
        if shape.format is ReplyFormat.BYTES:
            kind = headers.get("content-type", "application/octet-stream")
            self._bytes.setdefault(operation.id, (body, kind))
            return
        result = _place(tree, headers, shape.at)
        if isinstance(result, Missing):
            return
        if operation.id not in self._results or not self._results[operation.id]:
            self._results[operation.id] = result
        if shape.returns and shape.returns_model:
            self._model(operation.product, shape.returns, result, headers)

    def _push(self, vector: Vector) -> None:
        identifier = vector.operation.removeprefix("callback:")
        callback = next(
            c for c in callbacks(self._provider) if name_of(c) == identifier
        )
        request = vector.request or {}
        try:
            tree = pushed_tree(callback, request)
        except ReplyProblem:
            return
        self.pushes.setdefault(identifier, tree)
        found = find(tree, callback.at)
        if not isinstance(found, Missing):
            self._model(callback.product, callback.model, found)

    def _model(
        self,
        product: str | None,
        key: str,
        tree: Tree,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> None:
        model = find_model(self._provider, product, key)
        for item in tree if isinstance(tree, list) else [tree]:
            for field in model.fields:
                found = find_first(item, field.wire, field.wire_aliases)
                if header_of(field.wire) is not None:
                    found = _place(item, headers, field.wire)
                if isinstance(found, Missing) or found is None:
                    continue
                if isinstance(found, str) and _MASKED.search(found):
                    continue
                place = (product, key, field.name)
                if field.model is not None:
                    self._model(product, field.model, found)
                else:
                    self._fields.setdefault(place, found)


def _place(tree: Tree, headers: Mapping[str, str], path: str) -> Tree | Missing:
    """What a path of a recorded reply leads to."""
    name = header_of(path)
    if name is not None:
        return headers.get(name.lower(), MISSING)
    return MISSING if path == HTTP else find(tree, path)


def pushed_tree(callback: Callback, recorded: Any) -> Tree:
    """A recorded push as a tree.  Raises ReplyProblem."""
    body = body_of(recorded)
    match callback.format:
        case "json" if callback.lenient:
            # The documented samples quote texts with apostrophes.
            return formats.json_tree(body.replace(b"'", b'"'))
        case "json":
            return formats.json_tree(body)
        case "xml":
            return formats.xml_tree(body)
        case "query":
            query = str(recorded.get("target", "")).partition("?")[2]
            return dict(parse_qsl(query, keep_blank_values=True))
        case _:
            return dict(parse_qsl(body.decode(), keep_blank_values=True))


def callbacks(provider: Provider) -> Iterator[Callback]:
    for product in provider.products:
        yield from product.callbacks


def name_of(callback: Callback) -> str:
    """`product.key`, or `key` where the provider has one product."""
    return f"{callback.product}.{callback.key}" if callback.product else callback.key


def body_of(recorded: Any) -> bytes:
    if "body_base64" in recorded:
        return base64.b64decode(recorded["body_base64"])
    return str(recorded.get("body", "")).encode()


def alternate_of(
    operation: Operation, body: bytes, http: int, content_type: str
) -> Alternate | None:
    """The alternate whose conditions a recorded reply meets."""
    text = body.lstrip()
    for alternate in operation.alternates:
        if alternate.parameter is not None:
            continue
        if alternate.starts_with and not text.startswith(
            alternate.starts_with.encode()
        ):
            continue
        if (
            alternate.root
            and formats.xml_root(body, alternate.reply.charset) not in alternate.root
        ):
            continue
        if alternate.http and http not in alternate.http:
            continue
        if alternate.content_type and not content_type.startswith(
            alternate.content_type
        ):
            continue
        return alternate
    return None


def reply_tree(reply: Reply, body: bytes) -> Tree:
    """A recorded reply as a tree.  Raises ReplyProblem."""
    charset = reply.charset
    match reply.format:
        case ReplyFormat.JSON:
            return formats.json_tree(body, charset)
        case ReplyFormat.XML:
            return formats.xml_tree(body, reply.root, charset)
        case ReplyFormat.DELIMITED:
            return formats.delimited_tree(
                body,
                reply.separator or "|",
                reply.fields,
                records=reply.records,
                min_fields=reply.min_fields,
                charset=charset,
            )
        case ReplyFormat.PAIRS:
            return formats.pairs_tree(body, reply.separator or ":", charset=charset)
        case ReplyFormat.SENTENCE:
            return formats.sentence_tree(body, reply.templates, charset=charset)
        case ReplyFormat.CSV:
            return formats.csv_tree(
                body, reply.separator or ",", fields=reply.fields, header=reply.header
            )
        case ReplyFormat.TEXT:
            return formats.text_tree(body, charset=charset)
        case _:
            return {}


class Identifiers:
    """New identifiers in the shape of recorded ones."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        self._count = 0

    def like(self, sample: object) -> str:
        """A new identifier: digits for digits, letters for letters."""
        text = str(sample) if sample not in (None, "") else ""
        if not text or _UUID.fullmatch(text):
            bits = self._random.getrandbits(128)
            return str(uuid.UUID(int=bits, version=4))
        self._count += 1
        if text.isdigit():
            if len(text) < 8:
                return str(self._count)
            # The count at the end keeps them unique whatever chance says.
            tail = f"{self._count:06d}"
            head = self._digits(len(text) - len(tail))
            return head + tail
        return "".join(self._letter(letter) for letter in text)

    def _digits(self, count: int) -> str:
        if count <= 0:
            return ""
        return str(self._random.randint(10 ** (count - 1), 10**count - 1))

    def _letter(self, letter: str) -> str:
        if letter.isdigit():
            return self._random.choice(string.digits)
        if letter in string.ascii_lowercase:
            hexadecimal = letter in "abcdef"
            return self._random.choice(
                "abcdef" if hexadecimal else string.ascii_lowercase
            )
        if letter in string.ascii_uppercase:
            return self._random.choice(string.ascii_uppercase)
        return letter


def is_sample_text(field: Field, sample: Tree | None) -> bool:
    """Whether numbers of a field travel in quotes."""
    return isinstance(sample, str) or (sample is None and field.type.value == "decimal")
