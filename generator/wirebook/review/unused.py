"""Unused things: what a spec declares and nothing refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from wirebook.explain import Explanation
from wirebook.model import Field, Operation, Provider, Vector, Where
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.rules.lookup import fields, holders, operations

from .spec import Spec


def check(spec: Spec, report: Report) -> None:
    provider = spec.provider
    if not provider.operations:
        return  # tables are all that some pages give
    used_fields = [field for field, _ in fields(provider)]
    used = {
        "model": _models(provider, used_fields),
        "enum": {field.enum for field in used_fields},
        "table": _tables(provider, used_fields),
    }
    for product, _ in holders(provider):
        declared: list[tuple[str, str, Where]] = [
            *(("model", model.key, model.where) for model in product.models),
            *(("enum", enum.key, enum.where) for enum in product.enums),
            *(("table", table.key, table.where) for table in product.tables),
        ]
        for kind, key, where in declared:
            if key not in used[kind]:
                _unused(kind, key, where, report)
    cited = {src.partition("#")[0] for src in _sources(provider)}
    for source in provider.sources:
        if source.key not in cited:
            _unused("source", source.key, source.where, report)


def _unused(kind: str, key: str, where: Where, report: Report) -> None:
    report.warning(
        "unused-declaration",
        where,
        f"nothing refers to the {kind} {quote(key)}",
        "refer to it where it belongs, or drop it",
    )


def _models(provider: Provider, known: Iterable[Field]) -> set[str | None]:
    found = {field.model for field in known}
    for operation, _ in operations(provider):
        found.update(reply.returns for reply in _replies(operation))
    for product in provider.products:
        found.update(callback.model for callback in product.callbacks)
    return found


def _replies(operation: Operation) -> Iterator[Any]:
    yield operation.reply
    for alternate in operation.alternates:
        yield alternate.reply


def _tables(provider: Provider, known: Iterable[Field]) -> set[str | None]:
    found = {field.table for field in known}
    for operation, _ in operations(provider):
        use = operation.statuses
        found.update((use.table, use.http, use.items))
    return found


def _sources(value: object) -> Iterator[str]:
    """Every `src` in the model."""
    if isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from _sources(item)
        return
    if isinstance(value, Vector):
        yield from value.src
        return
    for slot in getattr(type(value), "__struct_fields__", ()):
        if slot == "src":
            yield from cast("Any", value).src
        elif slot != "where":
            yield from _sources(getattr(value, slot))


EXPLANATIONS = (
    Explanation(
        "unused-declaration",
        "A declaration that nothing refers to",
        "A model, an enum or a table that nothing uses becomes a class that no call "
        "returns; a source that nothing cites proves nothing. Often the reference was "
        "forgotten.",
        "models: {report: {fields: {...}}}    # and no `returns: report`\n",
        "operations: {get_report: {reply: {returns: report, ...}, ...}}\n",
    ),
)
