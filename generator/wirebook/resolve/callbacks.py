"""Callbacks: what the provider pushes."""

from __future__ import annotations

from wirebook.model import Callback

from .reader import Entry


def callback(key: str, entry: Entry) -> Callback:
    """Read one kind of push."""
    scope = entry.scope
    model = entry.needed("model")
    if entry.has("model"):
        scope.check("model", model, scope.models, entry.place("model"))
    auth = entry.maybe("auth")
    if auth is not None:
        scope.check("scheme", auth, scope.schemes, entry.place("auth"))
    answer = entry.child("answer") or entry.empty()
    status = answer.integer("http")
    return Callback(
        key=key,
        product=scope.product,
        model=model,
        method=entry.text("method", "POST").upper(),
        format=entry.text("format", "json"),
        at=entry.text("at"),
        list=entry.flag("list"),
        lenient=entry.flag("lenient"),
        auth=auth,
        answer_status=200 if status is None else status,
        answer=answer.text("body"),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )
