"""Losses: what the spec says and an OpenAPI document has no place for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.model import Field, FieldType, Operation, Provider, Reply


class Loss(Struct, frozen=True):
    """`what` is lost `at` (an operation, a field, a scheme)."""

    at: str
    what: str


def losses(provider: Provider) -> Iterator[Loss]:
    for scheme in provider.schemes:
        if scheme.compute:
            yield Loss(
                f"auth {scheme.key}", "credentials that are computed per request"
            )
        if scheme.session:
            yield Loss(f"auth {scheme.key}", "a login before the first call")
    for operation in provider.operations:
        yield from _of_operation(operation)


def _of_operation(operation: Operation) -> Iterator[Loss]:
    at = operation.id
    said: list[tuple[object, str]] = [
        (operation.fixed, "constant fields become ordinary parameters"),
        (operation.variants, "other forms of the same request"),
        (operation.rules, "rules between parameters"),
        (operation.statuses.table and operation.reply.status != ("$http",), _IN_BAND),
        (operation.statuses.table, "retry advice, reaction and effect of each code"),
        (operation.alternates, "replies that are told apart by their content"),
        (operation.does != "reads" and not operation.repeatable, _ONCE),
        (operation.pages or operation.polling or operation.reconcile, _AFTERWARDS),
        (operation.reply.match, "which item of a reply belongs to which recipient"),
    ]
    for holds, what in said:
        if holds:
            yield Loss(at, what)
    yield from _of_reply(at, operation.reply)
    for field in operation.parameters:
        yield from _of_field(f"{at}.{field.name}", field)


_IN_BAND = "a refusal under HTTP 200, which has a code in the body"
_ONCE = "that a lost answer must not be asked for again"
_AFTERWARDS = "which operation goes on, or tells what became of a call"


def _of_reply(at: str, reply: Reply) -> Iterator[Loss]:
    if reply.format not in ("json", "xml", "bytes", "empty"):
        yield Loss(at, f"the grammar of a reply that is {reply.format}")
    if reply.expect:
        yield Loss(at, "values that a believable reply must repeat")


def _of_field(at: str, field: Field) -> Iterator[Loss]:
    style = field.list
    if style is not None and (
        style.style in ("indexed", "columns")
        or (style.style == "joined" and style.separator != ",")
    ):
        yield Loss(at, f"a list that travels {style.style}")
    said: list[tuple[object, str]] = [
        (field.format or field.split, "a format of date or time of its own"),
        (field.type is FieldType.BOOLEAN and field.spelling, "how truth is spelt"),
        (field.required_when, "when it must be given"),
        (field.encode or field.encode_when, "how it is encoded"),
        (field.max_length_numeric, "another limit where all are digits"),
        (field.ahead, "how far ahead it must lie"),
        (field.charset, "which characters it may have"),
    ]
    for holds, what in said:
        if holds:
            yield Loss(at, what)
