"""The end of a reader: the value is returned, items are judged one by one."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.code import Code, identifier, literal
from wirebook.expression import Expression, call, comprehension, is_given, sequence
from wirebook.layout import Assign, If, Raise, Return, Statement
from wirebook.model import Field, FieldType, Operation, Reply

from .module import Module
from .reply_value import TREE, keyed, record_of, value_of
from .types import item_status


def returning(
    module: Module, operation: Operation, reply: Reply, status_is: str | None
) -> Iterator[Statement]:
    """The lines that return the value of a shape that has one."""
    assert reply.returns is not None
    judge = item_status(module, reply)
    if judge is not None and status_is is not None:
        # The shape itself says what became of the items.
        value = value_of(module, reply, reply.returns)
        nothing = sequence(())
        yield Return(call("reply.results", value, nothing) if reply.list else value)
    elif judge is not None and reply.list:
        yield from _judged_items(module, operation, reply, reply.returns, judge)
    elif judge is not None:
        yield from _judged_item(module, reply, judge)
    elif reply.match is not None and reply.list:
        items = identifier("items")
        yield Assign(items, value_of(module, reply, reply.returns))
        keys = comprehension(identifier(f"item.{reply.match}"), "item", items)
        yield Return(_matched(reply, items, keys))
    elif (inner := _inner_judge(module, operation, reply)) is not None:
        yield from _judged_inside(module, reply, reply.returns, *inner)
    else:
        yield Return(value_of(module, reply, reply.returns))


def recipients_of(module: Module, operation: Operation) -> str | None:
    """The parameter with the recipients of a submission that is judged one by one."""
    replies = (operation.reply, *(a.reply for a in operation.alternates))
    judged = [reply for reply in replies if reply.list and item_status(module, reply)]
    lists = [
        field.name
        for field in operation.parameters
        if field.type is FieldType.PHONE and field.list is not None
    ]
    whole = operation.does == "submits" and len(lists) == 1
    return lists[0] if judged and whole else None


def _inner_judge(
    module: Module, operation: Operation, reply: Reply
) -> tuple[Field, Field] | None:
    """The list inside of a single result whose items are judged, and their judge."""
    if operation.statuses.items is None or not reply.returns_model or reply.list:
        return None
    for field in module.model(reply.returns or "").fields:
        if field.list is None or field.model is None:
            continue
        for judge in module.model(field.model).fields:
            if judge.item_status:
                return field, judge
    return None


def _judged_inside(
    module: Module, reply: Reply, returns: str, items: Field, judge: Field
) -> Iterator[Statement]:
    """A record with such a list: refusing all of them refuses the call."""
    decode = module.floor_module("decode")
    result, nodes = identifier("result"), identifier("nodes")
    whole = call(f"{decode}.node", TREE, literal(reply.at)) if reply.at else TREE
    judged = _verdict(module, reply, items.model or "", judge)
    yield Assign(result, value_of(module, reply, returns))
    yield Assign(nodes, call(f"{decode}.each", whole, literal(items.wire)))
    errors = comprehension(judged, "node", nodes)
    yield call("reply.results", identifier(f"result.{items.name}"), errors)
    yield Return(result)


def _verdict(module: Module, reply: Reply, model: str, judge: Field) -> Expression:
    """The error that the status of the item `node` stands for, if any."""
    decode, node = module.floor_module("decode"), identifier("node")
    code = call(f"{decode}.status", node, *map(literal, _wires(judge)))
    words = _item_message(module, model)
    message: list[Expression] = []
    if words is not None:
        message = [call(f"{decode}.optional_text", node, *map(literal, _wires(words)))]
    absent = literal(True) if reply.absent_status == "success" else None
    return call("reply.item_error", code, *message, absent_is_success=absent)


def _judged_items(
    module: Module, operation: Operation, reply: Reply, returns: str, judge: Field
) -> Iterator[Statement]:
    """A list whose items have a status each."""
    decode = module.floor_module("decode")
    nodes, node, items = identifier("nodes"), identifier("node"), identifier("items")
    if reply.keyed is not None:
        yield Assign(nodes, keyed(module, reply))
    elif reply.at and not reply.optional:
        there = call(f"{decode}.node", TREE, literal(reply.at))
        yield Assign(nodes, call(f"{decode}.each", there, literal("")))
    else:
        yield Assign(nodes, call(f"{decode}.each", TREE, literal(reply.at)))
    judged = _verdict(module, reply, returns, judge)
    if reply.match is not None:
        key = {field.name: field for field in module.model(returns).fields}[reply.match]
        text = call(f"{decode}.optional_text", node, literal(key.wire))
        keys = comprehension(text, "node", nodes)
        # Only an item that need not name a recipient can speak for all of them.
        errors = comprehension(judged, "node", nodes) if key.optional else None
        yield Assign(nodes, _matched(reply, nodes, keys, errors))
    read = record_of(module, returns)
    yield Assign(items, call(f"{decode}.many", nodes, literal(""), read))
    yield Assign(identifier("errors"), comprehension(judged, "node", nodes))
    parameter = recipients_of(module, operation)
    phones = [
        field.name
        for field in module.model(returns).fields
        if field.type is FieldType.PHONE and field.list is None
    ]
    whose: list[Expression] = []
    if parameter is not None and len(phones) == 1:
        numbers = comprehension(identifier(f"item.{phones[0]}"), "item", items)
        whose = [literal(parameter), numbers]
    yield Return(call("reply.results", items, identifier("errors"), *whose))


def _judged_item(module: Module, reply: Reply, judge: Field) -> Iterator[Statement]:
    """A single result with a status of its own."""
    decode = module.floor_module("decode")
    node = call(f"{decode}.node", TREE, literal(reply.at)) if reply.at else TREE
    code = call(f"{decode}.status", node, *map(literal, _wires(judge)))
    error = identifier("error")
    yield Assign(error, call("reply.item_error", code))
    yield If(is_given("error"), (Raise(error),))
    yield Return(value_of(module, reply, reply.returns or ""))


def _wires(field: Field) -> tuple[str, ...]:
    return (field.wire, *field.wire_aliases)


def _item_message(module: Module, returns: str) -> Field | None:
    fields = module.model(returns).fields
    return next((field for field in fields if field.item_message), None)


def _matched(
    reply: Reply, items: Code, keys: Expression, errors: Expression | None = None
) -> Expression:
    return call(
        "reply.matched",
        items,
        keys,
        literal(reply.match_parameter or ""),
        errors=errors,
        ordered=literal(True) if reply.ordered else None,
        partial=literal(True) if reply.partial else None,
    )
