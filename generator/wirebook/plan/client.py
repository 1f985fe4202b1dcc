"""client.py and async_client.py: what a user holds in hand.

Both are planned by the same functions, so they mirror each other name for name.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import Expression, call, subscript, super_init, union
from wirebook.layout import Parameter, Return, signature, statement
from wirebook.model import Credential, Product, Provider, Setting
from wirebook.naming import camel_case
from wirebook.prose import Prose, sections, sentences

from .arguments import choice
from .auth import described
from .function import Function
from .imports import Imports
from .methods import Methods
from .module import Module
from .servers import described as server_text
from .settings import for_servers
from .types import NONE, STR
from .words import note_texts


class ProductAttribute(Struct, frozen=True):
    """A product as a property that loads it when it is first used."""

    signature: Code
    docstring: Code
    load: Code
    make: Code


class Client(Struct, frozen=True):
    """What client.py or async_client.py of a provider contains."""

    docstring: Code
    imports: Code
    types: Code
    """Imports of products, for type checkers only."""
    lazy: bool
    class_name: Code
    base: Code
    class_docstring: Code
    init: Code
    setup: Code
    products: tuple[ProductAttribute, ...]
    methods: tuple[Function, ...]


class ProductClient(Struct, frozen=True):
    """What client.py or async_client.py of a product contains."""

    docstring: Code
    imports: Code
    class_name: Code
    base: Code
    class_docstring: Code
    methods: tuple[Function, ...]


def clients(provider: Provider) -> tuple[Client, Client]:
    """Both clients of a provider, with the operations of its only product."""
    methods = [
        Methods(provider, product) for product in provider.products if not product.key
    ]
    return _client(provider, methods, False), _client(provider, methods, True)


def _client(
    provider: Provider, methods: Iterable[Methods], asynchronous: bool
) -> Client:
    name = "async_client" if asynchronous else "client"
    module = Module(provider, None, name)
    base = module.floor("client", "BaseAsyncClient" if asynchronous else "BaseClient")
    options = module.floor("client", "AsyncOptions" if asynchronous else "Options")
    types = Module(provider, None, name)
    types.imports.annotations = False
    products = tuple(
        _product(module, types, product, asynchronous)
        for product in provider.products
        if product.key is not None
    )
    own = tuple(
        method
        for product in methods
        for method in product.of(module, asynchronous, "self._perform")
    )
    init = signature("__init__", _constructor(module, provider, options), NONE, 1)
    setup = statement(_setup(module, provider), 2)
    return Client(
        _module_docstring(provider.title, asynchronous),
        module.imports.code(),
        types.imports.code(1),
        bool(products),
        identifier("AsyncClient" if asynchronous else "Client"),
        base,
        _class_docstring(provider),
        init,
        setup,
        products,
        own,
    )


def product_clients(
    provider: Provider, product: Product
) -> tuple[ProductClient, ProductClient]:
    """One product of both clients: `client.sms`."""
    methods = Methods(provider, product)
    return (
        _product_client(provider, product, methods, False),
        _product_client(provider, product, methods, True),
    )


def _product_client(
    provider: Provider, product: Product, methods: Methods, asynchronous: bool
) -> ProductClient:
    module = Module(provider, product, "async_client" if asynchronous else "client")
    base = module.floor("client", "BaseAsyncProduct" if asynchronous else "BaseProduct")
    own = tuple(methods.of(module, asynchronous, "self._core.perform"))
    words = Prose(1).summary(
        f"{sentences(product.summary) or product.title} {sections(product.src)}"
    )
    words.bullets(note_texts(provider, product.notes))
    return ProductClient(
        _module_docstring(f"{product.title} of {provider.title}", asynchronous),
        module.imports.code(),
        _product_class(product, asynchronous),
        base,
        docstring(words.text(), 1),
        own,
    )


def _module_docstring(title: str, asynchronous: bool) -> Code:
    kind = "asynchronous client" if asynchronous else "client"
    return docstring(Prose(0).summary(f"The {kind} of {title}.").text())


def _class_docstring(provider: Provider) -> Code:
    """What it is, and every argument of the constructor."""
    version = f", document version {provider.version}" if provider.version else ""
    words = Prose(1).summary(f"{provider.title}{version}.")
    words.paragraph(sentences(provider.summary))
    entries: list[Credential | Setting] = [*provider.credentials, *provider.settings]
    spare = for_servers(provider)
    arguments = [(entry.name, described(entry, entry in spare)) for entry in entries]
    servers = " ".join(server_text(server) for server in provider.servers)
    arguments.append(("server", f"Where to send requests. {servers}"))
    arguments.append(
        (
            "options",
            "`base_url`, `timeout` (seconds for a whole call), `retries`, `hooks`,"
            " `limiter`, `transport` and more, the same for every provider.",
        )
    )
    words.section("Args", arguments)
    return docstring(words.text(), 1)


def _constructor(module: Module, provider: Provider, options: Code) -> list[Parameter]:
    found = [Parameter("self"), Parameter("*")]
    for credential in provider.credentials:
        kind: Expression = STR
        if credential.secret:
            kind = union(STR, module.floor("secret", "Secret"))
        if credential.env or credential.optional:
            found.append(Parameter(credential.name, union(kind, NONE), NONE))
        else:
            found.append(Parameter(credential.name, kind))
    spare = for_servers(provider)
    found += [_setting(module, s, s in spare) for s in provider.settings]
    servers = [server.key for server in provider.servers]
    found.append(choice(module, "server", servers, servers[0]))
    unpack = module.imports.name("typing", "Unpack")
    return [*found, Parameter("**options", subscript(unpack, options))]


def _setting(module: Module, setting: Setting, spare: bool) -> Parameter:
    """A setting that the environment may give is None until it is looked up.

    spare: another `base_url` does without it.
    """
    default = None if setting.env else setting.default
    if setting.values:
        made = choice(module, setting.name, setting.values, default)
        assert made.annotation is not None
        annotation = made.annotation
    else:
        annotation = STR
    if setting.env or spare:
        return Parameter(setting.name, union(annotation, NONE), NONE)
    given = None if default is None else literal(default)
    return Parameter(setting.name, annotation, given)


def _setup(module: Module, provider: Provider) -> Expression:
    """`super().__init__(…)`."""
    module.sibling("auth")
    module.sibling("servers")
    credentials = call(
        "auth.Credentials",
        **{entry.name: identifier(entry.name) for entry in provider.credentials},
    )
    settings = None
    if provider.settings:
        given = call(
            "auth.Settings",
            **{entry.name: identifier(entry.name) for entry in provider.settings},
        )
        url: list[Expression] = []
        if for_servers(provider):
            url = [call("options.get", literal("base_url"))]
        settings = call("auth.settings", given, *url)
    server = subscript("servers.SERVERS", identifier("server"))
    return super_init(credentials, server, settings=settings)


def _product_class(product: Product, asynchronous: bool) -> Code:
    assert product.key is not None
    name = camel_case(product.key)
    return identifier(f"Async{name}" if asynchronous else name)


def _product(
    module: Module, types: Module, product: Product, asynchronous: bool
) -> ProductAttribute:
    assert product.key is not None
    module.imports.name("functools", "cached_property")
    module.imports.name("typing", "TYPE_CHECKING")
    name = _product_class(product, asynchronous)
    home = f".{product.key}.{'async_client' if asynchronous else 'client'}"
    types.imports.name(home, name)
    load = Imports()
    load.annotations = False
    load.name(home, name)
    words = Prose(2).summary(
        sentences(product.title, product.summary if product.summary else "")
    )
    return ProductAttribute(
        signature(product.key, [Parameter("self")], name, 1),
        docstring(words.text(), 2),
        load.code(2),
        statement(Return(call(name, identifier("self._core"))), 2),
    )
