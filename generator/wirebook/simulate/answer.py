"""A status and a result to the bytes that the provider would answer with."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from wirebook.arguments import find_enum, find_model
from wirebook.model import (
    HTTP,
    Alternate,
    Field,
    FieldType,
    Operation,
    Provider,
    Reply,
    ReplyFormat,
)
from wirebook.runtime import body, timeformat
from wirebook.runtime.encode import Value, json_text, plain
from wirebook.runtime.text_formats import template_parts
from wirebook.runtime.xml_writer import xml_document

from .exchange import Outgoing
from .fault import find_table, is_success
from .kinds import is_list, is_mapping
from .samples import Samples, is_sample_text

_MEDIA = {
    ReplyFormat.JSON: "application/json;charset=UTF-8",
    ReplyFormat.XML: "text/xml; charset=utf-8",
    ReplyFormat.CSV: "text/csv; charset=utf-8",
    ReplyFormat.BYTES: "application/octet-stream",
}

_OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}$")


class Writer:
    """Writes the answers of one provider."""

    def __init__(self, provider: Provider, samples: Samples) -> None:
        self._provider = provider
        self._samples = samples

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
        other = self._shape(operation, code, success, wires or {}, result)
        shape = other.reply if other else operation.reply
        if not success and not shape.status and not _in_items(operation, shape):
            return self._by_http(operation, code, words)
        http = _http(shape, other)
        file = shape.format is ReplyFormat.BYTES
        held = None if file else result
        tree = self._tree(operation, shape, other, code, words, held, success)
        if file:
            return self._download(operation, http, result, _headers(tree))
        media = _MEDIA.get(shape.format, "text/plain; charset=utf-8")
        headers = (("Content-Type", media), *_headers(tree))
        return Outgoing(http, headers, self.encode(shape, tree, success))

    def _shape(
        self,
        operation: Operation,
        code: str | None,
        success: bool,
        wires: Mapping[str, str],
        result: Any,
    ) -> Alternate | None:
        asked = [
            alternate
            for alternate in operation.alternates
            if (when := alternate.parameter) is not None
            and wires.get(when.parameter) in when.values
        ]
        for alternate in asked:
            reply = alternate.reply
            carries = reply.returns or not operation.reply.returns
            judges = reply.status or alternate.status_is == code
            if carries if success else judges:
                return alternate
        if asked:
            return asked[0]
        if success:
            for alternate in operation.alternates:
                if _only_in(alternate, result):
                    return alternate
            return self._samples.shape(operation)
        if operation.reply.status or _in_items(operation, operation.reply):
            return None
        for alternate in operation.alternates:
            if alternate.reply.status or alternate.status_is == code:
                return alternate
        return None

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
        if not success and _in_items(operation, shape):
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
            wired = self.result(operation.product, shape, result)
            if shape.at:
                if wired is not None or not shape.optional:
                    fields.append((shape.at, wired))
            elif is_mapping(wired):
                taken = {path.partition(".")[0] for path, _ in fields} - {"$header"}
                named = _members(wired.get("$header"))
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

    # Results.

    def result(self, product: str | None, shape: Reply, result: Any) -> Value:
        """A result by field names as the tree that travels."""
        if result is None:
            return None
        if not shape.returns_model:
            return _scalar(result)
        key = shape.returns or ""
        if is_list(result):
            return [self.model(product, key, item) for item in result]
        record = self.model(product, key, cast("Mapping[str, Any]", result))
        return [record] if shape.list else record

    def model(self, product: str | None, key: str, values: Mapping[str, Any]) -> Value:
        """A record by field names as the mapping that travels."""
        model = find_model(self._provider, product, key)
        fields: list[tuple[str, Value]] = []
        for field in model.fields:
            value = values.get(field.name)
            if value is None:
                if field.optional and not (field.nullable and field.name in values):
                    continue
                fields.append((field.wire, None if field.nullable else ""))
                continue
            fields.append((field.wire, self._field(product, key, field, value)))
        return body.tree(fields) if fields else {}

    def _field(self, product: str | None, key: str, field: Field, value: Any) -> Value:
        if field.list is not None:
            listed = value if is_list(value) else [value]
            items = [self._item(product, key, field, item) for item in listed]
            if field.list.style == "joined":
                between = field.list.separator or ","
                return between.join(plain(item) for item in items)
            return {field.list.item: items} if field.list.item else items
        return self._item(product, key, field, value)

    def _item(self, product: str | None, key: str, field: Field, value: Any) -> Value:
        sample = self._samples.field(product, key, field.name)
        quoted = is_sample_text(field, sample)
        match field.type:
            case FieldType.OBJECT:
                return self.model(product, field.model or "", value)
            case FieldType.INTEGER:
                return str(value) if quoted else int(value)
            case FieldType.DECIMAL:
                return str(value) if quoted else Decimal(str(value))
            case FieldType.BOOLEAN:
                return _boolean(field, value, sample)
            case FieldType.ENUM:
                enum = find_enum(self._provider, product, field.enum)
                text = _row_value(enum.values, str(value))
                return _number(text, enum.kind == "int" and not isinstance(sample, str))
            case FieldType.STATUS:
                table = next(
                    t
                    for p in (*self._provider.products, self._provider.shared)
                    if p.key in (product, None)
                    for t in p.tables
                    if t.key == field.table
                )
                text = next(
                    (s.code for s in table.statuses if s.name == str(value)), str(value)
                )
                return _number(text, isinstance(sample, int))
            case FieldType.DATETIME | FieldType.DATE | FieldType.TIME:
                return _moment(field, value, sample)
            case FieldType.JSON | FieldType.MAP:
                return json_text(value) if field.encode == "json" else value
            case _:
                text = str(value)
                return _number(text, isinstance(sample, int) and text.isdigit())

    # Formats.

    def encode(self, shape: Reply, tree: Value, success: bool = True) -> bytes:
        """A tree in the format of a shape.

        success: of several roots the first stands for it, the last for a failure.
        """
        match shape.format:
            case ReplyFormat.JSON:
                text = json_text(tree)
            case ReplyFormat.XML:
                members = _members(tree)
                root = (shape.root or ("xml",))[0 if success else -1]
                return xml_document(root, members, None, shape.charset)
            case ReplyFormat.DELIMITED:
                text = _delimited(shape, tree)
            case ReplyFormat.PAIRS:
                members = _members(tree)
                separator = shape.separator or ":"
                text = (shape.records or "\n").join(
                    f"{name}{separator}{'' if shape.records else ' '}{_text(item)}"
                    for name, item in members.items()
                )
            case ReplyFormat.SENTENCE:
                records = tree if is_list(tree) else [tree]
                between = shape.records or "\n"
                text = between.join(_sentence(shape, record) for record in records)
            case ReplyFormat.CSV:
                text = _csv(shape, tree)
            case ReplyFormat.TEXT:
                found = tree.get("text", "") if is_mapping(tree) else tree
                text = _text(found)
            case _:
                text = ""
        return text.encode(shape.charset)


def _only_in(alternate: Alternate, result: Any) -> bool:
    """Whether the result has nothing but what this very shape names."""
    given = {name for name, value in _first(result).items() if value is not None}
    return bool(given) and given <= set(alternate.reply.fields)


def _first(result: Any) -> Mapping[str, Any]:
    item = result[0] if is_list(result) and result else result
    return item if is_mapping(item) else {}


def _in_items(operation: Operation, shape: Reply) -> bool:
    """Whether a refusal is an item of its own, for want of another place."""
    return (
        not shape.status
        and operation.statuses.items is not None
        and shape.returns_model
    )


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
            (name, _text(value).encode("ascii", "replace").decode())
            for name, value in _members(own).items()
        ]
        for value in tree.values():
            found += _headers(value)
    return list(dict.fromkeys(found))


def _escaped(name: str) -> str:
    return name.replace(".", "\\.")


def _scalar(result: Any) -> Value:
    if isinstance(result, Mapping | list | Decimal | bool | int):
        return cast("Value", result)
    return str(result)


def _number(text: str, number: bool) -> Value:
    return int(text) if number and text.lstrip("-").isdigit() else text


def _row_value(rows: Sequence[Any], text: str) -> str:
    for row in rows:
        if text in (row.name, row.value):
            return str(row.value)
    return text


def _boolean(field: Field, value: Any, sample: Any) -> Value:
    true = value if isinstance(value, bool) else str(value).lower() == "true"
    if field.spelling is None:
        return ("true" if true else "false") if isinstance(sample, str) else true
    text = field.spelling[true]
    number = field.spelling_numbers and not isinstance(sample, str)
    return _number(text, number or isinstance(sample, int))


def _moment(field: Field, value: Any, sample: Any) -> Value:
    format_ = field.format or "iso8601"
    if field.type is FieldType.DATE:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        return timeformat.write_fields(
            day, "yyyy-MM-dd" if format_ == "iso8601" else format_
        )
    if field.type is FieldType.TIME:
        hour = value if isinstance(value, time) else time.fromisoformat(str(value))
        return timeformat.write_fields(
            hour, "HH:mm:ss" if format_ == "iso8601" else format_
        )
    moment = (
        value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    )
    if format_ == "unix_auto":
        format_ = "unix_milliseconds"
    text = timeformat.write(moment, format_, field.zone or _zone(moment, sample))
    return _number(text, format_.startswith("unix") and not isinstance(sample, str))


def _zone(moment: datetime, sample: Any) -> str:
    """The moment's own offset; for one in UTC, that of what was recorded."""
    found = _OFFSET.search(str(sample)) if moment.utcoffset() == timedelta(0) else None
    return found[0] if found else timeformat.offset_text(moment.utcoffset(), "xxx")


