"""Vectors: what they show must be possible, and each operation needs one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wirebook.explain import Explanation
from wirebook.model import Callback, Field, Model, Operation, Provider, Vector
from wirebook.problem import did_you_mean, quote
from wirebook.reactions import class_names
from wirebook.report import Report
from wirebook.resolve.vectors import CALLBACK
from wirebook.runtime import errors

from .arguments import as_list, as_mapping, misfit
from .lookup import Names, names, operations

_SUBMITTED = ("NO", "MAYBE", "YES")
_SHARED = frozenset(
    name
    for name, found in vars(errors).items()
    if isinstance(found, type) and issubclass(found, errors.Error)
)


def check(provider: Provider, report: Report) -> None:
    known = {
        operation.id: (operation, found) for operation, found in operations(provider)
    }
    callbacks = _callbacks(provider)
    ids: set[str] = set()
    for vector in provider.vectors:
        if vector.id in ids:
            report.error(
                "duplicate-vector",
                vector.where,
                f"there is a vector {quote(vector.id)} already",
                "ids name vectors in reports and docs",
            )
        ids.add(vector.id)
        if vector.operation in known:
            operation, found = known[vector.operation]
            _arguments(vector, operation, found, report)
            model = found.models.get(operation.reply.returns or "")
            _result(vector, model, found, report)
            _raises(provider, vector, operation, found, report)
        key = vector.operation.removeprefix(CALLBACK)
        if vector.operation.startswith(CALLBACK) and key in callbacks:
            callback, found = callbacks[key]
            _result(vector, found.models.get(callback.model), found, report)
        _purpose(vector, report)
    shown = {vector.operation for vector in provider.vectors}
    for operation, _ in known.values():
        if operation.id not in shown:
            report.warning(
                "operation-without-vector",
                operation.where,
                f"no vector shows {quote(operation.id)}",
                "add its documented request and reply to vectors.yaml",
            )


def _callbacks(provider: Provider) -> dict[str, tuple[Callback, Names]]:
    return {
        f"{product.key}.{callback.key}" if product.key else callback.key: (
            callback,
            names(provider, product),
        )
        for product in provider.products
        for callback in product.callbacks
    }


def _arguments(
    vector: Vector, operation: Operation, known: Names, report: Report
) -> None:
    fields = {field.name: field for field in operation.parameters}
    variants = [variant.key for variant in operation.variants]
    # A refused call may be refused for what is missing.
    refused = (
        vector.raises is not None and vector.request is None and vector.reply is None
    )
    for name, value in vector.arguments.items():
        if name == "variant" and variants:
            if value not in variants:
                text = f"unknown variant {quote(str(value))}"
                near = did_you_mean(str(value), variants)
                report.error("unknown-variant", vector.where, text + near)
        elif name not in fields:
            report.error(
                "vector-argument",
                vector.where,
                f"{quote(operation.id)} has no parameter {quote(name)}"
                f"{did_you_mean(name, fields)}",
            )
        elif not refused and (why := misfit(fields[name], value, known)):
            report.error(
                "vector-argument",
                vector.where,
                f"the argument {quote(name)} of {quote(vector.id)} {why}",
            )
    for field in operation.parameters:
        if field.name not in vector.arguments and required(field) and not refused:
            report.error(
                "vector-argument",
                vector.where,
                f"{quote(vector.id)} does not give {quote(field.name)}, which "
                f"{quote(operation.id)} requires",
            )


def required(field: Field) -> bool:
    """Whether a caller must give a parameter."""
    return not field.optional and field.default is None


def _result(vector: Vector, model: Model | None, known: Names, report: Report) -> None:
    if model is None:
        return
    for item in _items(vector.result):
        _record(vector, item, model, known, report)


def _items(value: Any) -> Collection[Any]:
    items = as_list(value)
    return (value,) if items is None else items


def _record(
    vector: Vector, value: Any, model: Model, known: Names, report: Report
) -> None:
    given = as_mapping(value)
    if given is None:
        return
    fields = {field.name: field for field in model.fields}
    for name, part in given.items():
        field = fields.get(name)
        if field is None:
            report.error(
                "vector-result",
                vector.where,
                f"{quote(model.key)} has no field {quote(name)}{did_you_mean(name, fields)}",
                "results name fields as the spec does, not as the wire does",
            )
            continue
        inner = known.models.get(field.model or "")
        for item in _items(part) if inner is not None else ():
            if inner is not None:
                _record(vector, item, inner, known, report)


def _raises(
    provider: Provider,
    vector: Vector,
    operation: Operation,
    known: Names,
    report: Report,
) -> None:
    expected = vector.raises
    if expected is None:
        return
    classes = [*class_names(provider), *sorted(_SHARED)]
    problem: str | None = None
    hint: str | None = None
    if vector.has_result:
        problem = "cannot yield a result and raise an error"
    elif expected.error not in classes:
        problem = f"expects {quote(expected.error)}, which is no class of errors"
        problem += did_you_mean(expected.error, classes)
        hint = "known: " + ", ".join(class_names(provider))
    elif expected.submitted not in (None, *_SUBMITTED):
        problem = f"expects submitted {quote(expected.submitted or '')}"
        hint = "NO, MAYBE or YES, in quotes"
    elif expected.status is not None:
        use = operation.statuses
        tables = [
            known.tables.get(key or "") for key in (use.table, use.http, use.items)
        ]
        members = [row.name for table in tables if table for row in table.statuses]
        if expected.status not in members:
            problem = f"expects the status {quote(expected.status)}, which no table has"
            problem += did_you_mean(expected.status, members)
    if problem:
        report.error(
            "vector-raises", vector.where, f"{quote(vector.id)} {problem}", hint
        )


def _purpose(vector: Vector, report: Report) -> None:
    yields = vector.has_result or vector.raises is not None
    pushed = vector.operation.startswith(CALLBACK)
    if vector.reply is not None and not yields:
        report.error(
            "idle-vector",
            vector.where,
            f"{quote(vector.id)} does not say what its reply yields",
            "add `result` (null where nothing is returned) or `raises`",
        )
    elif vector.request is None and (pushed or not yields):
        report.error(
            "idle-vector",
            vector.where,
            f"{quote(vector.id)} proves nothing",
            "add a `request`, or a `result` or `raises`",
        )


EXPLANATIONS = (
    Explanation(
        "duplicate-vector",
        "Two vectors with one id",
        "A vector is found by its id, in reports and in the docs.",
        "vectors: [{id: send}, {id: send}]\n",
        "vectors: [{id: send}, {id: send-get}]\n",
    ),
    Explanation(
        "vector-argument",
        "An argument that the operation would not take",
        "A vector calls the generated client: its arguments are parameters by their "
        "names here, all required ones included.",
        "arguments: {m: ['181']}\n",
        "arguments: {recipients: ['181']}\n",
    ),
    Explanation(
        "vector-result",
        "A result with a field that the model does not have",
        "Results are compared field by field.",
        "result: {msgid: '65'}\n",
        "result: {message_id: '65'}\n",
    ),
    Explanation(
        "vector-raises",
        "An error that cannot be raised",
        "The class is one of the provider's or of the shared ones, and the status a "
        "member of the operation's table.",
        "raises: {error: InsufficientBalance, status: NO_MONEY}\n",
        "raises: {error: InsufficientBalanceError, status: BALANCE_TOO_LOW}\n",
    ),
    Explanation(
        "idle-vector",
        "A vector that proves nothing",
        "A vector shows a request, or what a reply yields; one of them is the least.",
        "vectors: [{id: send, operation: send, arguments: {...}}]\n",
        "vectors: [{id: send, operation: send, arguments: {...}, request: {...}}]\n",
    ),
    Explanation(
        "operation-without-vector",
        "An operation that nothing proves",
        "A recorded exchange shows a reader what goes over the wire, and the tests "
        "that the client still does it.",
        "operations: {send: {...}}    # and no vector\n",
        "vectors: [{id: send, operation: send, ...}]\n",
    ),
)
