"""The readers of replies: bytes to a tree, the tree judged, then read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from wirebook.code import Code, identifier, literal
from wirebook.expression import (
    Expression,
    call,
    comprehension,
    either,
    flat,
    is_given,
    sequence,
    texts,
    union,
)
from wirebook.layout import Assign, If, Raise, Return, Statement
from wirebook.model import (
    HTTP,
    Alternate,
    Field,
    FieldType,
    Operation,
    Reply,
    ReplyFormat,
    header_of,
)

from .decoding import scalar_decoder
from .module import Module
from .types import NONE, item_status, returned

TREE = identifier("tree")
REPLY = identifier("reply")

Reader = tuple[str, Expression, list[Statement]]
"""Name, result type and lines of one reader."""


def readers(module: Module, operation: Operation) -> Iterator[Reader]:
    """The operation's reader, then one for each further shape of reply."""
    name = f"_read_{operation.name}"
    result = result_type(module, operation)
    lines: list[Statement] = []
    shapes: list[Reader] = []
    for number, alternate in enumerate(operation.alternates, 2):
        shape = f"{name}_{number}"
        read = Return(call(shape, REPLY))
        lines.append(If(_matches(alternate), (read,)))
        body = _reading(module, operation, alternate.reply, alternate.status_is, result)
        shapes.append((shape, result, body))
    reply = operation.reply
    if any(not 200 <= status < 300 for status in reply.http):
        lines.append(call("reply.allow", *(literal(status) for status in reply.http)))
    lines += _reading(module, operation, reply, None, result)
    yield name, result, lines
    yield from shapes


def result_type(module: Module, operation: Operation) -> Expression:
    """What the operation returns, whichever shape its reply has."""
    types = [returned(module, operation.reply)]
    for alternate in operation.alternates:
        one = returned(module, alternate.reply)
        # A shape without a result is one of failures.
        known = [flat(other) for other in types]
        if alternate.reply.returns is not None and flat(one) not in known:
            types.append(one)
    return types[0] if len(types) == 1 else union(*types)


def watched_arguments(module: Module, operation: Operation) -> list[str]:
    """Parameters that a reader has to know about."""
    names = [
        reply.match_parameter.partition(".")[0]
        for reply in (operation.reply, *(a.reply for a in operation.alternates))
        if reply.match_parameter is not None and reply.match is not None
    ]
    names += [a.parameter.parameter for a in operation.alternates if a.parameter]
    recipients = _recipients(module, operation)
    names += [recipients] if recipients is not None else []
    return list(dict.fromkeys(names))


def _recipients(module: Module, operation: Operation) -> str | None:
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


def max_bytes(operation: Operation) -> int | None:
    """The largest body that any shape may have."""
    sizes = [
        operation.reply.max_bytes,
        *(a.reply.max_bytes for a in operation.alternates),
    ]
    given = [size for size in sizes if size is not None]
    return max(given) if given else None


def _matches(alternate: Alternate) -> Expression:
    parameter = alternate.parameter
    http, charset = alternate.http, alternate.reply.charset
    return call(
        "reply.matches",
        starts_with=_maybe(alternate.starts_with),
        root=texts(alternate.root) if alternate.root else None,
        charset=literal(charset) if alternate.root and charset != "utf-8" else None,
        content_type=_maybe(alternate.content_type),
        http=_numbers(http) if http else None,
        parameter=None if parameter is None else literal(parameter.parameter),
        values=texts(parameter.values) if parameter and parameter.values else None,
    )


def _numbers(values: tuple[int, ...]) -> Expression:
    return sequence(literal(value) for value in values)


