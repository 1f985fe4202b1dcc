"""Samples of replies: what they are made of, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wirebook.runtime.formats import xml_root, xml_tree
from wirebook.runtime.tree import ReplyProblem

from .draft import Draft, listed, quoted, unique
from .found import Call, Delimited, of_json
from .words import is_secret, name, snake

_STATUS = ("code", "status", "result", "errcode", "error_code", "errno", "ret")
_MESSAGE = ("message", "msg", "reason", "description", "error")
_SEPARATORS = "|;\t"


def of_text(call: Call, text: str) -> None:
    """Take a sample that is no JSON: XML, or fields with a separator between them."""
    body = text.strip()
    if body.startswith("<"):
        data = body.encode("utf-8")
        root = xml_root(data)
        try:
            tree = xml_tree(data)
        except ReplyProblem:
            return
        if root is not None and root.lower() != "html" and isinstance(tree, dict):
            call.shape, call.root, call.reply = "xml", root, tree
        return
    lines = [line for line in body.splitlines() if line.strip()]
    for separator in _SEPARATORS:
        if lines and all(separator in line for line in lines):
            call.shape = "delimited"
            call.reply = Delimited(separator, lines[0].split(separator), len(lines) > 1)
            return


def reply_lines(draft: Draft, call: Call, own: str) -> Iterator[str]:
    """`statuses` and `reply` of an operation."""
    if isinstance(call.reply, Delimited):
        yield from _delimited(draft, call.reply, own)
        return
    if not call.reply:
        yield "    # GUESS: no sample shows the reply, so it is handed on as text."
        yield "    reply: {format: text, returns: string}"
        return
    facts = ["format: json"]
    if call.shape == "xml":
        facts = ["format: xml", f"root: {quoted(call.root)}"]
    status = _found(call.reply, _STATUS)
    if status is not None:
        code = str(call.reply[status])
        tables = [key for key, known in draft.tables.items() if code in known]
        if tables:
            yield f"    statuses: {{table: {tables[0]}}}"
            facts.append(f"status: {quoted(status)}")
            message = _found(call.reply, _MESSAGE)
            facts += [f"message: {quoted(message)}"] if message else []
    fields = [*_fields(call.reply)]
    if fields:
        facts.append(f"returns: {_model(draft, own, fields)}")
    yield f"    reply: {{{', '.join(facts)}}}"


def _found(reply: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The key at the top, an attribute perhaps, that has one of the names."""
    tops = {
        snake(key): key for key, item in reply.items() if not isinstance(item, dict)
    }
    return next((tops[name] for name in names if name in tops), None)


def _model(draft: Draft, own: str, fields: list[str]) -> str:
    model = f"{own[:40]}_result"
    draft.models += [
        f"  {model}:",
        f"    summary: {quoted(f'What {own} answers.')}",
        "    src: page",
        "    fields:",
        *fields,
    ]
    return model


def _fields(reply: Any) -> Iterator[str]:
    taken: set[str] = set()
    for value in of_json(reply):
        value.constant = None
        key = unique(name(value.wire), taken)
        style = ", list: {json: true}" if value.list else ""
        secret = ", secret: true" if is_secret(value.wire) else ""
        wire = f"wire: {quoted(value.wire)}, " if value.wire != key else ""
        summary = quoted(f"What {value.wire} holds.")
        yield (
            f"      {key}: {{{wire}type: {value.type}{style}, optional: true{secret},"
            f" summary: {summary}}}"
        )


def _delimited(draft: Draft, sample: Delimited, own: str) -> Iterator[str]:
    """Fields by their places; the first is a code where a table knows it."""
    first = sample.fields[0].strip()
    tables = [key for key, known in draft.tables.items() if first in known]
    names = [f"field_{number}" for number in range(1, len(sample.fields) + 1)]
    if tables:
        names[0] = "status"
        kind = "items" if sample.many else "table"
        yield f"    statuses: {{{kind}: {tables[0]}}}"
    lines = [
        f"      {each}: {{type: string, optional: true, summary: {quoted(f'Field {n}.')}}}"
        for n, each in enumerate(names, 1)
    ]
    if tables and sample.many:
        judged = f"type: status, table: {tables[0]}, item_status: true"
        lines[0] = f'      status: {{{judged}, summary: "The status of the record."}}'
    facts = ["format: delimited", f"separator: {_mark(sample.separator)}"]
    facts += ['records: "\\n"'] if sample.many else []
    facts += [f"fields: {listed(names)}", "min_fields: 1"]
    facts += ["status: status"] if tables and not sample.many else []
    facts.append(f"returns: {_model(draft, own, lines)}")
    facts += ["list: true"] if sample.many else []
    yield "    # GUESS: the names of the fields; a sample shows their places only."
    yield f"    reply: {{{', '.join(facts)}}}"


def _mark(separator: str) -> str:
    """A separator as YAML writes it."""
    return '"\\t"' if separator == "\t" else f'"{separator}"'
