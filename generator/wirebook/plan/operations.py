"""operations.py: for each operation its facts, a pure function from arguments to a
call, and the reader of its reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.derived import waits
from wirebook.expression import Expression, call, compare, mapping, subscript, texts
from wirebook.layout import (
    Assign,
    If,
    Parameter,
    Return,
    Statement,
    signature,
    statement,
    statements,
)
from wirebook.model import (
    Constant,
    Field,
    FieldType,
    Operation,
    Place,
    Product,
    Provider,
    Rate,
    Retry,
    Variant,
)
from wirebook.naming import constant
from wirebook.prose import Prose

from .arguments import parameters
from .conditions import Conditions
from .follow_ups import iteration, wait
from .function import Function
from .module import Module
from .parameters import Target, field_lines, in_charset
from .replies import max_bytes, readers, result_type, watched_arguments
from .rules import rules
from .sessions import server_time_of, session_of

TIMEOUT = 30
"""Seconds that the floor takes for a call where nothing else is said."""


class PlannedOperation(Struct, frozen=True):
    """The facts of an operation; its function, and the readers of its replies."""

    constant: Code
    functions: tuple[Function, ...]


class Operations(Struct, frozen=True):
    """What operations.py contains."""

    docstring: Code
    imports: Code
    operations: tuple[PlannedOperation, ...]
    follow_ups: tuple[Function, ...]


def operations(provider: Provider, product: Product) -> Operations:
    module = Module(provider, product, "operations")
    entries = tuple(_operation(module, entry) for entry in product.operations)
    follow_ups = [
        iteration(module, entry) for entry in product.operations if entry.pages
    ]
    follow_ups += [wait(module, *entry) for entry in waits(product)]
    title = product.title or provider.title
    words = Prose(0).summary(
        f"The calls of {title}: pure functions from arguments to a call."
    )
    text = docstring(words.text())
    return Operations(text, module.imports.code(), entries, tuple(follow_ups))


def _operation(module: Module, operation: Operation) -> PlannedOperation:
    kind = subscript(module.floor("call", "Call"), result_type(module, operation))
    facts = _constant(module, operation)
    function = Function(
        signature(operation.name, parameters(module, operation), kind, 0),
        statements(_body(module, operation), 1),
    )
    reading = [
        Function(
            signature(name, [_reply_parameter(module)], result, 0),
            statements(lines, 1),
        )
        for name, result, lines in readers(module, operation)
    ]
    return PlannedOperation(facts, (function, *reading))


def _constant(module: Module, operation: Operation) -> Code:
    """The facts about the operation that every call of it shares."""
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


def _body(module: Module, operation: Operation) -> list[Statement]:
    conditions = Conditions(
        module, operation.parameters, operation.rules, operation.alternates
    )
    target = Target(module, conditions, operation.place)
    lines: list[Statement] = [*conditions.statements(), *_draft(module, operation)]
    for place, wire, value in operation.fixed:
        lines.append(_fixed(module, operation, place, wire, value))
    for name, value in operation.headers:
        lines.append(call("draft.header", literal(name), literal(value)))
    for field in operation.parameters:
        most = _varying_limit(operation, field.name)
        field = in_charset(field, operation.charset)
        lines += _travelling(operation, target, field, most)
    lines += rules(module, operation, conditions)
    read = identifier(f"_read_{operation.name}")
    name = identifier(constant(operation.name))
    watched = {
        argument: conditions.variable(argument)
        for argument in watched_arguments(module, operation)
    }
    call_class = module.floor("call", "Call")
    lines.append(Return(call(call_class, name, identifier("draft"), read, **watched)))
    return lines


def _travelling(
    operation: Operation, target: Target, field: Field, most: Expression | None
) -> list[Statement]:
    """A parameter's lines; where variants name it in another way, those of each."""
    node: list[Statement] = field_lines(target, field, most)
    for variant in operation.variants:
        for other in variant.overrides:
            if other.name == field.name:
                test = compare(identifier("variant"), "==", literal(variant.key))
                other = in_charset(other, operation.charset)
                lines = field_lines(target, other, most)
                node = [If(test, tuple(lines), tuple(node))]
    return node


def _fixed(
    module: Module,
    operation: Operation,
    place: Place | None,
    wire: str,
    value: Constant,
) -> Statement:
    where: Expression | None = None
    if place is not None and place is not operation.place:
        where = identifier(f"{module.floor('request', 'Place')}.{place.name}")
    return call("draft.fixed", literal(wire), literal(value), place=where)


def _draft(module: Module, operation: Operation) -> list[Statement]:
    """The empty request; with variants, the one of the form that was asked for."""
    if not operation.variants:
        return [_empty(module, operation, operation)]
    check = module.floor_module("check")
    keys = texts(variant.key for variant in operation.variants)
    name, variable = literal("variant"), identifier("variant")
    lines: list[Statement] = [call(f"{check}.literal", name, variable, keys)]
    main, *others = operation.variants
    node: tuple[Statement, ...] = tuple(_form(module, operation, main))
    same = statements(node, 1)
    others = [
        variant
        for variant in others
        if statements(_form(module, operation, variant), 1) != same
    ]
    for variant in reversed(others):
        test = compare(variable, "==", literal(variant.key))
        node = (If(test, tuple(_form(module, operation, variant)), node),)
    return [*lines, *node]


def _form(module: Module, operation: Operation, variant: Variant) -> list[Statement]:
    lines = [_empty(module, operation, variant)]
    limits = dict(variant.max_items)
    for field in operation.parameters:
        if _varying_limit(operation, field.name) is None:
            continue
        largest = field.list.max_items if field.list is not None else None
        limit = limits.get(field.name, largest)
        lines.append(Assign(_limit_name(field.name), literal(limit)))
    return lines


def _varying_limit(operation: Operation, name: str) -> Code | None:
    """The variable with the largest count of items, where variants differ in it."""
    if any(name in dict(variant.max_items) for variant in operation.variants):
        return _limit_name(name)
    return None


def _limit_name(name: str) -> Code:
    return identifier(f"most_{name}")


def _empty(
    module: Module, operation: Operation, form: Operation | Variant
) -> Statement:
    place = f"{module.floor('request', 'Place')}.{form.place.name}"
    json = form.place is Place.JSON
    xml = form.place is Place.XML
    tree = call(
        module.floor("draft", "Draft"),
        literal(form.method),
        literal(form.path),
        identifier(place),
        encoding=_unless(operation.encoding, "form"),
        charset=_unless(operation.charset, "utf-8"),
        content_type=_unless(operation.content_type, None),
        json_style=_unless(operation.json_style, "compact") if json else None,
        xml_root=_unless(operation.xml_root, None) if xml else None,
        xml_namespace=_unless(operation.xml_namespace, None) if xml else None,
        array_root=literal(True) if operation.array_root and json else None,
    )
    return Assign(identifier("draft"), tree)


def _unless(value: str | None, default: str | None) -> Expression | None:
    return None if value is None or value == default else literal(value)


def _reply_parameter(module: Module) -> Parameter:
    return Parameter("reply", module.floor("call", "Reply"))
