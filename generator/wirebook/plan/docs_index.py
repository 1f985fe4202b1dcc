"""The index of the reference: how much of each provider is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wirebook.markdown import Markdown, code, link, table, text
from wirebook.model import Product, Provider, Vector

from .artefact import Artefact
from .docs_page import NOTHING, Page


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All providers, with how much of each is written down."""

    package: Markdown
    providers: Markdown


@dataclass(frozen=True, slots=True)
class Made:
    """A page with what the index counts."""

    artefact: Artefact
    product: Product
    page: Page


def index(package: str, made: Sequence[Sequence[Made]]) -> IndexPage:
    """`made`: the pages of each provider's products."""
    rows: list[tuple[Markdown, ...]] = []
    for pages in made:
        provider = pages[0].page.provider
        if pages[0].product.key is not None:
            rows.append(_totals(provider, pages))
        rows += [_counts(provider, one) for one in pages]
    return IndexPage(code(package), table(_COUNTED, rows))


_COUNTED = (
    "Provider",
    "Product",
    "Operations",
    "Parameters",
    "Codes",
    "Vectors",
    "Printed by the provider",
    "Contradictions",
    "Assumptions",
)


def _counts(provider: Provider, made: Made) -> tuple[Markdown, ...]:
    """What the index says of a product."""
    product = made.product
    page = link(text(product.title or provider.title), made.artefact.path)
    first = NOTHING if product.key else page
    return (first, page if product.key else NOTHING, *_numbers(provider, [made]))


def _totals(provider: Provider, made: Sequence[Made]) -> tuple[Markdown, ...]:
    """What the index says of a provider of several products."""
    home = link(text(provider.title), f"{provider.id}/index.md")
    return (home, text("all"), *_numbers(provider, made))


def _numbers(provider: Provider, made: Sequence[Made]) -> list[Markdown]:
    products = [one.product for one in made]
    operations = [operation for one in products for operation in one.operations]
    tables = [entry for one in products for entry in one.tables]
    if len(made) == len(provider.products):
        # What the products share belongs to the provider.
        tables += provider.shared.tables
        vectors = list(provider.vectors)
        kinds = [note.kind for note in provider.notes]
    else:
        (key,) = [one.key for one in products]
        vectors = [v for v in provider.vectors if _product_of(v) == key]
        kinds = [note.kind for one in made for note in one.page.mentioned]
    numbers = (
        len(operations),
        sum(len(operation.parameters) for operation in operations),
        sum(len(entry.statuses) for entry in tables),
        len(vectors),
        sum(vector.documented for vector in vectors),
        kinds.count("contradiction"),
        kinds.count("assumption"),
    )
    return [text(str(number)) for number in numbers]


def _product_of(vector: Vector) -> str:
    return vector.operation.removeprefix("callback:").partition(".")[0]
