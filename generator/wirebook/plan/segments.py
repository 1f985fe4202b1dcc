"""segments.py: how many messages a text is billed as."""

from __future__ import annotations

from dataclasses import dataclass

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import call, equals
from wirebook.layout import (
    Assign,
    If,
    Parameter,
    Raise,
    Return,
    Statement,
    signature,
    statements,
)
from wirebook.model import Field, Product, Provider, Segments
from wirebook.prose import Prose, flat, sections

from .conditions import wire_text
from .module import Module
from .types import STR, TEXTS, argument
from .words import listed, note_texts

UNITS = {
    "characters": "characters",
    "gsm_septets": "septets of the GSM alphabet",
    "utf16_units": "units of UTF-16",
    "bytes": "bytes of UTF-8",
}


@dataclass(frozen=True, slots=True)
class Counter:
    signature: Code
    docstring: Code
    body: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class SegmentCounters:
    docstring: Code
    imports: Code
    counters: tuple[Counter, ...]


def segments(provider: Provider, product: Product) -> SegmentCounters:
    module = Module(provider, product, "segments")
    counters = [_counter(module, rule) for rule in product.segments]
    field = _deciding(product)
    if field is not None:
        counters.append(_choice(module, product, field))
    title = product.title or provider.title
    words = Prose(0).summary(f"How many messages a text is billed as by {title}.")
    return SegmentCounters(
        docstring(words.text()), module.imports.code(), tuple(counters)
    )


def _counter(module: Module, rule: Segments) -> Counter:
    count = module.floor("segments", "count")
    unit = UNITS.get(rule.unit, rule.unit)
    text = (
        f"{rule.single} {unit} fit one message, {rule.part} each part of a longer one."
    )
    words = Prose(1).summary(f"{text} {sections(rule.src)}")
    if rule.parameter is not None and rule.values:
        words.paragraph(f"While `{rule.parameter}` is {listed(list(rule.values))}.")
    words.bullets(note_texts(module.provider, rule.notes))
    if rule.charset is not None:
        missing = f"The text has characters outside {flat(rule.charset)}."
        words.section("Raises", [("ValueError", missing)])
    counted = call(
        count,
        identifier("text"),
        unit=literal(rule.unit),
        single=literal(rule.single),
        part=literal(rule.part),
        charset=None if rule.charset is None else literal(rule.charset),
    )
    return Counter(
        signature(rule.key, [Parameter("text", STR)], identifier("int"), 0),
        docstring(words.text(), 1),
        statements([Return(counted)], 1),
    )


def _deciding(product: Product) -> Field | None:
    """The parameter that all rules depend on, if there is one."""
    names = {rule.parameter for rule in product.segments}
    for operation in product.operations:
        for field in operation.parameters:
            if names == {field.name}:
                return field
    return None


def _choice(module: Module, product: Product, field: Field) -> Counter:
    """`count(text, message_type=…)`, by the rule that holds for the type."""
    lines: list[Statement] = []
    variable = identifier(field.name)
    if field.type not in TEXTS:
        variable = identifier(f"{field.name}_text")
        lines.append(Assign(variable, wire_text(module, field, identifier(field.name))))
    for rule in product.segments:
        test = equals(variable, rule.values)
        lines.append(If(test, (Return(call(rule.key, identifier("text"))),)))
    words = literal(f"{field.name}: no rule counts such a text")
    error = module.floor("errors", "InvalidArgument")
    lines.append(Raise(call(error, words, parameter=literal(field.name))))
    summary = f"How many messages a text is billed as, by its {field.name}."
    prose = Prose(1).summary(summary.replace("_", " "))
    prose.section(
        "Raises",
        [
            ("InvalidArgument", "No rule is documented for the value."),
            ("ValueError", "The text has characters that the rule's alphabet lacks."),
        ],
    )
    parameters = [
        Parameter("text", STR),
        Parameter("*"),
        Parameter(field.name, argument(module, field)),
    ]
    return Counter(
        signature("count_by", parameters, identifier("int"), 0),
        docstring(prose.text(), 1),
        statements(lines, 1),
    )
