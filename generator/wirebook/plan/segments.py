"""segments.py: how many messages a text is billed as."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.derived import COUNT
from wirebook.expression import Expression, call, compare, equals, every, union
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
from .function import Function
from .module import Module
from .types import NONE, STR, TEXTS, argument
from .words import listed, note_texts

UNITS = {
    "characters": "characters",
    "gsm_septets": "septets of the GSM alphabet",
    "utf16_units": "units of UTF-16",
    "bytes": "bytes of UTF-8",
}
TEXT = identifier("text")
INT = identifier("int")


class SegmentCounters(Struct, frozen=True):
    """What segments.py contains."""

    docstring: Code
    imports: Code
    counters: tuple[Function, ...]


def segments(provider: Provider, product: Product) -> SegmentCounters:
    """A function for each rule, and `count_segments`, which chooses one."""
    module = Module(provider, product, "segments")
    counters = [_counter(module, rule) for rule in product.segments]
    counters.append(_choice(module, product))
    title = product.title or provider.title
    words = Prose(0).summary(f"How many messages a text is billed as by {title}.")
    return SegmentCounters(
        docstring(words.text()), module.imports.code(), tuple(counters)
    )


def count_method(module: Module, product: Product) -> Function:
    """`client.count_segments(…)`: nothing is sent, so both clients just return."""
    module.sibling("segments")
    names = [name for name in _names(product) if name != "text"]
    made = call(f"segments.{COUNT}", TEXT, **{name: identifier(name) for name in names})
    return Function(
        signature(COUNT, [Parameter("self"), *_parameters(module, product)], INT, 1),
        (docstring(_prose(product, 2).text(), 2), *statements([Return(made)], 2)),
    )


def _counter(module: Module, rule: Segments) -> Function:
    unit = UNITS.get(rule.unit, rule.unit)
    text = (
        f"{rule.single} {unit} fit one message, {rule.part} each part of a longer one."
    )
    words = Prose(1).summary(f"{text} {sections(rule.src)}")
    if rule.parameter is not None and rule.values:
        words.paragraph(f"While `{rule.parameter}` is {listed(list(rule.values))}.")
    words.bullets(note_texts(module.provider, rule.notes))
    words.section("Args", _stating(rule))
    if rule.charset is not None:
        missing = f"The text has characters outside {flat(rule.charset)}."
        words.section("Raises", [("InvalidArgument", missing)])
    parameters = [Parameter("text", STR)]
    lines: list[Statement] = []
    usual = _count(module, rule, literal(rule.single), literal(rule.part))
    if rule.model is None:
        lines.append(Return(usual))
    else:
        record = identifier(rule.model)
        parameters += [Parameter("*"), _record(module, rule)]
        stated = module.floor("segments", "stated")
        lengths = [
            call(stated, literal(f"{record}.{name}"), identifier(f"{record}.{name}"))
            for name in (rule.single_field, rule.part_field)
        ]
        lines.append(If(compare(record, "is", NONE), (Return(usual),)))
        lines.append(Assign(identifier("single"), lengths[0]))
        lines.append(Assign(identifier("part"), lengths[1]))
        counted = _count(module, rule, identifier("single"), identifier("part"))
        lines.append(Return(counted))
    return Function(
        signature(rule.key, parameters, INT, 0),
        (docstring(words.text(), 1), *statements(lines, 1)),
    )


def _count(
    module: Module, rule: Segments, single: Expression, part: Expression
) -> Expression:
    return call(
        module.floor("segments", "count"),
        TEXT,
        unit=literal(rule.unit),
        single=single,
        part=part,
        charset=None if rule.charset is None else literal(rule.charset),
    )


def _record(module: Module, rule: Segments) -> Parameter:
    assert rule.model is not None
    return Parameter(rule.model, union(module.model_class(rule.model), NONE), NONE)


def _stating(rule: Segments) -> list[tuple[str, str]]:
    if rule.model is None:
        return []
    fields = f"`{rule.single_field}` and `{rule.part_field}`"
    return [(rule.model, f"Its {fields} count, if it is given.")]


def _deciding(product: Product) -> Field | None:
    """The parameter that all rules depend on, if there is one."""
    names = {rule.parameter for rule in product.segments}
    for operation in product.operations:
        for field in operation.parameters:
            if names == {field.name}:
                return field
    return None


def _choice(module: Module, product: Product) -> Function:
    """`count_segments(text, message_type=…)`: the first rule that holds."""
    lines: list[Statement] = []
    field = _deciding(product)
    variable = identifier(field.name) if field is not None else None
    if field is not None and field.type not in TEXTS:
        variable = identifier(f"{field.name}_text")
        lines.append(Assign(variable, wire_text(module, field, identifier(field.name))))
    open_ended = False
    for number, rule in enumerate(product.segments):
        tests: list[Expression] = []
        if variable is not None and rule.values:
            tests.append(equals(variable, rule.values))
        later = product.segments[number + 1 :]
        if rule.charset is not None and any(_also(rule, other) for other in later):
            fits = module.floor("segments", "fits")
            tests.append(call(fits, TEXT, literal(rule.charset)))
        given = {rule.model: identifier(rule.model)} if rule.model else {}
        counted = Return(call(rule.key, TEXT, **given))
        lines.append(If(every(*tests), (counted,)) if tests else counted)
        if not tests:
            open_ended = True
            break
    if not open_ended:
        name = field.name if field is not None else "text"
        words = literal(f"{name}: no rule counts such a text")
        error = module.floor("errors", "InvalidArgument")
        lines.append(Raise(call(error, words, parameter=literal(name))))
    return Function(
        signature(COUNT, _parameters(module, product), INT, 0),
        (docstring(_prose(product, 1).text(), 1), *statements(lines, 1)),
    )


def _also(rule: Segments, other: Segments) -> bool:
    """Whether a later rule may hold for the same arguments."""
    if not rule.values or not other.values:
        return True
    return bool(set(rule.values) & set(other.values))


def _parameters(module: Module, product: Product) -> list[Parameter]:
    found = [Parameter("text", STR), Parameter("*")]
    field = _deciding(product)
    if field is not None:
        found.append(Parameter(field.name, argument(module, field)))
    rules = {rule.model: rule for rule in product.segments if rule.model is not None}
    found += [_record(module, rule) for rule in rules.values()]
    return found if len(found) > 2 else found[:1]


def _names(product: Product) -> list[str]:
    field = _deciding(product)
    names = [field.name] if field is not None else []
    names += [rule.model for rule in product.segments if rule.model is not None]
    return list(dict.fromkeys(names))


def _prose(product: Product, indent: int) -> Prose:
    field = _deciding(product)
    decides = f", by its {field.name}" if field is not None else ""
    summary = f"How many messages a text is billed as{decides}."
    prose = Prose(indent).summary(summary.replace("_", " "))
    prose.paragraph("Counted here, by the provider's own rules; nothing is sent.")
    arguments = [entry for rule in product.segments for entry in _stating(rule)]
    prose.section("Args", list(dict.fromkeys(arguments)))
    raises: list[str] = []
    if field is not None:
        raises.append("no rule is documented for the value")
    if any(rule.charset is not None for rule in product.segments):
        raises.append("the text has characters that the rule's alphabet lacks")
    if arguments:
        raises.append("a record states no length")
    reason = listed(raises)
    if raises:
        prose.section("Raises", [("InvalidArgument", f"If {reason}.")])
    return prose
