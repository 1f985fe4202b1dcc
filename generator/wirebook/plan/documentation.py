"""The docstring of an operation: what it does, takes, returns and raises."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.code import Code, docstring
from wirebook.model import (
    Effect,
    Field,
    FieldType,
    Operation,
    Status,
    StatusTable,
    Variant,
)
from wirebook.prose import Prose, flat, sections, sentence, sentences
from wirebook.reactions import UNKNOWN, class_of

from .module import Module
from .words import cited, listed, note_texts

DOES = {
    "reads": "Reads: a lost answer is asked for again.",
    "submits": "Submits: sent again only where nothing can have been submitted.",
    "changes": "Changes the account: repeated only where nothing can have changed.",
}


def operation_docstring(module: Module, operation: Operation, indent: int) -> Code:
    """Google style: summary, facts, Args, Returns, Raises, Note."""
    notes = note_texts(module.provider, operation.notes + operation.reply.notes)
    words = Prose(indent).summary(
        sentences(operation.summary) or f"Call {operation.name}."
    )
    words.paragraph(sentences(operation.description))
    if operation.deprecated:
        words.paragraph(f"Deprecated: {sentence(operation.deprecated)}")
    words.paragraph(
        cited(f"`{operation.method} {operation.path}`", operation.src)
        + f". {_does(operation)}"
    )
    words.section("Args", _arguments(module, operation))
    words.section("Returns", _returns(module, operation))
    words.section("Raises", _raises(module, operation))
    words.notes(notes)
    return docstring(words.text(), indent)


def _does(operation: Operation) -> str:
    if operation.does == "reads" and not operation.repeatable:
        return "Reads what may be handed out only once: never asked for again."
    if operation.does != "reads" and operation.repeatable:
        return "May be repeated safely."
    return DOES[operation.does]


def _arguments(module: Module, operation: Operation) -> Iterator[tuple[str, str]]:
    for field in operation.parameters:
        yield field.name, argument_text(field)
    if operation.variants:
        forms = [f'"{v.key}" ({_form(v)})' for v in operation.variants]
        yield "variant", f"The form of the request: {listed(forms)}."


def _form(variant: Variant) -> str:
    """The method, and how fields are called that are called otherwise here."""
    names = [
        f"`{part.wire}`"
        for field in variant.overrides
        for part in field.split or (field,)
    ]
    return f"{variant.method}, with {', '.join(names)}" if names else variant.method


def argument_text(field: Field) -> str:
    """The provider's words about a parameter, its unit and its limits."""
    deprecated = f"Deprecated: {field.deprecated}" if field.deprecated else ""
    return sentences(
        field.summary or field.name.replace("_", " ").capitalize(),
        *limits(field),
        deprecated,
    )


def limits(field: Field, read: bool = False) -> Iterator[str]:
    """What is checked before anything is sent, in words; of replies the unit."""
    if field.unit:
        yield f"In {field.unit}"
    if read:
        return
    if field.list is not None and field.list.max_items is not None:
        least = field.list.min_items
        many = field.list.max_items
        rows = "rows" if field.type is FieldType.ROWS else "items"
        things = "columns" if field.list.style == "columns" else rows
        yield f"{least} to {many} {things}" if least else f"At most {many} {things}"
    elif field.list is not None and field.list.min_items:
        few = field.list.min_items
        yield f"At least {few} {'item' if few == 1 else 'items'}"
    yield from _lengths(field)
    if field.minimum is not None and field.maximum is not None:
        yield f"From {field.minimum} to {field.maximum}"
    elif field.minimum is not None:
        yield f"At least {field.minimum}"
    elif field.maximum is not None:
        yield f"At most {field.maximum}"
    if field.charset:
        yield f"Characters: {field.charset}"
    if field.type is FieldType.DATETIME:
        yield "An aware datetime"
    if field.ahead:
        yield f"At least {flat(f'{field.ahead:g}')} seconds ahead"
    if field.server_default is not None:
        yield f"Left out, the provider takes {field.server_default}"


def _lengths(field: Field) -> Iterator[str]:
    shortest = field.min_length if field.min_length and field.min_length > 1 else None
    each = " each" if field.list is not None else ""
    if shortest and field.max_length is not None:
        yield f"{shortest} to {field.max_length} characters{each}"
    elif field.max_length is not None:
        yield f"At most {field.max_length} characters{each}"
    elif shortest:
        yield f"At least {shortest} characters{each}"
    if field.max_length_numeric is not None:
        yield f"At most {field.max_length_numeric} where all are digits"


def _returns(module: Module, operation: Operation) -> Iterator[tuple[str, str]]:
    reply = operation.reply
    if reply.returns is None:
        return
    if not reply.returns_model:
        yield "", "The value that the provider answers."
        return
    model = module.model(reply.returns)
    text = sentence(model.summary) or f"{model.class_name}."
    if reply.list:
        order = " In the order of the request." if reply.ordered else ""
        empty = " May be empty." if reply.optional else ""
        text = f"A list. {text}{order}{empty}"
    elif reply.optional:
        text += " None where there is none."
    yield "", f"{text} {sections(model.src)}".strip()


def _raises(module: Module, operation: Operation) -> Iterator[tuple[str, str]]:
    """By class, the codes that the provider documents for this operation."""
    codes: dict[str, list[str]] = {}
    effects = dict(operation.statuses.effects)
    for table, status in documented(module, operation):
        if status.reaction is None:
            continue
        effect = effects.get(status.code, status.effect)
        unknown = effect is not Effect.NONE and operation.does != "reads"
        name = UNKNOWN if unknown else class_of(status.reaction)
        texts = dict(operation.statuses.texts)
        words = flat(texts.get(status.code, status.text)).rstrip(".")
        http = "HTTP " if table == operation.statuses.http else ""
        codes.setdefault(name, []).append(f'{http}{status.code} "{words}"')
    unknown_codes = codes.pop(UNKNOWN, [])
    for name, entries in codes.items():
        yield name, f"{', '.join(entries)}."
    if operation.does != "reads":
        ask = f" Ask `{operation.reconcile}` first." if operation.reconcile else ""
        reasons = listed([*unknown_codes, "an answer that was lost or is unreadable"])
        yield UNKNOWN if unknown_codes else "OutcomeUnknown", f"{reasons}.{ask}"


def documented(module: Module, operation: Operation) -> Iterator[tuple[str, Status]]:
    """The statuses that may answer the operation, with their table's key."""
    use = operation.statuses
    seen: set[str] = set()
    for key in (use.table, use.items, use.http):
        if key is None or key in seen:
            continue
        seen.add(key)
        table: StatusTable = module.table(key)
        for status in table.statuses:
            if key != use.table or not use.only or status.code in use.only:
                yield key, status
