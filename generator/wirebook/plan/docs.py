"""The Markdown reference: an index, a page per provider, a page per product.

index.md
<provider>.md                  a provider of one product
<provider>/index.md            a provider of several
<provider>/<product>.md
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from wirebook.entry import Row
from wirebook.markdown import (
    Markdown,
    anchor,
    bullets,
    code,
    joined,
    link,
    stacked,
    table,
    text,
)
from wirebook.markdown import paragraph as lines
from wirebook.markdown import sentence as full
from wirebook.model import (
    Callback,
    Condition,
    Enumeration,
    Model,
    Product,
    Provider,
    Segments,
    StatusTable,
)

from . import docs_fields
from .application import handler_name
from .artefact import Artefact
from .docs_fields import condition_words
from .docs_index import Made, rows
from .docs_operation import OperationSection, operation_section
from .docs_page import NOTHING, NoteGroup, Page, note_groups, source, sourced
from .docs_provider import Overview, overview
from .docs_status import (
    Section,
    enum_lead,
    enum_table,
    retired,
    status_lead,
    status_table,
)
from .docs_vector import documented
from .parser import parser_name


class Body(Struct, frozen=True):
    """What a product defines."""

    title: Markdown
    summary: Markdown
    contents: Markdown
    operations: tuple[OperationSection, ...]
    statuses: tuple[Section, ...]
    enums: tuple[Section, ...]
    models: tuple[Section, ...]
    callbacks: tuple[Section, ...]
    segments: Markdown


class SinglePage(Struct, frozen=True):
    """A provider of one product: everything on one page."""

    overview: Overview
    body: Body
    notes: tuple[NoteGroup, ...]


class ProviderPage(Struct, frozen=True):
    """A provider of several products: what they share, and the way to them."""

    overview: Overview
    products: Markdown
    body: Body
    notes: tuple[NoteGroup, ...]


class ProductPage(Struct, frozen=True):
    """One product of several."""

    provider: Markdown
    body: Body
    notes: tuple[NoteGroup, ...]


def pages(provider: Provider, package: str) -> tuple[list[Artefact], tuple[Row, ...]]:
    """The pages of one provider, and what the index says of it.

    Paths count from the docs folder.
    """
    if len(provider.products) == 1 and provider.products[0].key is None:
        made = [_single(provider, package)]
        home: list[Artefact] = []
    else:
        made = [_product(provider, one, package) for one in provider.products]
        home = [_home(provider, package, made)]
    return [*home, *(one.artefact for one in made)], rows(made)


def _single(provider: Provider, package: str) -> Made:
    (product,) = provider.products
    page = Page(provider, product)
    context = SinglePage(
        overview(page, package), _body(page, package), note_groups(provider.notes)
    )
    path = f"{provider.id}.md"
    artefact = Artefact(path, "docs/single.md.jinja", product.file, context)
    page.notes(note.key for note in provider.notes)
    return Made(artefact, product, page)


def _home(provider: Provider, package: str, made: Sequence[Made]) -> Artefact:
    page = Page(provider, provider.shared)
    listed = [
        (
            link(text(one.product.title), f"{one.product.key}.md"),
            text(str(len(one.product.operations))),
            text(one.product.summary),
        )
        for one in made
    ]
    context = ProviderPage(
        overview(page, package),
        table(("Product", "Operations", "What it does"), listed),
        _body(page, package),
        note_groups(provider.notes),
    )
    path = f"{provider.id}/index.md"
    return Artefact(path, "docs/provider.md.jinja", provider.where.file, context)


def _product(provider: Provider, product: Product, package: str) -> Made:
    page = Page(provider, product, home="index.md")
    body = _body(page, package)
    context = ProductPage(
        link(text(provider.title), "index.md"), body, note_groups(page.mentioned)
    )
    path = f"{provider.id}/{product.key}.md"
    artefact = Artefact(path, "docs/product.md.jinja", product.file, context)
    return Made(artefact, product, page)


def _body(page: Page, package: str) -> Body:
    product = page.product
    operations = tuple(
        operation_section(page, package, operation) for operation in product.operations
    )
    words = page.noted(sourced(full(product.summary), product.src), product.notes)
    return Body(
        text(product.title or page.provider.title),
        lines(words),
        table(
            ("Operation", "What it does", "Kind"),
            (
                (
                    page.operation_link(operation.name),
                    text(operation.summary),
                    text(operation.does),
                )
                for operation in product.operations
            ),
        ),
        operations,
        tuple(_status(page, entry) for entry in product.tables),
        tuple(_enum(page, entry) for entry in product.enums),
        tuple(_model(page, entry) for entry in product.models),
        tuple(_callback(page, entry) for entry in product.callbacks),
        table(
            ("Text", "Counted in", "One message", "Each part", "Notes", "Source"),
            (_segments(page, entry) for entry in product.segments),
        ),
    )


def _status(page: Page, entry: StatusTable) -> Section:
    return Section(
        anchor(f"status-{entry.key}"),
        code(entry.class_name),
        lines(status_lead(page, entry)),
        joined([status_table(page, entry), retired(entry)], "\n\n"),
    )


def _enum(page: Page, entry: Enumeration) -> Section:
    return Section(
        anchor(f"enum-{entry.key}"),
        code(entry.class_name),
        lines(enum_lead(page, entry)),
        enum_table(page, entry),
    )


def _model(page: Page, entry: Model) -> Section:
    words = page.noted(sourced(full(entry.summary), entry.src), entry.notes)
    return Section(
        anchor(f"model-{entry.key}"),
        code(entry.class_name),
        lines(words),
        docs_fields.fields(page, entry),
    )


def _callback(page: Page, entry: Callback) -> Section:
    words = page.noted(sourced(full(entry.summary), entry.src), entry.notes)
    shape = [text("a list of")] if entry.list else []
    home = f"{page.product.key}." if page.product.key else ""
    facts = [
        joined(
            [
                text("Read by"),
                code(f"{home}callbacks.{parser_name(entry)}"),
                text("and received by"),
                code(f"callbacks.Application({handler_name(entry)}=…)"),
                text("as ASGI"),
            ]
        ),
        joined([code(entry.method), text(f"with {entry.format.upper()}")]),
        joined([text("Holds"), *shape, page.model_link(entry.model)]),
        joined([text("The provider expects HTTP"), code(str(entry.answer_status))]),
    ]
    if entry.auth is not None:
        facts.append(
            joined(
                [text("Must carry what"), code(entry.auth), text("computes over it")]
            )
        )
    if entry.answer:
        facts.append(joined([text("with the body"), code(entry.answer)]))
    if entry.lenient:
        facts.append(text("Bodies that are nearly JSON are read too"))
    return Section(
        anchor(f"callback-{entry.key}"),
        code(entry.key),
        lines(words),
        bullets(facts),
        documented(page, entry.key),
    )


def _segments(page: Page, entry: Segments) -> tuple[Markdown, ...]:
    when = NOTHING
    if entry.parameter:
        when = condition_words(
            Condition(parameter=entry.parameter, values=entry.values)
        )
    return (
        stacked(words for words in (code(entry.key), when) if words),
        text(entry.unit.replace("_", " ")),
        text(str(entry.single)),
        text(str(entry.part)),
        page.notes(entry.notes),
        source(entry.src),
    )
