"""A status and a result to the bytes that the provider would answer with."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from wirebook.arguments import find_model
from wirebook.model import (
    HTTP,
    Alternate,
    Field,
    Operation,
    Provider,
    Reply,
    ReplyFormat,
)
from wirebook.runtime import body
from wirebook.runtime.encode import Value

from .exchange import Outgoing
from .fault import find_table, is_success
from .format import encode, members_of, text_of
from .kinds import is_list, is_mapping
from .records import Records
from .samples import Samples
from .shape import find_shape, in_items

_MEDIA = {
    ReplyFormat.JSON: "application/json;charset=UTF-8",
    ReplyFormat.XML: "text/xml; charset=utf-8",
    ReplyFormat.CSV: "text/csv; charset=utf-8",
    ReplyFormat.BYTES: "application/octet-stream",
}


class Writer:
    """Writes the answers of one provider."""

    def __init__(self, provider: Provider, samples: Samples) -> None:
        self._provider = provider
        self._samples = samples
        self.records = Records(provider, samples)

    def write(
        self,
        operation: Operation,
        code: str | None,
        words: str,
        result: Any = None,
        wires: Mapping[str, str] | None = None,
    ) -> Outgoing:
        """The answer of an operation.

        code: the overall status; None where only items have one.
        words: the provider's text for it.
        result: by field names, or a single value; None for nothing.
        wires: arguments as sent, for shapes that depend on one.
        """
        uses = operation.statuses
        table = find_table(self._provider, operation, uses.table or uses.items)
        success = code is None or table is None or is_success(table, code)
        by_http = find_table(self._provider, operation, uses.http)
        if by_http is not None and code in {row.code for row in by_http.statuses}:
            return self._by_http(operation, code, words)
        other = find_shape(self._samples, operation, code, success, wires or {}, result)
        shape = other.reply if other else operation.reply
        if not success and not shape.status and not in_items(operation, shape):
            return self._by_http(operation, code, words)
        http = _http(shape, other)
        file = shape.format is ReplyFormat.BYTES
        held = None if file else result
        tree = self._tree(operation, shape, other, code, words, held, success)
        if file:
            return self._download(operation, http, result, _headers(tree))
        media = _MEDIA.get(shape.format, "text/plain; charset=utf-8")
        headers = (("Content-Type", media), *_headers(tree))
        return Outgoing(http, headers, encode(shape, tree, success))

    def _by_http(self, operation: Operation, code: str | None, words: str) -> Outgoing:
        """A refusal that has no place but the HTTP status."""
        table = find_table(self._provider, operation, operation.statuses.http)
        if code is not None and re.fullmatch("[3-5][0-9][0-9]", code):
            kind = (("Content-Type", "text/plain; charset=utf-8"),)
            return Outgoing(int(code), kind, words.encode())
        rows = table.statuses if table is not None else ()
        codes = [int(row.code) for row in rows if row.reaction is not None]
        kind = (("Content-Type", "text/plain; charset=utf-8"),)
        return Outgoing(codes[0] if codes else 400, kind, words.encode())

    def _download(
        self,
        operation: Operation,
        http: int,
        result: Any,
        named: Sequence[tuple[str, str]],
    ) -> Outgoing:
        found = self._samples.download(operation) or (
            b"\0" * 64,
            "application/octet-stream",
        )
        content, kind = found
        name = "file"
        if is_mapping(result):
            given = result.get("content", content)
            content = given if isinstance(given, bytes) else base64.b64decode(given)
            kind = result.get("media_type") or kind
            name = result.get("file_name") or name
        disposition = f'attachment; filename="{name}"'
        headers = (
            ("Content-Type", kind),
            ("Content-Disposition", disposition),
            *named,
        )
        return Outgoing(http, headers, content)

    def _tree(
        self,
        operation: Operation,
        shape: Reply,
        other: Alternate | None,
        code: str | None,
        words: str,
        result: Any,
        success: bool,
    ) -> Value:
        if not success and in_items(operation, shape):
            result = [{_item_field(self._provider, operation, shape).name: code}]
            success = True
        fields: list[tuple[str, Value]] = list(shape.expect)
        status = [path for path in shape.status if path != HTTP]
        if status and code is not None:
            fields.append((status[0], self._status(operation, shape, code)))
        # One place may hold the words of a failure and the result of a success.
        alone = not (success and shape.message and shape.message[0] == shape.at)
        if shape.message and alone and (words or code is not None):
            fields.append((shape.message[0], words))
        if other is not None and other.starts_with and shape.fields:
            first = other.starts_with.partition(shape.separator or "|")[0]
            fields.append((shape.fields[0], first))
        if success and shape.returns is not None:
            wired = self.records.result(operation.product, shape, result)
            if shape.at:
                if wired is not None or not shape.optional:
                    fields.append((shape.at, wired))
            elif is_mapping(wired):
                taken = {path.partition(".")[0] for path, _ in fields} - {"$header"}
                named = members_of(wired.get("$header"))
                fields += [(f"$header.{name}", value) for name, value in named.items()]
                taken.add("$header")
                fields += [(_escaped(k), v) for k, v in wired.items() if k not in taken]
            elif not fields or (shape.list and shape.format is ReplyFormat.JSON):
                return wired
            elif is_list(wired) and len(wired) == 1:
                fields += [(_escaped(k), v) for k, v in wired[0].items()]
        return body.tree(fields) if fields else {}

    def _status(self, operation: Operation, shape: Reply, code: str) -> Value:
        sample = self._samples.status(operation)
        number = shape.format is ReplyFormat.JSON and isinstance(sample, int)
        return int(code) if number else code


def _item_field(provider: Provider, operation: Operation, shape: Reply) -> Field:
    model = find_model(provider, operation.product, shape.returns)
    return next(field for field in model.fields if field.item_status)


def _http(shape: Reply, other: Alternate | None) -> int:
    if other is not None and other.http:
        return other.http[0]
    return shape.http[0] if shape.http else 200


def _headers(tree: Value) -> list[tuple[str, str]]:
    """Takes what travels in headers (`$header.NAME`) out of a tree."""
    found: list[tuple[str, str]] = []
    if is_list(tree):
        found = [header for item in tree for header in _headers(item)]
    elif is_mapping(tree):
        own = cast("dict[str, Value]", tree).pop("$header", None)
        found = [
            # A header holds ASCII: other words are left to the reader's imagination.
            (name, text_of(value).encode("ascii", "replace").decode())
            for name, value in members_of(own).items()
        ]
        for value in tree.values():
            found += _headers(value)
    return list(dict.fromkeys(found))


def _escaped(name: str) -> str:
    return name.replace(".", "\\.")
