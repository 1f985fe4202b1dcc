"""Headers of replies: read by the replies that return a record, and by no one else."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.explain import Explanation
from wirebook.model import Field, Model, Operation, Product, Provider, Reply, header_of
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import holders, names, operations


def check(provider: Provider, report: Report) -> None:
    for product, _ in holders(provider):
        for model in product.models:
            for field in model.fields:
                if _headers(field):
                    _field(provider, product, model, field, report)
        for operation in product.operations:
            for field in operation.parameters:
                if field.wire.startswith("$header"):
                    _refused(
                        field,
                        "travels in the request",
                        "`in: header`, and the name of the header in `wire`",
                        report,
                    )
    for operation, known in operations(provider):
        for reply in _shapes(operation):
            if header_of(reply.at) is not None and reply.returns_model:
                report.error(
                    "reply-header",
                    reply.where,
                    f"{quote(reply.at)} is one text, and {quote(reply.returns or '')} a "
                    "record",
                    "`returns: string`; or leave `at` out, and write `wire: $header.NAME` "
                    "at the field of the record",
                )
            returned = known.models.get(reply.returns or "")
            for field in returned.fields if returned is not None else ():
                if field.name == reply.match and _headers(field):
                    _refused(field, "tells the items of a reply apart", _ONE, report)


_ONE = "a reply has each header once, whatever its items"


def _field(
    provider: Provider, product: Product, model: Model, field: Field, report: Report
) -> None:
    strangers = dict.fromkeys(_strangers(provider, product, model.key))
    if any(header_of(wire) is None for wire in _headers(field)):
        _refused(field, "is read by no name", "write `$header.NAME`", report)
    elif field.item_status:
        _refused(field, "judges items", f"{_ONE}: `status: {field.wire}`", report)
    for holder in list(strangers)[:1]:
        hint = "headers are found by replies that return the record itself"
        _refused(field, f"is looked for by {holder}", hint, report)


def _refused(field: Field, why: str, hint: str, report: Report) -> None:
    text = f"{quote(field.name)} stands in a header of the reply, and {why}"
    report.error("reply-header", field.where, text, hint)


def _headers(field: Field) -> list[str]:
    wires = (field.wire, *field.wire_aliases)
    return [wire for wire in wires if wire.startswith("$header")]


def _strangers(provider: Provider, product: Product, key: str) -> Iterator[str]:
    """What holds a record without being a reply of it."""
    users = [product] if product.key else [provider.shared, *provider.products]
    for user in users:
        for callback in user.callbacks:
            if callback.model == key:
                yield f"the callback {quote(callback.key)}"
        for operation in user.operations:
            if any(field.model == key for field in operation.parameters):
                yield f"the request of {quote(operation.name)}"
        for model in names(provider, user).models.values():
            if any(field.model == key for field in model.fields):
                yield f"the record {quote(model.key)} around it"


def _shapes(operation: Operation) -> tuple[Reply, ...]:
    return (operation.reply, *(other.reply for other in operation.alternates))


EXPLANATIONS = (
    Explanation(
        "reply-header",
        "A header that nobody finds",
        "A reply has its headers once: a record finds them where a reply returns it, not "
        "inside of another record, in a request or in a push, and no item has its own.",
        "status: {wire: $header.X-Status, type: status, table: t, item_status: true}\n",
        "trace: {wire: $header.X-Request-Id, type: string, optional: true}\n",
    ),
)
