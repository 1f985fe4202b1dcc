"""The readers of replies: bytes to a tree, the tree judged, then read."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.code import identifier, literal
from wirebook.expression import (
    Expression,
    call,
    either,
    flat,
    sequence,
    texts,
    union,
)
from wirebook.layout import Assign, If, Raise, Return, Statement
from wirebook.model import (
    HTTP,
    Alternate,
    FieldType,
    Operation,
    Reply,
    ReplyFormat,
    header_of,
)

from .module import Module
from .reply_items import recipients_of, returning
from .reply_value import TREE, first_of, source_of
from .types import NONE, returned

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
    recipients = recipients_of(module, operation)
    names += [recipients] if recipients is not None else []
    return list(dict.fromkeys(names))


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
        tree = source_of((path,))
        lines.append(call("reply.expect", tree, literal(path), literal(constant)))
    if reply.returns is not None:
        lines += returning(module, operation, reply, status_is)
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
        code = first_of(module, "status", paths)
        if http and not by_http:
            code = either(code, identifier("reply.http_code"))
    elif http:
        code = NONE if by_http else identifier("reply.http_code")
    else:
        return None
    message: list[Expression] = []
    if reply.message:
        message = [first_of(module, "optional_text", reply.message)]
    absent = literal(True) if reply.absent_status == "success" else None
    own = literal(True) if http and by_http and status_is is None else None
    wait: Expression | None = None
    if reply.retry_after:
        wait = first_of(module, "optional_decimal", reply.retry_after)
    return call(
        "reply.judge", code, *message, absent_is_success=absent, http=own, wait=wait
    )


def _maybe(value: str | None) -> Expression | None:
    return None if value is None else literal(value)
