"""callbacks.py: the parsers of what a provider pushes, and the application for it."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code, docstring
from wirebook.model import Product, Provider
from wirebook.prose import Prose

from .application import Application, application
from .module import Module
from .parser import Parser, parser_of


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
    parsers = tuple(parser_of(module, callback) for callback in product.callbacks)
    own = () if product.key else (application(module, provider),)
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
    own = (application(module, provider),)
    return Callbacks(docstring(words.text()), module.imports.code(), (), own)