def _reading(
    module: Module,
    operation: Operation,
    reply: Reply,
    status_is: str | None,
    result: Expression,
) -> list[Statement]:
    lines: list[Statement] = []
    by_http = operation.statuses.http is not None
    judged = _judge(module, reply, status_is, by_http)
    opened = _tree(reply)
    if _needs_tree(reply, status_is):
        lines.append(Assign(TREE, opened))
    elif reply.format is ReplyFormat.EMPTY:
        lines.append(opened)
    if judged is not None:
        lines.append(judged)
    for path, constant in reply.expect:
        tree = _source((path,))
        lines.append(call("reply.expect", tree, literal(path), literal(constant)))
    if reply.returns is not None:
        lines += _returning(module, operation, reply, status_is)
    elif flat(result) != flat(NONE):
        words = literal("a reply of this shape has no result")
        lines.append(Raise(call("reply.unbelievable", words)))
    elif not lines:
        lines.append(opened)
    return lines


def _needs_tree(reply: Reply, status_is: str | None) -> bool:
    """Whether a line looks into the body."""
    judged = reply.status if status_is is None else ()
    echoes = (path for path, _ in reply.expect)
    paths = (*judged, *reply.message, *reply.retry_after, *echoes)
    if any(path != HTTP and header_of(path) is None for path in paths):
        return True
    read = reply.returns is not None and reply.returns != FieldType.BYTES
    return read and header_of(reply.at) is None


def _tree(reply: Reply) -> Expression:
    """The call that makes a tree of the body."""
    shape: dict[str, Expression | None] = {}
    first: list[Expression] = []
    match reply.format:
        case ReplyFormat.XML:
            first = [literal(root) for root in reply.root]
        case ReplyFormat.DELIMITED:
            first = [literal(reply.separator or "|"), texts(reply.fields)]
            shape["records"] = _maybe(reply.records)
            shape["min_fields"] = (
                None if reply.min_fields is None else literal(reply.min_fields)
            )
            shape["head"] = texts(reply.head) if reply.head else None
        case ReplyFormat.PAIRS:
            first = [literal(reply.separator)] if reply.separator else []
            shape["records"] = _maybe(reply.records)
        case ReplyFormat.SENTENCE:
            first = [texts(reply.templates)]
            shape["records"] = _maybe(reply.records)
        case ReplyFormat.CSV:
            first = [literal(reply.separator)] if reply.separator else []
            shape["fields"] = texts(reply.fields) if reply.fields else None
            shape["header"] = None if reply.header else literal(False)
        case ReplyFormat.BYTES:
            return call("reply.download")
        case ReplyFormat.EMPTY:
            return call("reply.empty")
        case ReplyFormat.JSON | ReplyFormat.TEXT:
            pass
    if reply.charset != "utf-8":
        shape["charset"] = literal(reply.charset)
    trimmed = (ReplyFormat.XML, ReplyFormat.JSON, ReplyFormat.CSV)
    if not reply.trim and reply.format not in trimmed:
        shape["trim"] = literal(False)
    return call(f"reply.{identifier(reply.format.value)}", *first, **shape)


def _judge(
    module: Module, reply: Reply, status_is: str | None, by_http: bool
) -> Expression | None:
    """by_http: HTTP statuses have a table of their own."""
    paths = [path for path in reply.status if path != HTTP]
    http = HTTP in reply.status
    code: Expression
    if status_is is not None:
        code = literal(status_is)
    elif paths:
        code = _first(module, "status", paths)
        if http and not by_http:
            code = either(code, identifier("reply.http_code"))
    elif http:
        code = NONE if by_http else identifier("reply.http_code")
    else:
        return None
    message: list[Expression] = []
    if reply.message:
        message = [_first(module, "optional_text", reply.message)]
    absent = literal(True) if reply.absent_status == "success" else None
    own = literal(True) if http and by_http and status_is is None else None
    wait: Expression | None = None
    if reply.retry_after:
        wait = _first(module, "optional_decimal", reply.retry_after)
    return call(
        "reply.judge", code, *message, absent_is_success=absent, http=own, wait=wait
    )


def _first(module: Module, getter: str, paths: Sequence[str]) -> Expression:
    """The first value that stands at one of the paths, in the body or in a header."""
    decode = module.floor_module("decode")
    found: Expression | None = None
    for _, group in groupby(paths, lambda path: header_of(path) is None):
        some = tuple(group)
        value = call(f"{decode}.{getter}", _source(some), *map(literal, some))
        found = value if found is None else either(found, value)
    assert found is not None
    return found


