"""The index of the reference: how much of each provider is written down."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from msgspec import Struct

from wirebook.entry import Entry, Row
from wirebook.markdown import Markdown, code, link, table, text
from wirebook.model import Product, Provider, Vector

from .artefact import Artefact
from .docs_page import NOTHING, Page


class IndexPage(Struct, frozen=True):
    """All providers, with how much of each is written down."""

    package: Markdown
    providers: Markdown


class Made(Struct, frozen=True):
    """A page with what the index counts."""

    artefact: Artefact
    product: Product
    page: Page


def index(entries: Sequence[Entry], package: str) -> Artefact:
    """The index of all providers."""
    folders = {posixpath.dirname(posixpath.dirname(entry.file)) for entry in entries}
    specs = folders.pop() if len(folders) == 1 else "specs"
    lines = (_line(entry, row) for entry in entries for row in entry.rows)
    context = IndexPage(code(package), table(_COUNTED, lines))
    return Artefact("index.md", "docs/index.md.jinja", specs, context)


def rows(made: Sequence[Made]) -> tuple[Row, ...]:
    """What the index says of a provider; `made`: the pages of its products."""
    provider = made[0].page.provider
    found = [
        Row(
            one.product.title or provider.title,
            one.artefact.path,
            one.product.key is not None,
            _numbers(provider, [one]),
        )
        for one in made
    ]
    if found[0].of_product:
        home = f"{provider.id}/index.md"
        found.insert(0, Row("", home, False, _numbers(provider, made)))
    return tuple(found)


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


def _line(entry: Entry, row: Row) -> tuple[Markdown, ...]:
    page = link(text(row.title or entry.title), row.page)
    numbers = (text(str(number)) for number in row.numbers)
    if row.of_product:
        return (NOTHING, page, *numbers)
    return (page, NOTHING if row.title else text("all"), *numbers)


def _numbers(provider: Provider, made: Sequence[Made]) -> tuple[int, ...]:
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
    return (
        len(operations),
        sum(len(operation.parameters) for operation in operations),
        sum(len(entry.statuses) for entry in tables),
        len(vectors),
        sum(vector.documented for vector in vectors),
        kinds.count("contradiction"),
        kinds.count("assumption"),
    )


def _product_of(vector: Vector) -> str:
    return vector.operation.removeprefix("callback:").partition(".")[0]
