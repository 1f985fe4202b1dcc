"""statuses.py: an enum and a table of meanings for each status table."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import Bracketed, Expression, call, mapping, sequence, texts
from wirebook.layout import Assign, statement
from wirebook.model import (
    Effect,
    Family,
    Product,
    Provider,
    Reaction,
    RetryAdvice,
    Status,
    StatusTable,
    Success,
)
from wirebook.naming import constant
from wirebook.prose import Prose, flat, sections, sentences
from wirebook.reactions import class_of
from wirebook.resolve.statuses import succeeds

from .module import Module
from .renamed import members
from .words import note_texts


class Member(Struct, frozen=True):
    """One member of an enum, with the provider's words."""

    assignment: Code
    docstring: Code


class Table(Struct, frozen=True):
    """One table of statuses: its enum, and what each member means."""

    class_name: Code
    base: Code
    docstring: Code
    members: tuple[Member, ...]
    table: Code
    former: Code | None
    """What lets members be found by the names that they had."""


class Statuses(Struct, frozen=True):
    """What statuses.py contains."""

    docstring: Code
    imports: Code
    tables: tuple[Table, ...]


def statuses(provider: Provider, product: Product) -> Statuses:
    module = Module(provider, product, "statuses")
    tables = tuple(_table(module, table) for table in product.tables)
    title = product.title or provider.title
    words = Prose(0).summary(f"The status tables of {title}.").text()
    return Statuses(docstring(words), module.imports.code(), tables)


def _table(module: Module, table: StatusTable) -> Table:
    base = module.imports.name("enum", "IntEnum" if table.kind == "int" else "StrEnum")
    words = Prose(1).summary(
        f"{sentences(table.summary) or _heading(table)} {sections(table.src)}"
    )
    words.bullets(note_texts(module.provider, table.notes))
    rows = tuple(_member(table, status) for status in table.statuses)
    return Table(
        identifier(table.class_name),
        base,
        docstring(words.text(), 1),
        rows,
        _constant(module, table),
        members(module, table),
    )


def _heading(table: StatusTable) -> str:
    return f"The codes of {flat(table.key).replace('_', ' ')}."


def _member(table: StatusTable, status: Status) -> Member:
    value = literal(int(status.code) if table.kind == "int" else status.code)
    words = Prose(1).summary(flat(status.text)).paragraph(sentences(status.summary))
    if status.deprecated:
        words.paragraph(sentences(f"Deprecated: {status.deprecated}"))
    return Member(
        statement(Assign(identifier(status.name), value), 1),
        docstring(words.text() or [status.name], 1),
    )


def _constant(module: Module, table: StatusTable) -> Code:
    rows = [
        (literal(status.code), _row(module, table, status))
        for status in table.statuses
        if not succeeds(table.success, status.code)
    ]
    aliases = [
        (literal(alias), literal(status.code))
        for status in table.statuses
        for alias in status.aliases
    ]
    families = [_family(module, family) for family in table.families]
    prefix = module.provider.class_prefix
    tree = call(
        module.floor("status", "Table"),
        identifier(table.class_name),
        unknown=module.error(f"{prefix}Error"),
        undecided=module.error("OutcomeUnknownError"),
        success=_success(module, table.success),
        rows=mapping(rows),
        aliases=mapping(aliases) if aliases else None,
        families=sequence(families) if families else None,
    )
    final = module.imports.name("typing", "Final")
    return statement(Assign(identifier(constant(table.key)), tree, final), 0)


def _success(module: Module, success: Success) -> Expression:
    if success.prefix is not None:
        prefix = module.floor("status", "Prefix")
        return call(prefix, literal(success.prefix))
    if success.pattern is not None:
        return call(module.floor("status", "Pattern"), literal(success.pattern))
    if success.minimum is not None or success.maximum is not None:
        return call(
            module.floor("status", "Range"),
            minimum=None if success.minimum is None else literal(success.minimum),
            maximum=None if success.maximum is None else literal(success.maximum),
        )
    return texts(success.codes)


def _row(module: Module, table: StatusTable, status: Status) -> Bracketed:
    return call(
        module.floor("status", "Row"),
        _class(module, status.reaction),
        literal(flat(status.text)),
        **_proofs(module, status),
        success_on_retry=literal(True) if status.success_on_retry else None,
        renews_session=literal(True) if status.renews_session else None,
    )


def _family(module: Module, family: Family) -> Bracketed:
    bounds: dict[str, Expression | None] = {
        "prefix": None if family.prefix is None else literal(family.prefix),
        "minimum": None if family.minimum is None else literal(family.minimum),
        "maximum": None if family.maximum is None else literal(family.maximum),
        "codes": texts(family.codes) if family.codes else None,
    }
    return call(
        module.floor("status", "Family"),
        _class(module, family.reaction),
        literal(flat(family.text)),
        **bounds,
        **_proofs(module, family),
    )


def _class(module: Module, reaction: Reaction | None) -> Code:
    if reaction is None:
        return module.error(f"{module.provider.class_prefix}Error")
    return module.error(class_of(reaction))


def _proofs(module: Module, row: Status | Family) -> dict[str, Expression | None]:
    """What differs from the cautious default: maybe submitted, never again."""
    proofs: dict[str, Expression | None] = {}
    if row.effect is not Effect.MAYBE:
        effect = module.floor("status", "Effect")
        proofs["effect"] = identifier(f"{effect}.{row.effect.name}")
    if row.retry is not RetryAdvice.NEVER:
        retry = module.floor("status", "Retry")
        proofs["retry"] = identifier(f"{retry}.{row.retry.name}")
    if row.wait is not None:
        proofs["wait"] = literal(row.wait)
    return proofs
