"""callbacks.py: parsers from a raw request of the provider to a model."""

from __future__ import annotations

from dataclasses import dataclass

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import Expression, call, lambda_, subscript
from wirebook.layout import (
    Assign,
    Parameter,
    Return,
    Statement,
    signature,
    statement,
    statements,
)
from wirebook.model import Callback, Product, Provider
from wirebook.naming import constant
from wirebook.prose import Prose, sections, sentences

from .module import Module
from .words import note_texts


@dataclass(frozen=True, slots=True)
class Parser:
    """A function, and what the provider takes for "received"."""

    answer: Code
    answer_docstring: Code
    signature: Code
    docstring: Code
    body: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Callbacks:
    docstring: Code
    imports: Code
    parsers: tuple[Parser, ...]


def callbacks(provider: Provider, product: Product) -> Callbacks:
    module = Module(provider, product, "callbacks")
    parsers = tuple(_parser(module, callback) for callback in product.callbacks)
    title = product.title or provider.title
    words = Prose(0).summary(f"What {title} pushes to its user.")
    return Callbacks(docstring(words.text()), module.imports.code(), parsers)


def parser_name(callback: Callback) -> str:
    return f"parse_{callback.key}"


def _parser(module: Module, callback: Callback) -> Parser:
    final = module.imports.name("typing", "Final")
    answer = call(
        module.floor("transport", "Response"),
        literal(callback.answer_status),
        body=_bytes(callback.answer) if callback.answer else None,
    )
    heading = sentences(callback.summary) or f"Parse {callback.key.replace('_', ' ')}."
    words = Prose(1).summary(f"{heading} {sections(callback.src)}")
    words.section("Args", [_argument_text(callback)])
    words.section(
        "Raises",
        [("UnreadablePush", "The request is not what the provider documents.")],
    )
    words.notes(note_texts(module.provider, callback.notes))
    result: Expression = module.model_class(callback.model)
    if callback.list:
        result = subscript("list", result)
    name, kind = _argument(callback)
    return Parser(
        statement(
            Assign(identifier(f"{constant(callback.key)}_ANSWER"), answer, final), 0
        ),
        docstring(["What the provider takes for: received."], 0),
        signature(
            parser_name(callback), [Parameter(name, identifier(kind))], result, 0
        ),
        docstring(words.text(), 1),
        statements(_lines(module, callback, name), 1),
    )


def _bytes(text: str) -> Expression:
    return call("bytes", literal(text), literal("utf-8"))


def _argument(callback: Callback) -> tuple[str, str]:
    return ("query", "str") if callback.format == "query" else ("body", "bytes")


def _argument_text(callback: Callback) -> tuple[str, str]:
    if callback.format == "query":
        return "query", "The query of the request, as it came."
    return "body", "The body of the request, as it came."


def _lines(module: Module, callback: Callback, argument: str) -> list[Statement]:
    push = module.floor_module("push")
    decode = module.floor_module("decode")
    raw, tree = identifier(argument), identifier("tree")
    match callback.format:
        case "json":
            lenient = literal(True) if callback.lenient else None
            opened = call(f"{push}.json_push", raw, lenient=lenient)
        case "xml":
            opened = call(f"{push}.xml_push", raw)
        case _:
            opened = call(f"{push}.form_push", raw)
    read = module.model_function("read", callback.model)
    many = "many" if callback.list else "one"
    found = call(f"{decode}.{many}", tree, literal(callback.at), read)
    return [
        Return(
            call(f"{push}.parsed", lambda_((), opened), lambda_(("tree",), found)),
        )
    ]
