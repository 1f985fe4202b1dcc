"""The application that receives what a provider pushes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import Bracketed, Expression, call, subscript, union
from wirebook.layout import Parameter, signature, statement
from wirebook.model import Callback, Credential, Product, Provider
from wirebook.naming import constant
from wirebook.prose import Prose, sentences

from . import push_keys
from .module import Module
from .parser import value_type
from .types import NONE, STR


class Application(Struct, frozen=True):
    """One class that receives all callbacks of a provider."""

    base: Code
    docstring: Code
    init: Code
    setup: Code


def handler_name(callback: Callback) -> str:
    return f"on_{callback.key}"


def application(module: Module, provider: Provider) -> Application:
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
            value = value_type(module, callback)
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
        parameters += push_keys.parameters(module, keys)
        parameters.append(Parameter("origin", union(STR, NONE), NONE))
        items.append(("keys=", push_keys.given(keys)))
        items.append(("origin=", identifier("origin")))
        arguments += map(push_keys.argument_text, keys)
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
        for key in push_keys.keys_of(provider, callback)
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
