"""__init__.py of a provider or product: the public names.

A provider of one product imports them directly.  One of several products loads
a product's names when they are first asked for, with the types known before.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import listing, mapping
from wirebook.layout import Assign, statement
from wirebook.model import Product, Provider
from wirebook.naming import camel_case
from wirebook.prose import Prose, sentences
from wirebook.reactions import class_names

from .imports import Imports
from .renamed import classes


class Public(Struct, frozen=True):
    """What an __init__.py offers; `typed` and `homes` are for lazy names."""

    docstring: Code
    imports: Code
    names: Code
    typed: Code
    homes: Code
    lazy: bool


def public(provider: Provider) -> Public:
    """The provider's own __init__.py."""
    imports = Imports()
    imports.annotations = False
    names = [
        imports.name(".async_client", "AsyncClient"),
        imports.name(".client", "Client"),
    ]
    names += [imports.name(".errors", name) for name in class_names(provider)]
    own = [p for p in (provider.shared, *provider.products) if p.key is None]
    for product in own:
        names += [imports.name(f".{home}", name) for home, name in definitions(product)]
        names += [imports.name(".", home) for home in modules(product)]
    words = Prose(0).summary(f"{provider.title}{_version(provider)}.")
    words.paragraph(sentences(provider.summary))
    lazy = Imports()
    lazy.annotations = False
    homes: list[tuple[Code, Code]] = []
    for name, home in _lazy_names(provider, {str(name) for name in names}):
        names.append(lazy.name(f".{home}", name))
        homes.append((literal(name), literal(home)))
    products = [product for product in provider.products if product.key]
    for product in products:
        assert product.key is not None
        imports.name("typing", "TYPE_CHECKING")
        names.append(lazy.name(".", product.key))
        homes.append((literal(product.key), literal("")))
    if any(product.callbacks for product in products):
        names.append(lazy.name(".", "callbacks"))
        homes.append((literal("callbacks"), literal("")))
    if products:
        imports.name("importlib", "import_module")
        imports.name("typing", "Final")
        words.paragraph(
            "Products are loaded when they are first used: "
            + ", ".join(f"`{product.key}`" for product in products)
            + "."
        )
    all_names = exported([str(name) for name in names])
    if not products:
        all_names = classes(imports, ".._runtime", own, all_names)
    return Public(
        docstring(words.text()),
        imports.code(),
        all_names,
        lazy.code(1) if products else literal(""),
        statement(Assign(identifier("_HOMES"), mapping(homes), identifier("Final")), 0),
        bool(products),
    )


def product_public(provider: Provider, product: Product) -> Public:
    """The __init__.py of one product among several."""
    assert product.key is not None
    imports = Imports()
    imports.annotations = False
    name = camel_case(product.key)
    names = [
        imports.name(".async_client", f"Async{name}"),
        imports.name(".client", name),
    ]
    names += [imports.name(f".{home}", one) for home, one in definitions(product)]
    names += [imports.name(".", home) for home in modules(product)]
    words = Prose(0).summary(f"{product.title} of {provider.title}.")
    words.paragraph(sentences(product.summary))
    all_names = exported([str(one) for one in names])
    all_names = classes(imports, "..._runtime", [product], all_names)
    return Public(
        docstring(words.text()),
        imports.code(),
        all_names,
        literal(""),
        literal(""),
        False,
    )


def exported(names: list[str]) -> Code:
    """`__all__`, in isort's order."""
    ordered = sorted(set(names), key=lambda name: (not name[:1].isupper(), name))
    return statement(
        Assign(identifier("__all__"), listing(literal(name) for name in ordered)), 0
    )


def modules(product: Product) -> Iterator[str]:
    """Modules that are used by their name: `callbacks.parse_reply(…)`."""
    if product.callbacks:
        yield "callbacks"
    if product.segments:
        yield "segments"


def definitions(product: Product) -> Iterator[tuple[str, str]]:
    """Module and name of each class that a product's spec defines."""
    for enum in product.enums:
        yield "enums", enum.class_name
    for model in product.models:
        yield "models", model.class_name
    for table in product.tables:
        yield "statuses", table.class_name


def _lazy_names(provider: Provider, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Names of products that only one of them has, with their module.

    What two products define (a `Balance` each) is found in the product only.
    """
    homes: dict[str, list[str]] = {}
    for product in provider.products:
        if product.key is not None:
            for home, name in definitions(product):
                homes.setdefault(name, []).append(f"{product.key}.{home}")
    for name, places in homes.items():
        if len(places) == 1 and name not in taken:
            yield name, places[0]


def _version(provider: Provider) -> str:
    return f", document version {provider.version}" if provider.version else ""
