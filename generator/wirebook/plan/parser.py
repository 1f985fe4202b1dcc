"""Parsers from a raw request of the provider to a model."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import (
    NO_BYTES,
    Expression,
    call,
    sequence,
    subscript,
    texts,
    union,
)
from wirebook.layout import Assign, Parameter, Return, signature, statement, statements
from wirebook.model import Callback
from wirebook.naming import constant
from wirebook.prose import Prose, sections, sentences

from . import push_keys
from .function import Function
from .module import Module
from .types import NONE, STR
from .words import note_texts


class Parser(Struct, frozen=True):
    """The functions that read a callback, and its facts.

    Most callbacks have one function: their model's reader does the rest.
    """

    functions: tuple[Function, ...]
    constant: Code


def parser_name(callback: Callback) -> str:
    return f"parse_{callback.key}"


def parser_of(module: Module, callback: Callback) -> Parser:
    result = value_type(module, callback)
    heading = sentences(callback.summary) or f"Parse {callback.key.replace('_', ' ')}."
    words = Prose(1).summary(f"{heading} {sections(callback.src)}")
    keys = push_keys.keys_of(module.provider, callback)
    words.section(
        "Args", [*_argument_texts(callback), *map(push_keys.argument_text, keys)]
    )
    raised = [("InvalidCallback", "The request is not what the provider documents.")]
    if callback.auth is not None:
        raised = [
            ("InvalidCallback", "It is not what the provider documents, or sends."),
            ("InvalidArgument", "A key is missing, or the URL."),
        ]
    words.section("Raises", raised)
    words.notes(note_texts(module.provider, callback.notes))
    names = ["method", "query", "headers", "body"]
    given: dict[str, Expression | None] = {name: identifier(name) for name in names}
    if callback.auth is not None:
        given |= {"url": identifier("url"), "keys": push_keys.given(keys)}
    parsed = call(f"{constant(callback.key)}.parse", **given)
    reader, readers = _reader(module, callback)
    facts = _constant(module, callback, reader)
    parser = Function(
        signature(
            parser_name(callback), list(_parameters(module, callback)), result, 0
        ),
        (docstring(words.text(), 1), *statements([Return(parsed)], 1)),
    )
    return Parser((parser, *readers), facts)


def value_type(module: Module, callback: Callback) -> Expression:
    model = module.model_class(callback.model)
    return subscript("list", model) if callback.list else model


def _constant(module: Module, callback: Callback, reader: Code) -> Code:
    final = module.imports.name("typing", "Final")
    answer: Expression | None = None
    if callback.answer_status != 200 or callback.answer:
        body = call("bytes", literal(callback.answer), literal("utf-8"))
        answer = call(
            module.floor("transport", "Response"),
            literal(callback.answer_status),
            headers=_headers(callback.answer) if callback.answer else None,
            body=body if callback.answer else None,
        )
    home = f"{callback.product}." if callback.product else ""
    inside = callback.inside_json(module.model(callback.model))
    made = call(
        module.floor("push", "Callback"),
        literal(f"{module.provider.id}.{home}{callback.key}"),
        reader,
        method=_unless("POST", callback.method),
        format=_unless("json", callback.format),
        json=texts(inside) if inside else None,
        lenient=literal(True) if callback.lenient else None,
        answer=answer,
        proof=_proof(module, callback),
    )
    return statement(Assign(identifier(constant(callback.key)), made, final), 0)


def _proof(module: Module, callback: Callback) -> Expression | None:
    if callback.auth is None:
        return None
    module.own("auth")
    return call(
        module.floor("pushed", "Proof"),
        identifier(f"auth.{callback.auth}"),
        identifier("auth.Credentials"),
        *(literal(key.name) for key in push_keys.keys_of(module.provider, callback)),
    )


def _headers(answer: str) -> Expression:
    """The media type of an answer, by its first character."""
    kind = "application/json" if answer[0] in "{[" else "text/plain; charset=utf-8"
    return sequence([sequence([literal("Content-Type"), literal(kind)])])


def _unless(usual: str, value: str) -> Expression | None:
    return None if value == usual else literal(value)


def _parameters(module: Module, callback: Callback) -> Iterator[Parameter]:
    mapping_ = module.imports.name("collections.abc", "Mapping")
    headers: Expression = union(subscript(mapping_, STR, STR), NONE)
    text = union(STR, identifier("bytes"))
    yield Parameter("*")
    if callback.format == "query":
        yield Parameter("query", text)
        yield Parameter("body", identifier("bytes"), NO_BYTES)
    else:
        yield Parameter("body", identifier("bytes"))
        yield Parameter("query", text, literal(""))
    if callback.auth is not None:
        yield Parameter("url", STR)
        headers = subscript(mapping_, STR, STR)
        yield Parameter("headers", headers)
        yield from push_keys.parameters(
            module, push_keys.keys_of(module.provider, callback)
        )
    else:
        yield Parameter("headers", headers, NONE)
    yield Parameter("method", STR, literal(callback.method))


def _argument_texts(callback: Callback) -> list[tuple[str, str]]:
    if callback.format == "query":
        telling = ("query", "The query of the request's URL, as it came.")
        idle = ("body", "The body of the request; says nothing here.")
    else:
        telling = ("body", "The body of the request, as it came.")
        idle = ("query", "The query of the request's URL; says nothing here.")
    words: list[tuple[str, str]] = [telling, idle]
    headers = "The headers of the request, which name a charset."
    if callback.auth is not None:
        words.append(
            ("url", "The whole URL that was called, as the provider knows it.")
        )
        headers = "The headers of the request."
    return [*words, ("headers", headers), ("method", "The method of the request.")]


def _reader(module: Module, callback: Callback) -> tuple[Code, tuple[Function, ...]]:
    """What reads the tree: the model's reader, unless it stands deeper down."""
    read = module.model_function("read", callback.model)
    tree, path = identifier("tree"), literal(callback.at)
    if callback.list:
        found = call(f"{module.floor_module('push')}.listed", tree, path, read)
    elif callback.at:
        found = call(f"{module.floor_module('decode')}.one", tree, path, read)
    else:
        return read, ()
    name = f"_read_{callback.key}"
    parameter = Parameter("tree", module.floor("decode", "Tree"))
    result = value_type(module, callback)
    reader = Function(
        signature(name, [parameter], result, 0), statements([Return(found)], 1)
    )
    return identifier(name), (reader,)
