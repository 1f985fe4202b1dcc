"""A tree to the bytes of a format: what the formats of replies read, written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from wirebook.model import Reply, ReplyFormat
from wirebook.runtime.encode import Value, json_text, plain
from wirebook.runtime.text_formats import template_parts
from wirebook.runtime.xml_writer import xml_document

from .kinds import is_list, is_mapping


def encode(shape: Reply, tree: Value, success: bool = True) -> bytes:
    """A tree in the format of a shape.

    success: of several roots the first stands for it, the last for a failure.
    """
    match shape.format:
        case ReplyFormat.JSON:
            text = json_text(tree)
        case ReplyFormat.XML:
            members = members_of(tree)
            root = (shape.root or ("xml",))[0 if success else -1]
            return xml_document(root, members, None, shape.charset)
        case ReplyFormat.DELIMITED:
            text = _delimited(shape, tree)
        case ReplyFormat.PAIRS:
            members = members_of(tree)
            separator = shape.separator or ":"
            text = (shape.records or "\n").join(
                f"{name}{separator}{'' if shape.records else ' '}{text_of(item)}"
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
            text = text_of(found)
        case _:
            text = ""
    return text.encode(shape.charset)


def members_of(tree: Value) -> Mapping[str, Value]:
    """The members of a mapping; none of anything else."""
    found: Mapping[str, Value] = tree if is_mapping(tree) else {}
    return found


def text_of(value: Any) -> str:
    """A single value as text, empty for none."""
    return "" if value is None else plain(value)


def _delimited(shape: Reply, tree: Value) -> str:
    between = shape.records or "\n"
    if not shape.head:
        records = tree if is_list(tree) else [tree]
        return between.join(_record(shape, record) for record in records)
    members = members_of(tree)
    first = [text_of(members.get(name)) for name in shape.head]
    listed = members.get("records")
    records = listed if is_list(listed) else []
    lines = [(shape.separator or "|").join(first)]
    return between.join([*lines, *(_record(shape, each) for each in records)])


def _record(shape: Reply, tree: Value) -> str:
    members = members_of(tree)
    values = [members.get(name) for name in shape.fields]
    least = len(shape.fields) if shape.min_fields is None else shape.min_fields
    while len(values) > least and values[-1] in (None, ""):
        values.pop()
    return (shape.separator or "|").join(text_of(value) for value in values)


def _sentence(shape: Reply, tree: Value) -> str:
    members = members_of(tree)
    for template in shape.templates:
        fixed, names = template_parts(template)
        if all(members.get(name) is not None for name in names):
            pieces = [fixed[0]]
            for name, after in zip(names, fixed[1:], strict=True):
                pieces += [text_of(members.get(name)), after]
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
        pieces += [text_of(members.get(name)) or "1", after]
    return "".join(pieces)


def _csv(shape: Reply, tree: Value) -> str:
    rows = [row for row in tree if is_mapping(row)] if is_list(tree) else []
    names = list(shape.fields) or list(dict.fromkeys(k for row in rows for k in row))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=shape.separator or ",", lineterminator="\n")
    if shape.header:
        writer.writerow(names)
    writer.writerows([text_of(row.get(name)) for name in names] for row in rows)
    return out.getvalue()
