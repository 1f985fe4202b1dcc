"""The facts about an operation that every call of it shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wirebook.code import Code, identifier, literal
from wirebook.expression import Expression, call, mapping, texts
from wirebook.layout import Assign, statement
from wirebook.model import Field, FieldType, Operation, Rate, Retry
from wirebook.naming import constant

from .module import Module
from .replies import max_bytes
from .sessions import server_time_of, session_of

TIMEOUT = 30
"""Seconds that the floor takes for a call where nothing else is said."""


def facts(module: Module, operation: Operation) -> Code:
    """The constant that holds them."""
    use = operation.statuses
    provider = module.provider
    repeatable = operation.does == "reads"
    largest = max_bytes(operation)
    seconds = operation.timeout or provider.timeout
    only = _documented(module, operation)
    tree = call(
        module.floor("call", "Operation"),
        literal(f"{provider.id}.{operation.id}"),
        does=identifier(f"{module.floor('status', 'Does')}.{operation.does.upper()}"),
        product=None if operation.product is None else literal(operation.product),
        authenticate=_authenticate(module, operation),
        session=session_of(module, operation),
        server_time=server_time_of(module, operation),
        table=_table(module, use.table),
        http_table=_table(module, use.http),
        item_table=_table(module, use.items),
        documented=texts(only) if only else None,
        texts=(
            mapping((literal(code), literal(text)) for code, text in use.texts)
            if use.texts
            else None
        ),
        effects=_effects(module, operation),
        repeatable=(
            literal(operation.repeatable)
            if operation.repeatable is not repeatable
            else None
        ),
        retry=_retry(module, operation.retry or provider.retry),
        rate=_rate(module, operation),
        timeout=None if seconds == TIMEOUT else literal(seconds),
        max_bytes=None if largest is None else literal(largest),
        recovery=(
            None
            if operation.reconcile is None
            else literal(f"{provider.id}.{_sibling(operation, operation.reconcile)}")
        ),
        recovers_by=_recovers_by(module, operation),
        recipients=_recipients(module, operation),
        skew_safe=None if operation.skew_safe else literal(False),
    )
    final = module.imports.name("typing", "Final")
    name = identifier(constant(operation.name))
    return statement(Assign(name, tree, final), 0)


def _documented(module: Module, operation: Operation) -> tuple[str, ...]:
    """The codes of the operation's own page, unless they are the whole table."""
    use = operation.statuses
    if use.table is None:
        return ()
    table = {status.code for status in module.table(use.table).statuses}
    return use.only if set(use.only) != table else ()


def _effects(module: Module, operation: Operation) -> Expression | None:
    """What codes prove for this operation, unlike in their table."""
    if not operation.statuses.effects:
        return None
    effect = module.floor("status", "Effect")
    return mapping(
        (literal(code), identifier(f"{effect}.{proof.name}"))
        for code, proof in operation.statuses.effects
    )


def _sibling(operation: Operation, name: str) -> str:
    """The id of an operation that a spec names from within a product."""
    if "." in name or operation.product is None:
        return name
    return f"{operation.product}.{name}"


def _recovers_by(module: Module, operation: Operation) -> Expression | None:
    """The plain parameters that the operation shares with the one that recovers it."""
    if operation.reconcile is None:
        return None
    name = _sibling(operation, operation.reconcile)
    shared = {
        field.name
        for other in module.provider.operations
        if other.id == name
        for field in other.parameters
        if _is_reference(field)
    }
    pairs = [
        (literal(field.name), literal(field.wire))
        for field in operation.parameters
        if field.name in shared and _is_reference(field)
    ]
    return mapping(pairs) if pairs else None


def _is_reference(field: Field) -> bool:
    """Whether a value can stand in an error and be passed on as it was sent."""
    hidden = field.secret or field.pii
    return field.type is FieldType.STRING and not (field.list or field.encode or hidden)


def _recipients(module: Module, operation: Operation) -> Expression | None:
    """Where telephone numbers and mail addresses stand on the wire."""
    if operation.does == "reads":
        return None
    wires = list(dict.fromkeys(_addresses(module, operation.parameters)))
    return texts(wires) if wires else None


def _addresses(
    module: Module, fields: Iterable[Field], above: str = "", seen: tuple[str, ...] = ()
) -> Iterator[str]:
    for field in fields:
        named = field.wire.replace(".{i}", "").replace("[{i}]", "").replace("{i}", "")
        wire = f"{above}.{named}".strip(".")
        if field.type in (FieldType.PHONE, FieldType.EMAIL):
            yield wire
        elif field.model is not None and field.model not in seen:
            inner = module.model(field.model).fields
            yield from _addresses(module, inner, wire, (*seen, field.model))


def _authenticate(module: Module, operation: Operation) -> Expression | None:
    if operation.auth is None:
        return None
    module.own("auth")
    return identifier(f"auth.{operation.auth}")


def _table(module: Module, key: str | None) -> Expression | None:
    return None if key is None else module.table_constant(key)


def _retry(module: Module, retry: Retry) -> Expression | None:
    if retry == Retry():
        return None
    return call(
        module.floor("retry", "RetryPolicy"),
        attempts=literal(retry.attempts),
        delay=literal(retry.delay),
        max_delay=literal(retry.max_delay),
    )


def _rate(module: Module, operation: Operation) -> Expression | None:
    """An operation's own rate, or the one that all of the provider share."""
    provider = module.provider
    rate: Rate | None = operation.rate or provider.rate
    if rate is None:
        return None
    name = f"{provider.id}.{operation.id}" if operation.rate else provider.id
    return call(
        module.floor("limiter", "Rate"),
        literal(name),
        calls=literal(rate.calls),
        per=literal(rate.per),
        burst=literal(rate.burst),
    )
