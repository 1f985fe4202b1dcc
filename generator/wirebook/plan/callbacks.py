"""callbacks.py: parsers from a raw request of the provider to a model, and the
application that receives such requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import (
    NO_BYTES,
    Bracketed,
    Expression,
    call,
    mapping,
    sequence,
    subscript,
    texts,
    union,
)
from wirebook.layout import (
    Assign,
    Parameter,
    Return,
    signature,
    statement,
    statements,
)
from wirebook.model import Callback, Credential, Product, Provider
from wirebook.model.parts import named
from wirebook.naming import constant
from wirebook.prose import Prose, sections, sentences

from .auth import described
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


class Application(Struct, frozen=True):
    """One class that receives all callbacks of a provider."""

    base: Code
    docstring: Code
    init: Code
    setup: Code


class Callbacks(Struct, frozen=True):
    """What callbacks.py contains."""

    docstring: Code
    imports: Code
    parsers: tuple[Parser, ...]
    application: tuple[Application, ...]
    """At most one: a product among several has none."""


def callbacks(provider: Provider, product: Product) -> Callbacks:
    """callbacks.py of a product; the only product has the application too."""
    module = Module(provider, product, "callbacks")
    parsers = tuple(_parser(module, callback) for callback in product.callbacks)
    own = () if product.key else (_application(module, provider),)
    title = product.title or provider.title
    words = Prose(0).summary(f"What {title} pushes to its user.")
    return Callbacks(docstring(words.text()), module.imports.code(), parsers, own)


def receiver(provider: Provider) -> Callbacks:
    """callbacks.py of a provider whose products have theirs."""
    module = Module(provider, None, "callbacks")
    words = Prose(0).summary(f"What {provider.title} pushes to its user.")
    homes = [product.key for product in provider.products if product.callbacks]
    words.paragraph(
        "The parser of each push is in its product: "
        + ", ".join(f"`{home}.callbacks`" for home in homes)
        + "."
    )
    application = _application(module, provider)
    text = docstring(words.text())
    return Callbacks(text, module.imports.code(), (), (application,))


def parser_name(callback: Callback) -> str:
    return f"parse_{callback.key}"


def handler_name(callback: Callback) -> str:
    return f"on_{callback.key}"


def _parser(module: Module, callback: Callback) -> Parser:
    result = _value_type(module, callback)
    heading = sentences(callback.summary) or f"Parse {callback.key.replace('_', ' ')}."
    words = Prose(1).summary(f"{heading} {sections(callback.src)}")
    keys = _keys(module.provider, callback)
    words.section("Args", [*_argument_texts(callback), *map(_key_text, keys)])
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
        given |= {"url": identifier("url"), "keys": _given(keys)}
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


def _value_type(module: Module, callback: Callback) -> Expression:
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


def _keys(provider: Provider, callback: Callback) -> list[Credential]:
    """The credentials that a push is proved with."""
    scheme = provider.scheme(callback.auth)
    known = named(scheme) if scheme is not None else frozenset[str]()
    return [each for each in provider.credentials if each.name in known]


def _key_text(credential: Credential) -> tuple[str, str]:
    return credential.name, described(credential)


def _given(keys: Sequence[Credential]) -> Expression:
    return mapping([(literal(key.name), identifier(key.name)) for key in keys])


def _key_parameters(module: Module, keys: Sequence[Credential]) -> Iterator[Parameter]:
    for key in keys:
        kind = union(STR, NONE)
        if key.secret:
            kind = union(STR, module.floor("secret", "Secret"), NONE)
        yield Parameter(key.name, kind, NONE)


def _proof(module: Module, callback: Callback) -> Expression | None:
    if callback.auth is None:
        return None
    module.own("auth")
    return call(
        module.floor("pushed", "Proof"),
        identifier(f"auth.{callback.auth}"),
        identifier("auth.Credentials"),
        *(literal(key.name) for key in _keys(module.provider, callback)),
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
        yield from _key_parameters(module, _keys(module.provider, callback))
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
    result = _value_type(module, callback)
    reader = Function(
        signature(name, [parameter], result, 0), statements([Return(found)], 1)
    )
    return identifier(name), (reader,)


def _application(module: Module, provider: Provider) -> Application:
    """`Application(on_delivery_report=…)`: one route for each callback."""
    base = module.floor("receiver", "Receiver")
    handler = module.floor("receiver", "Handler")
    route = module.floor("receiver", "Route")
    largest = module.floor("receiver", "LARGEST_BODY")
    parameters = [Parameter("self"), Parameter("*")]
    items: list[tuple[str, Expression]] = []
    arguments: list[tuple[str, str]] = []
    for product, callback in _all(provider.products):
        home = _home(module, product)
        if home and any(model.key == callback.model for model in product.models):
            kind = Module(provider, product, "callbacks").model(callback.model)
            value: Expression = identifier(f"{product.key}.{kind.class_name}")
            module.imports.name(".", str(product.key))
            value = subscript("list", value) if callback.list else value
        else:
            value = _value_type(module, callback)
        name = handler_name(callback)
        parameters.append(Parameter(name, union(subscript(handler, value), NONE), NONE))
        made = call(
            route,
            literal(callback.key),
            identifier(f"{home}{constant(callback.key)}"),
            identifier(name),
        )
        items.append(("", made))
        shown = sentences(callback.summary) or callback.key.replace("_", " ")
        arguments.append((name, f"Takes `…/{callback.key}`. {shown}"))
    parameters.append(Parameter("max_bytes", identifier("int"), largest))
    items.append(("max_bytes=", identifier("max_bytes")))
    arguments.append(("max_bytes", "The largest body that is read."))
    raised = "There is no handler."
    keys = _all_keys(provider)
    if any(callback.auth for _, callback in _all(provider.products)):
        parameters += _key_parameters(module, keys)
        parameters.append(Parameter("origin", union(STR, NONE), NONE))
        items.append(("keys=", _given(keys)))
        items.append(("origin=", identifier("origin")))
        arguments += map(_key_text, keys)
        arguments.append(
            (
                "origin",
                "Scheme and host of the URLs that the provider calls, such as"
                " `https://hooks.example.com`, where a proxy hides them.",
            )
        )
        raised = "There is no handler, or a key is missing."
    words = Prose(1).summary(f"Receives what {provider.title} pushes, as ASGI.")
    words.paragraph(
        "Mount it, or serve it as it is. The last segment of the path names the"
        " callback; an application with one handler takes every path. Handlers are"
        " `async` functions, or plain ones, which run in a thread; the provider's"
        " answer is given when the handler has returned."
    )
    words.section("Args", arguments)
    words.section("Raises", [("InvalidArgument", raised)])
    return Application(
        base,
        docstring(words.text(), 1),
        signature("__init__", parameters, NONE, 1),
        statement(Bracketed("super().__init__", "(", items, ")"), 2),
    )


def _all_keys(provider: Provider) -> list[Credential]:
    needed = {
        key.name
        for _, callback in _all(provider.products)
        for key in _keys(provider, callback)
    }
    return [each for each in provider.credentials if each.name in needed]


def _home(module: Module, product: Product) -> str:
    """How the provider's module calls the callbacks of a product."""
    if product.key is None:
        return ""
    alias = f"{product.key}_callbacks"
    module.imports.renamed(f".{product.key}", "callbacks", alias)
    return f"{alias}."


def _all(products: Sequence[Product]) -> Iterator[tuple[Product, Callback]]:
    for product in products:
        for callback in product.callbacks:
            yield product, callback
