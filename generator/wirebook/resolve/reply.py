"""Replies: which format, where the status stands, what comes out."""

from __future__ import annotations

from collections.abc import Collection

from wirebook.model import Alternate, Condition, Reply, ReplyFormat

from .conditions import condition
from .reader import Entry

_SEPARATORS = {ReplyFormat.PAIRS: ":", ReplyFormat.CSV: ",", ReplyFormat.DELIMITED: "|"}


def reply(
    entry: Entry, parameters: Collection[str], usual: ReplyFormat = ReplyFormat.JSON
) -> Reply:
    """Read one shape of reply.

    parameters: names that `match` may speak about.
    usual: the format where the spec names none.
    """
    scope = entry.scope
    format = entry.choice("format", ReplyFormat) or usual
    returns = entry.maybe("returns")
    if returns is not None:
        scope.returns(returns, entry.place("returns"))
    match = entry.child("match")
    return Reply(
        format=format,
        charset=entry.text("charset", "utf-8"),
        http=entry.numbers("http"),
        max_bytes=entry.integer("max_bytes"),
        root=entry.texts("root"),
        expect=entry.pairs("expect"),
        status=entry.texts("status"),
        absent_status=entry.text("absent_status", "error"),
        message=entry.texts("message"),
        retry_after=entry.texts("retry_after"),
        at=entry.text("at"),
        returns=returns,
        returns_model=returns in scope.models,
        list=entry.flag("list"),
        keyed=entry.maybe("keyed"),
        optional=entry.flag("optional"),
        records=entry.maybe("records"),
        separator=entry.maybe("separator") or _SEPARATORS.get(format),
        fields=entry.texts("fields"),
        min_fields=entry.integer("min_fields"),
        head=entry.texts("head"),
        header=entry.flag("header"),
        templates=entry.texts("templates"),
        trim=entry.flag("trim", format is not ReplyFormat.BYTES),
        match=_match_field(match, returns),
        match_parameter=_match_parameter(match, parameters),
        ordered=match.flag("ordered") if match else False,
        partial=match.flag("partial") if match else False,
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )


def alternate(entry: Entry, parameters: Collection[str], main: Reply) -> Alternate:
    """Read another shape and when it applies."""
    when = entry.child("when") or entry.empty()
    given: Condition | None = None
    if when.has("parameter"):
        given = condition(when, parameters)
    return Alternate(
        reply=reply(entry, parameters, main.format),
        starts_with=when.maybe("starts_with"),
        root=when.texts("root"),
        content_type=when.maybe("content_type"),
        http=when.numbers("http"),
        parameter=given,
        status_is=entry.maybe("status_is"),
    )


def _match_field(match: Entry | None, returns: str | None) -> str | None:
    name = match.maybe("field") if match else None
    if match is None or name is None:
        return None
    match.scope.field(match.scope.models, returns, name, match.place("field"))
    return name


def _match_parameter(match: Entry | None, parameters: Collection[str]) -> str | None:
    name = match.maybe("parameter") if match else None
    if match is not None and name is not None:
        first = name.partition(".")[0]
        match.scope.check("parameter", first, parameters, match.place("parameter"))
    return name
