"""What a reader takes out of a reply: the tree, the records, the value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from wirebook.code import identifier, literal
from wirebook.expression import Expression, call, comprehension, either
from wirebook.model import FieldType, Reply, ReplyFormat, header_of

from .decoding import scalar_decoder
from .module import Module

TREE = identifier("tree")


def first_of(module: Module, getter: str, paths: Sequence[str]) -> Expression:
    """The first value that stands at one of the paths, in the body or in a header."""
    decode = module.floor_module("decode")
    found: Expression | None = None
    for _, group in groupby(paths, lambda path: header_of(path) is None):
        some = tuple(group)
        value = call(f"{decode}.{getter}", source_of(some), *map(literal, some))
        found = value if found is None else either(found, value)
    assert found is not None
    return found


def source_of(paths: Sequence[str]) -> Expression:
    """The tree that paths of one kind lead into."""
    headers = [name for path in paths if (name := header_of(path)) is not None]
    return call("reply.headers", *map(literal, headers)) if headers else TREE


def record_of(module: Module, returns: str) -> Expression:
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


def value_of(module: Module, reply: Reply, returns: str) -> Expression:
    """The value itself; lists that are judged or sorted item by item go on."""
    if not reply.returns_model:
        return _scalar(module, reply, FieldType(returns))
    read = record_of(module, returns)
    if isinstance(read, str) and not (reply.at or reply.list or reply.optional):
        return call(read, TREE)
    decode = module.floor_module("decode")
    at = literal(reply.at)
    if reply.list and reply.keyed is not None:
        return call(f"{decode}.many", keyed(module, reply), literal(""), read)
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
    tree = source_of((at,))
    if reply.list:
        each = call(f"{decode}.each", tree, literal(at))
        item = scalar_decoder(module, kind, identifier("item"), "")
        return comprehension(item, "item", each)
    return scalar_decoder(module, kind, tree, at, optional=reply.optional)


def keyed(module: Module, reply: Reply) -> Expression:
    """The items of a mapping, each with its own key inside."""
    decode = module.floor_module("decode")
    name = literal(reply.keyed or "")
    optional = literal(True) if reply.optional else None
    return call(f"{decode}.keyed", TREE, literal(reply.at), name, optional=optional)
