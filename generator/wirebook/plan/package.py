"""The artefacts of the whole package: which files there are, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from wirebook.code import Code, docstring
from wirebook.entry import Entry, Row
from wirebook.model import Product, Provider
from wirebook.prose import Prose

from .artefact import Artefact
from .auth import auth
from .callbacks import callbacks, receiver
from .client import clients, product_clients
from .enums import enums
from .errors import errors
from .imports import Imports
from .models import models
from .operations import operations
from .provider import exported, product_public, public
from .renamed import provider_alias
from .segments import segments
from .servers import servers
from .statuses import statuses

SHARED = {
    "delivery": ("DeliveryState",),
    "errors": (
        "ClockSkew",
        "ContentRejected",
        "DeliveryPending",
        "DuplicateRequest",
        "Error",
        "InsufficientBalance",
        "InvalidArgument",
        "InvalidCallback",
        "InvalidCredentials",
        "InvalidRequest",
        "NotSent",
        "OutcomeUnknown",
        "PermissionDenied",
        "ProviderError",
        "ProviderFailure",
        "RateLimited",
        "RecipientRejected",
        "RedirectRefused",
        "ReplyTimeout",
        "ReplyTooLarge",
        "TemporarilyUnavailable",
        "UnreadableReply",
    ),
    "events": (
        "Attempt",
        "Failed",
        "Hooks",
        "Replied",
        "Retrying",
        "Succeeded",
        "Warned",
    ),
    "limiter": ("AsyncLimiter", "Limiter", "MemoryLimiter", "Rate"),
    "record": ("Download", "File", "Record"),
    "results": ("Results",),
    "retry": ("Budget", "RetryPolicy"),
    "secret": ("Secret",),
    "status": ("Does", "Effect", "Outcome", "Submitted"),
    "transport": ("AsyncTransport", "Response", "Transport", "TransportProblem"),
}
"""What every provider's user needs, by module of the floor."""

Build = Callable[[Provider, Product], Struct]
HAS: tuple[tuple[str, Callable[[Product], Sequence[object]], Build], ...] = (
    ("statuses", lambda product: product.tables, statuses),
    ("enums", lambda product: product.enums, enums),
    ("models", lambda product: product.models, models),
    ("operations", lambda product: product.operations, operations),
    ("callbacks", lambda product: product.callbacks, callbacks),
    ("segments", lambda product: product.segments, segments),
)
"""Modules that a product has when its spec has something for them."""


class Package(Struct, frozen=True):
    """What the `__init__.py` of the whole package contains."""

    docstring: Code
    imports: Code
    names: Code


class Marker(Struct, frozen=True):
    """A file without content."""


def package(providers: Sequence[Provider], package: str) -> tuple[Artefact, ...]:
    """Every file of the Python package `package`, in the order of the tree."""
    entries = [entry(provider) for provider in providers]
    own = (part for provider in providers for part in modules(provider, package))
    return (*shared(entries, package), *own)


def entry(provider: Provider, rows: tuple[Row, ...] = ()) -> Entry:
    """What the files that speak of all providers say about one of them."""
    count = len(provider.operations)
    return Entry(provider.id, provider.title, provider.where.file, count, rows)


def shared(entries: Sequence[Entry], package: str) -> tuple[Artefact, ...]:
    """The files of the package that speak of all providers."""
    specs = sorted({entry.file.split("/")[0] for entry in entries})
    spec = specs[0] if len(specs) == 1 else "specs"
    return (
        Artefact(
            f"{package}/__init__.py",
            "package/__init__.py.jinja",
            spec,
            _package(entries, package),
        ),
        Artefact(f"{package}/py.typed", "package/py.typed.jinja", spec, Marker()),
    )


def _package(entries: Sequence[Entry], package: str) -> Package:
    imports = Imports()
    imports.annotations = False
    names = [
        str(imports.name(f"._runtime.{module}", name))
        for module, found in SHARED.items()
        for name in found
    ]
    words = Prose(0).summary(
        "Clients of telecom providers, generated from their specs."
    )
    words.paragraph(
        f"Each provider is a module of its own: `from {package} import"
        f" {entries[0].id if entries else 'provider'}`. What stands here is the"
        " same for all of them: `except InsufficientBalance` works across providers."
    )
    words.bullets(f"`{entry.id}`: {entry.title}" for entry in entries)
    return Package(docstring(words.text()), imports.code(), exported(names))


def modules(provider: Provider, package: str) -> Iterator[Artefact]:
    """The files of the package that belong to one provider, in the tree's order."""
    folder, spec = f"{package}/{provider.id}", provider.where.file
    parts: list[tuple[str, Struct]] = [
        ("__init__", public(provider)),
        ("errors", errors(provider)),
        ("servers", servers(provider)),
        ("auth", auth(provider)),
    ]
    own = [p for p in (provider.shared, *provider.products) if p.key is None]
    parts += [
        (name, build(provider, product))
        for product in own
        for name, has, build in HAS
        if has(product)
    ]
    if not any(p.callbacks for p in own) and any(
        p.callbacks for p in provider.products
    ):
        parts.append(("callbacks", receiver(provider)))
    parts += zip(("client", "async_client"), clients(provider), strict=True)
    for name, context in parts:
        template = f"package/provider/{name}.py.jinja"
        yield Artefact(f"{folder}/{name}.py", template, spec, context)
    for product in provider.products:
        if product.key is not None:
            yield from _product(provider, product, f"{folder}/{product.key}")
    alias = provider_alias(provider, package)
    if alias is not None:
        yield alias


def _product(provider: Provider, product: Product, folder: str) -> Iterator[Artefact]:
    parts: list[tuple[str, Struct]] = [
        ("__init__", product_public(provider, product)),
        *((name, build(provider, product)) for name, has, build in HAS if has(product)),
        *zip(
            ("client", "async_client"), product_clients(provider, product), strict=True
        ),
    ]
    for name, context in parts:
        template = f"package/provider/product/{name}.py.jinja"
        yield Artefact(f"{folder}/{name}.py", template, product.file, context)
