"""Paths into replies: each must lead to something that is there."""

from __future__ import annotations

import re

from wirebook.explain import Explanation
from wirebook.model import HTTP, Provider, Reply, ReplyFormat, header_of
from wirebook.problem import did_you_mean, quote
from wirebook.report import Report

from .lookup import Names, operations
from .replies import HOLE

_PATH = re.compile(r"[^.\s]+(?:[ ]*[^.\s]+)*(?:\.[^.\s]+(?:[ ]*[^.\s]+)*)*")
_OUTSIDE = "`$http` and `$header.NAME`"
_OPAQUE = frozenset({ReplyFormat.BYTES, ReplyFormat.EMPTY})
_TREES = frozenset({ReplyFormat.JSON, ReplyFormat.XML})
_INDEX = re.compile(r"\[(?:\d+|\*|)\]")


def check(provider: Provider, report: Report) -> None:
    for operation, known in operations(provider):
        shapes = [(operation.reply, False)]
        shapes += [
            (other.reply, bool(other.status_is)) for other in operation.alternates
        ]
        for reply, judged in shapes:
            _paths(reply, report)
            _model(reply, judged, known, report)
            if reply.format in _TREES and reply.returns_model:
                _wires(reply.returns, known, set(), report)


def _paths(reply: Reply, report: Report) -> None:
    expected = [path for path, _ in reply.expect]
    given = [
        *reply.status,
        *reply.retry_after,
        *reply.message,
        *expected,
        *([reply.at] if reply.at else []),
    ]
    named = _names(reply)
    for path in given:
        if path == HTTP or header_of(path) is not None:
            continue
        if path.startswith(("$head", HTTP)):
            text = f"{quote(path)} is no path"
            report.error("reply-path", reply.where, text, f"there are {_OUTSIDE}")
        elif reply.format in _OPAQUE:
            text = f"a reply of format {reply.format} has no {quote(path)}"
            report.error("reply-path", reply.where, text, f"there are {_OUTSIDE} alone")
        elif (way := _way(path)) is not None:
            text = f"{quote(path)} is no path"
            report.error("reply-path", reply.where, text, way)
        elif named is not None and path not in named:
            report.error(
                "reply-path",
                reply.where,
                f"the reply has no field {quote(path)}{did_you_mean(path, named)}",
                "known: " + ", ".join(quote(name) for name in named),
            )


def _way(path: str) -> str | None:
    """What is written instead of something that is no path."""
    if path.startswith("$"):
        return (
            f"paths begin with a name, `code` or `data.id`; beside them are {_OUTSIDE}"
        )
    if _INDEX.search(path):
        return "items of a list are numbers between dots: `errors.0.code`"
    if not _PATH.fullmatch(path):
        return "names with dots between; `@name` for an attribute"
    return None


def _wires(key: str | None, known: Names, seen: set[str], report: Report) -> None:
    """The fields of a model are paths too, and those of the models inside of it."""
    model = known.models.get(key or "")
    if model is None or model.key in seen:
        return
    seen.add(model.key)
    for field in model.fields:
        for wire in (field.wire, *field.wire_aliases):
            # Headers, misspelt ones too, have rules of their own.
            way = None if wire.startswith("$head") else _way(wire)
            if way is not None:
                text = f"{quote(wire)} of {quote(field.name)} is no path"
                report.error("reply-path", field.where, text, way)
        _wires(field.model, known, seen, report)


def _names(reply: Reply) -> list[str] | None:
    """The names that a flat format has; None where nobody knows them."""
    match reply.format:
        case ReplyFormat.DELIMITED:
            return [*reply.head, "records"] if reply.head else list(reply.fields)
        case ReplyFormat.CSV:
            return None if reply.header else list(reply.fields)
        case ReplyFormat.SENTENCE:
            found = [HOLE.findall(template) for template in reply.templates]
            return list(dict.fromkeys(name for names in found for name in names))
        case ReplyFormat.TEXT:
            return ["text"]
        case _:
            return None


def _model(reply: Reply, judged: bool, known: Names, report: Report) -> None:
    """A flat reply must name the fields that its model reads.

    judged: the alternate says which status it stands for.
    """
    below = reply.head and reply.at == "records"
    named = list(reply.fields) if below else _names(reply)
    model = known.models.get(reply.returns or "") if reply.returns_model else None
    if named is None or model is None:
        return
    for field in model.fields:
        wires = (field.wire, *field.wire_aliases)
        if header_of(field.wire) is not None:
            continue
        needed = not field.optional and not (judged and field.item_status)
        if needed and not any(wire in named for wire in wires):
            report.error(
                "reply-path",
                reply.where,
                f"{quote(model.key)} needs {quote(field.wire)}, which the reply does not "
                f"name{did_you_mean(field.wire, named)}",
                "known: " + ", ".join(quote(name) for name in named),
            )


EXPLANATIONS = (
    Explanation(
        "reply-path",
        "A path to nowhere",
        "`status`, `message`, `at` and `expect` point into the reply; in a flat format "
        "they name one of its fields. `$http` is the HTTP status, `$header.NAME` a header.",
        "reply: {format: delimited, fields: [code, id], status: status}\n",
        "reply: {format: delimited, fields: [status, id], status: status}\n",
    ),
)
