"""Replies: the result, and what stands around it.

OpenAPI cannot say what a code means for a caller, but it can say where one stands:
without it the users of other tools could not even look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirebook.model import Operation, Product

from .schema import Json, Names

_MEDIA = {"json": "application/json", "xml": "application/xml"}


def reply(names: Names, product: Product, operation: Operation) -> Json:
    """The reply to a call, refusals included: they come with the same status."""
    media = _MEDIA.get(operation.reply.format.value, "text/plain")
    schema: Json = {"type": "string"}
    if media != "text/plain":
        schema = _whole(names, product, operation) or schema
    return {
        "description": "The reply; refusals come with the same status.",
        "content": {media: {"schema": schema}},
    }


def _whole(names: Names, product: Product, operation: Operation) -> Json | None:
    """Result, status and message at their paths; None where nothing is known."""
    result = _result(names, product, operation)
    beside: Json = {}
    for path, schema in _beside(names, product, operation):
        _put(beside, path, schema)
    if result is None:
        return _object(beside) if beside else None
    if operation.reply.at:
        _put(beside, operation.reply.at.split("."), result)
        return _object(beside)
    if not beside or operation.reply.list:
        # A list has no place for anything beside its items.
        return result
    return {"allOf": [result, _object(beside)]}


def _result(names: Names, product: Product, operation: Operation) -> Json | None:
    found = operation.reply
    if found.returns is None or not found.returns_model:
        return None
    schema = names.reference(product, "models", found.returns)
    return {"type": "array", "items": schema} if found.list else schema


def _beside(
    names: Names, product: Product, operation: Operation
) -> Iterator[tuple[Sequence[str], Json]]:
    table = operation.statuses.table
    status: Json = {"type": "string"}
    if table is not None:
        # Numbers are also spelt as texts, and providers add codes.
        status = {"anyOf": [names.reference(product, "tables", table), status]}
    for path in operation.reply.status:
        if not path.startswith("$"):
            yield path.split("."), status
    for path in operation.reply.message:
        if not path.startswith("$"):
            yield path.split("."), {"type": "string"}


def _put(into: Json, path: Sequence[str], schema: Json) -> None:
    """Put a schema where its path leads; what stands there already goes beside it."""
    first, *rest = path
    if not rest:
        there = into.get(first)
        into[first] = {"allOf": [schema, there]} if there else schema
        return
    inner = into.setdefault(first, _object({}))
    _put(inner.setdefault("properties", {}), rest, schema)


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties}
