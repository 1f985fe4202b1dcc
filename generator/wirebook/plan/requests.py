"""From the arguments of an operation to its request: the body of its function."""

from __future__ import annotations

from wirebook.code import Code, identifier, literal
from wirebook.expression import Expression, call, compare, texts
from wirebook.layout import Assign, If, Return, Statement, statements
from wirebook.model import Constant, Field, Operation, Place, Variant
from wirebook.naming import constant

from .conditions import Conditions
from .module import Module
from .parameters import Target, field_lines, in_charset
from .replies import watched_arguments
from .rules import rules


def request_lines(module: Module, operation: Operation) -> list[Statement]:
    """Statements that check the arguments, fill a draft and return the call."""
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
