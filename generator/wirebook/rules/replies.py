"""Replies: what is read must be there to be read, and be judged.

Where paths lead is looked at in `reply_paths`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirebook.explain import Explanation
from wirebook.model import (
    HTTP,
    Model,
    Operation,
    Provider,
    Reply,
    ReplyFormat,
    header_of,
)
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import Names, operations

_KEYS: dict[str, frozenset[ReplyFormat]] = {
    "root": frozenset({ReplyFormat.XML}),
    "records": frozenset(
        {ReplyFormat.DELIMITED, ReplyFormat.PAIRS, ReplyFormat.SENTENCE}
    ),
    "fields": frozenset({ReplyFormat.DELIMITED, ReplyFormat.CSV}),
    "min_fields": frozenset({ReplyFormat.DELIMITED}),
    "head": frozenset({ReplyFormat.DELIMITED}),
    "header": frozenset({ReplyFormat.CSV}),
    "templates": frozenset({ReplyFormat.SENTENCE}),
    "separator": frozenset({ReplyFormat.DELIMITED, ReplyFormat.PAIRS, ReplyFormat.CSV}),
}
HOLE = re.compile(r"\{([^{}]*)\}")
"""A value in the template of a sentence."""
_EMPTY = (
    "an empty reply returns nothing but headers: drop `returns`, or read `at: "
    "$header.NAME`, or a model whose fields have `wire: $header.NAME`"
)


def check(provider: Provider, report: Report) -> None:
    for operation, known in operations(provider):
        for reply in (operation.reply, *(one.reply for one in operation.alternates)):
            _keys(reply, report)
            _shape(reply, known, report)
            _matching(reply, report)
        _statuses(operation, report)
        _items(operation, known, report)


def _keys(reply: Reply, report: Report) -> None:
    for key, formats in _KEYS.items():
        if getattr(reply, key) and reply.format not in formats:
            report.error(
                "idle-reply-key",
                reply.where,
                f"{quote(key)} means nothing for a reply of format {reply.format}",
                "it goes with " + ", ".join(sorted(formats)),
            )


def _shape(reply: Reply, known: Names, report: Report) -> None:
    match reply.format:
        case ReplyFormat.DELIMITED:
            problem = _delimited(reply)
        case ReplyFormat.CSV if not (reply.header or reply.fields):
            problem = "nothing names the columns: add `header: true` or `fields`"
        case ReplyFormat.SENTENCE:
            problem = _sentence(reply.templates)
        case ReplyFormat.BYTES if reply.returns not in (None, "bytes"):
            problem = "a file is returned as it is: `returns: bytes`"
        case ReplyFormat.EMPTY if reply.returns is not None:
            problem = None if _in_headers(reply, known) else _EMPTY
        case _:
            problem = None
    if problem is None and reply.keyed and not (reply.list and reply.returns_model):
        problem = "only items of a list have keys: `list: true`, and a model to return"
    if problem is None and reply.returns is None and (reply.list or reply.at):
        problem = "nothing is returned: add `returns`, or drop `at` and `list`"
    if problem is not None:
        report.error("reply-shape", reply.where, problem)


def _in_headers(reply: Reply, known: Names) -> bool:
    """Whether the result is all in headers."""
    model = known.models.get(reply.returns or "") if reply.returns_model else None
    if model is None:
        return header_of(reply.at) is not None
    needed = [field.wire for field in model.fields if not field.optional]
    return not reply.at and all(header_of(wire) is not None for wire in needed)


def _delimited(reply: Reply) -> str | None:
    if reply.min_fields is not None and reply.min_fields > len(reply.fields):
        return "`min_fields` is above the number of fields"
    if reply.records is not None and reply.records == reply.separator:
        return "records and fields are parted by the same text"
    if reply.head and reply.records is None:
        return "`head` is the first of several records: say what parts them, `records`"
    if reply.head and reply.list and reply.at != "records":
        return "what follows the `head` is the list `records`: write `at: records`"
    return None


def _sentence(templates: Sequence[str]) -> str | None:
    for template in templates:
        names = HOLE.findall(template)
        rest = HOLE.sub("\0", template)
        if "{" in rest or "}" in rest:
            return f"the template {quote(template)} has a brace without its fellow"
        if "\0\0" in rest:
            return f"the template {quote(template)} has two values with nothing between"
        if not all(name.isidentifier() for name in names):
            return f"the template {quote(template)} has a value without a name"
        if len(set(names)) < len(names):
            return f"the template {quote(template)} has one name twice"
    return None


def _matching(reply: Reply, report: Report) -> None:
    matched = reply.match or reply.match_parameter or reply.ordered
    if matched and not (reply.list or reply.returns_model):
        report.error(
            "reply-shape",
            reply.where,
            "only items of a list can be matched with those of the request",
            "add `list: true`, or drop `match`",
        )


def _statuses(operation: Operation, report: Report) -> None:
    use, reply = operation.statuses, operation.reply
    shapes = [reply, *(other.reply for other in operation.alternates)]
    read = [path for shape in shapes for path in shape.status]
    stands = any(other.status_is is not None for other in operation.alternates)
    if any(path != HTTP for path in read) and use.table is None:
        report.error(
            "status-without-table",
            operation.where,
            f"{quote(operation.name)} reads a status that no table judges",
            "add `statuses: {table: …}`",
        )
    if HTTP in read and use.http is None and use.table is None:
        report.error(
            "status-without-table",
            operation.where,
            f"{quote(operation.name)} is judged by HTTP statuses without a table",
            "add `statuses: {http: …}`",
        )
    if use.table is not None and not (read or stands or use.items):
        report.error(
            "table-without-status",
            operation.where,
            f"nothing says where {quote(operation.name)} has the status for its table",
            "add `status` to the reply, or drop the table",
        )


def _items(operation: Operation, known: Names, report: Report) -> None:
    reply, table = operation.reply, operation.statuses.items
    model = known.models.get(reply.returns or "") if reply.returns_model else None
    judging = [field for field in model.fields if field.item_status] if model else []
    problem: str | None = None
    if len(judging) > 1:
        problem = "two fields judge the items"
    elif table is None and judging:
        problem = f"{quote(judging[0].name)} judges the items, but no table is named"
    elif table is not None and not judging and not _inner(model, known):
        problem = "a table for items is named, but no field of the result judges them"
    elif judging and judging[0].table not in (table, None):
        problem = f"items are judged by {quote(table or '')} and by another table"
    elif judging and not reply.list:
        problem = "one result is no list of items"
    if problem:
        report.error(
            "item-status",
            operation.where,
            f"{quote(operation.name)}: {problem}",
            "`statuses: {items: t}`, `list: true`, and one field with "
            "`type: status, table: t, item_status: true`",
        )


def _inner(model: Model | None, known: Names) -> bool:
    """Whether the items inside of a result are judged."""
    inner = (
        [known.models.get(field.model or "") for field in model.fields] if model else []
    )
    return any(field.item_status for found in inner if found for field in found.fields)


EXPLANATIONS = (
    Explanation(
        "idle-reply-key",
        "A key of another format",
        "Each format has keys of its own; others would be ignored in silence.",
        'reply: {format: json, separator: "|"}\n',
        'reply: {format: delimited, separator: "|", fields: [status, id]}\n',
    ),
    Explanation(
        "reply-shape",
        "A reply that cannot be taken apart",
        "The parts of a reply must be known by name, and be told from each other.",
        'reply: {format: sentence, templates: ["Sent {id}{phone}"]}\n',
        'reply: {format: sentence, templates: ["Sent {id} to {phone}"]}\n',
    ),
    Explanation(
        "status-without-table",
        "A status that nobody judges",
        "A code says success or failure only through a table; without one every reply "
        "would pass.",
        'reply: {format: xml, status: "@result"}\n',
        'statuses: {table: result}\nreply: {format: xml, status: "@result"}\n',
    ),
    Explanation(
        "table-without-status",
        "A table without a status to judge",
        "The operation names a table, but its replies are not asked for a code, so "
        "failures would go unseen.",
        "statuses: {table: result}\nreply: {format: xml}\n",
        'statuses: {table: result}\nreply: {format: xml, status: "@result"}\n',
    ),
    Explanation(
        "item-status",
        "Items that are judged halfway",
        "Where each item of a reply has a status of its own, the operation names the "
        "table, and one field of the item's model is the judge.",
        "fields: {status: {type: string, item_status: true}}\n",
        "fields: {status: {type: status, table: submit, item_status: true}}\n",
    ),
)