def _members(tree: Value) -> Mapping[str, Value]:
    found: Mapping[str, Value] = tree if is_mapping(tree) else {}
    return found


def _text(value: Any) -> str:
    return "" if value is None else plain(value)


def _delimited(shape: Reply, tree: Value) -> str:
    between = shape.records or "\n"
    if not shape.head:
        records = tree if is_list(tree) else [tree]
        return between.join(_record(shape, record) for record in records)
    members = _members(tree)
    first = [_text(members.get(name)) for name in shape.head]
    listed = members.get("records")
    records = listed if is_list(listed) else []
    lines = [(shape.separator or "|").join(first)]
    return between.join([*lines, *(_record(shape, each) for each in records)])


def _record(shape: Reply, tree: Value) -> str:
    members = _members(tree)
    values = [members.get(name) for name in shape.fields]
    least = len(shape.fields) if shape.min_fields is None else shape.min_fields
    while len(values) > least and values[-1] in (None, ""):
        values.pop()
    return (shape.separator or "|").join(_text(value) for value in values)


def _sentence(shape: Reply, tree: Value) -> str:
    members = _members(tree)
    for template in shape.templates:
        fixed, names = template_parts(template)
        if all(members.get(name) is not None for name in names):
            pieces = [fixed[0]]
            for name, after in zip(names, fixed[1:], strict=True):
                pieces += [_text(members.get(name)), after]
            return "".join(pieces)
    return _nearest(shape, members)


def _nearest(shape: Reply, members: Mapping[str, Value]) -> str:
    """The sentence of which most is known; a record that knows nothing has none."""
    known = {name for name, value in members.items() if value is not None}
    parts = [template_parts(template) for template in shape.templates]
    fixed, names = max(parts, key=lambda each: len(known & {*each[1]}))
    if not known & {*names}:
        return ""
    pieces = [fixed[0]]
    for name, after in zip(names, fixed[1:], strict=True):
        pieces += [_text(members.get(name)) or "1", after]
    return "".join(pieces)


def _csv(shape: Reply, tree: Value) -> str:
    rows = [row for row in tree if is_mapping(row)] if is_list(tree) else []
    names = list(shape.fields) or list(dict.fromkeys(k for row in rows for k in row))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=shape.separator or ",", lineterminator="\n")
    if shape.header:
        writer.writerow(names)
    writer.writerows([_text(row.get(name)) for name in names] for row in rows)
    return out.getvalue()
