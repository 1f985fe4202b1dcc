"""Records by field names to the trees that travel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from wirebook.arguments import find_enum, find_model
from wirebook.model import Field, FieldType, Provider, Reply
from wirebook.runtime import body, timeformat
from wirebook.runtime.encode import Value, json_text, plain
from wirebook.runtime.zone import offset_text

from .kinds import is_list
from .samples import Samples, is_sample_text

_OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}$")


class Records:
    """The records of one provider; what was recorded shows how values are written."""

    def __init__(self, provider: Provider, samples: Samples) -> None:
        self._provider = provider
        self._samples = samples

    def result(self, product: str | None, shape: Reply, result: Any) -> Value:
        """A result by field names as the tree that travels."""
        if result is None:
            return None
        if not shape.returns_model:
            return _scalar(result)
        key = shape.returns or ""
        if is_list(result):
            return [self.record(product, key, item) for item in result]
        record = self.record(product, key, cast("Mapping[str, Any]", result))
        return [record] if shape.list else record

    def record(self, product: str | None, key: str, values: Mapping[str, Any]) -> Value:
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
                return self.record(product, field.model or "", value)
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
    return found[0] if found else offset_text(moment.utcoffset(), "xxx")