def _source(paths: Sequence[str]) -> Expression:
    """The tree that paths of one kind lead into."""
    headers = [name for path in paths if (name := header_of(path)) is not None]
    return call("reply.headers", *map(literal, headers)) if headers else TREE


def _record(module: Module, returns: str) -> Expression:
    """The function that reads a record, with the headers that the record has."""
    read = module.model_function("read", returns)
    wires = (
        wire
        for field in module.model(returns).fields
        for wire in (field.wire, *field.wire_aliases)
    )
    headers = [name for wire in wires if (name := header_of(wire)) is not None]
    if not headers:
        return read
    return call("reply.beside_headers", read, *map(literal, dict.fromkeys(headers)))


def _value(module: Module, reply: Reply, returns: str) -> Expression:
    """The value itself; lists that are judged or sorted item by item go on."""
    if not reply.returns_model:
        return _scalar(module, reply, FieldType(returns))
    read = _record(module, returns)
    if isinstance(read, str) and not (reply.at or reply.list or reply.optional):
        return call(read, TREE)
    decode = module.floor_module("decode")
    at = literal(reply.at)
    if reply.list and reply.keyed is not None:
        return call(f"{decode}.many", _keyed(module, reply), literal(""), read)
    if reply.list:
        if reply.optional:
            return call(f"{decode}.many", TREE, at, read)
        whole = call(f"{decode}.node", TREE, at) if reply.at else TREE
        return call(f"{decode}.many", whole, literal(""), read)
    if reply.optional:
        return call(f"{decode}.optional_one", TREE, at, read)
    return call(f"{decode}.one", TREE, at, read)


def _scalar(module: Module, reply: Reply, kind: FieldType) -> Expression:
    if kind is FieldType.BYTES:
        return call("reply.download")
    decode = module.floor_module("decode")
    at = reply.at or ("text" if reply.format is ReplyFormat.TEXT else "")
    tree = _source((at,))
    if reply.list:
        each = call(f"{decode}.each", tree, literal(at))
        item = scalar_decoder(module, kind, identifier("item"), "")
        return comprehension(item, "item", each)
    return scalar_decoder(module, kind, tree, at, optional=reply.optional)


def _returning(
    module: Module, operation: Operation, reply: Reply, status_is: str | None
) -> Iterator[Statement]:
    assert reply.returns is not None
    judge = item_status(module, reply)
    if judge is not None and status_is is not None:
        # The shape itself says what became of the items.
        value = _value(module, reply, reply.returns)
        nothing = sequence(())
        yield Return(call("reply.results", value, nothing) if reply.list else value)
    elif judge is not None and reply.list:
        yield from _judged_items(module, operation, reply, reply.returns, judge)
    elif judge is not None:
        yield from _judged_item(module, reply, judge)
    elif reply.match is not None and reply.list:
        items = identifier("items")
        yield Assign(items, _value(module, reply, reply.returns))
        keys = comprehension(identifier(f"item.{reply.match}"), "item", items)
        yield Return(_matched(reply, items, keys))
    elif (inner := _inner_judge(module, operation, reply)) is not None:
        yield from _judged_inside(module, reply, reply.returns, *inner)
    else:
        yield Return(_value(module, reply, reply.returns))


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
    yield Assign(result, _value(module, reply, returns))
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
        yield Assign(nodes, _keyed(module, reply))
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
    read = _record(module, returns)
    yield Assign(items, call(f"{decode}.many", nodes, literal(""), read))
    yield Assign(identifier("errors"), comprehension(judged, "node", nodes))
    parameter = _recipients(module, operation)
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
    yield Return(_value(module, reply, reply.returns or ""))


def _keyed(module: Module, reply: Reply) -> Expression:
    """The items of a mapping, each with its own key inside."""
    decode = module.floor_module("decode")
    name = literal(reply.keyed or "")
    optional = literal(True) if reply.optional else None
    return call(f"{decode}.keyed", TREE, literal(reply.at), name, optional=optional)


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


def _maybe(value: str | None) -> Expression | None:
    return None if value is None else literal(value)
