"""Parameters and model fields as tables."""

from __future__ import annotations

from wirebook.markdown import Markdown, code, codes, joined, stacked, table, text
from wirebook.model import (
    Condition,
    Field,
    FieldType,
    Model,
    Operation,
    Place,
    header_of,
)

from .docs_page import NOTHING, Page, seconds, source

_PLACES = {
    Place.PATH: "in the path",
    Place.QUERY: "in the query",
    Place.HEADER: "in a header",
    Place.FORM: "in the form",
    Place.JSON: "in the JSON body",
    Place.XML: "in the XML body",
    Place.MULTIPART: "in the multipart body",
    Place.BODY: "as the body",
}


def parameters(page: Page, operation: Operation) -> Markdown:
    """The arguments of a call."""
    rows = [
        (
            code(field.name),
            page.type_of(field, argument=True),
            stacked([_wire(field), text(_place(field, operation))]),
            stacked([_required(field), *_condition(field.required_when)]),
            stacked(_limits(field)),
            stacked(_meaning(page, field)),
            source(field.src),
        )
        for field in operation.parameters
    ]
    header = ("Argument", "Type", "On the wire", "Required", "Limits", "Meaning")
    return table((*header, "Source"), rows)


def fields(page: Page, model: Model) -> Markdown:
    """The fields of a record."""
    rows = [
        (
            code(field.name),
            page.type_of(field, argument=False),
            stacked([_wire(field), *(code(alias) for alias in field.wire_aliases)]),
            stacked(_limits(field)),
            stacked(_meaning(page, field)),
            # A field stands where its record stands, unless it says otherwise.
            NOTHING if field.src == model.src else source(field.src),
        )
        for field in model.fields
    ]
    return table(("Field", "Type", "On the wire", "Form", "Meaning", "Source"), rows)


def place_words(place: Place) -> str:
    return _PLACES[place]


def _wire(field: Field) -> Markdown:
    if field.split:
        return stacked(code(part.wire) for part in field.split)
    header = header_of(field.wire)
    if header is not None and field.place is None:
        return joined([text("the header"), code(header)])
    return code(field.wire)


def _place(field: Field, operation: Operation) -> str:
    if field.place is None or field.place is operation.place:
        return ""
    return _PLACES[field.place]


def _required(field: Field) -> Markdown:
    if field.default is not None:
        return joined([text("no:"), code(field.default)])
    if field.server_default is not None:
        return joined([text("no, taken as"), code(field.server_default)])
    return text("no" if field.optional else "yes")


def _condition(condition: Condition | None) -> list[Markdown]:
    if condition is None:
        return []
    return [joined([text("yes when"), condition_words(condition)])]


def condition_words(condition: Condition) -> Markdown:
    """`type` is `2` or `6`; `type` is given; several with `and` between."""
    return joined([_one_condition(part) for part in condition.all], " and ")


def _one_condition(condition: Condition) -> Markdown:
    if not condition.values:
        return joined([code(condition.parameter), text("is given")])
    values = joined([code(value) for value in condition.values], " or ")
    return joined([code(condition.parameter), text("is"), values])


def _limits(field: Field) -> list[Markdown]:
    """What is checked before anything is sent, and how a value is spelled."""
    length = _range(field.min_length, field.max_length, "character")
    if length and field.list is not None:
        length = f"each {length}"
    limits = [
        text(length),
        text(_range(None, field.max_length_numeric, "digit")),
        text(_span(field.minimum, field.maximum)),
        text(f"{field.charset} only" if field.charset else ""),
        joined([text("pattern"), code(field.pattern)]) if field.pattern else NOTHING,
        *_list_limits(field),
        *_time_limits(field),
    ]
    if field.spelling:
        false, true = field.spelling
        limits.append(
            joined([code(false), text("for False,"), code(true), text("for True")])
        )
    if field.encode:
        limits.append(joined([text("as"), code(field.encode)]))
    if field.encode_when:
        when = condition_words(field.encode_when.when)
        words = [text("as"), code(field.encode_when.encode), text("when"), when]
        limits.append(joined(words))
    return [limit for limit in limits if limit]


def _list_limits(field: Field) -> list[Markdown]:
    style = field.list
    if style is None:
        return []
    noun = "row" if field.type is FieldType.ROWS else "item"
    limits = [text(_range(style.min_items, style.max_items, noun))]
    if style.unique:
        limits.append(text("each once"))
    match style.style:
        case "joined" if style.cells is not None:
            limits.append(joined([text("values joined by"), code(style.cells)]))
            limits.append(joined([text("rows by"), code(style.separator or ",")]))
        case "joined" if style.separator is not None:
            limits.append(joined([text("joined by"), code(style.separator)]))
        case "columns" if style.separator is not None:
            limits.append(joined([text("columns joined by"), code(style.separator)]))
        case "indexed":
            limits.append(text(f"numbered from {style.first}"))
        case "repeated":
            limits.append(text("repeated"))
        case _:
            pass
    return limits


def _time_limits(field: Field) -> list[Markdown]:
    zone = joined([text("in"), code(field.zone)]) if field.zone else NOTHING
    limits: list[Markdown] = []
    forms = [code(form) for form in (field.format, *field.formats) if form]
    parts = [code(part.format) for part in field.split]
    form = joined(parts, " and ") or joined(forms, " or ")
    if form:
        limits.append(joined([form, zone]))
    if field.ahead:
        limits.append(text(f"at least {seconds(field.ahead)} ahead"))
    if field.max_offset:
        limits.append(text(f"UTC offset up to {field.max_offset}"))
    if field.offset_step:
        limits.append(text(f"UTC offset in steps of {field.offset_step} min"))
    return limits


def _meaning(page: Page, field: Field) -> list[Markdown]:
    meaning = [text(field.summary)]
    if field.unit:
        meaning.append(text(f"Unit: {field.unit}"))
    if field.item_status:
        meaning.append(text("Tells whether this item was accepted."))
    if field.item_message:
        meaning.append(text("The provider's words about the status of this item."))
    if field.secret:
        meaning.append(text("Secret: never printed."))
    if field.deprecated:
        meaning.append(text(f"Deprecated: {field.deprecated}"))
    if field.renamed_from:
        meaning.append(joined([text("Was called"), code(field.renamed_from)]))
    meaning.append(page.notes(field.notes))
    return [words for words in meaning if words]


def _range(least: int | None, most: int | None, noun: str) -> str:
    if least is None and most is None:
        return ""
    plural = "" if (most or least) == 1 else "s"
    if least == most:
        return f"{most} {noun}{plural}"
    if least is None:
        return f"at most {most} {noun}{plural}"
    if most is None:
        return f"at least {least} {noun}{plural}"
    return f"{least} to {most} {noun}{plural}"


def _span(least: str | None, most: str | None) -> str:
    if least is None and most is None:
        return ""
    if least is None:
        return f"at most {most}"
    return f"at least {least}" if most is None else f"{least} to {most}"


def names(model: Model) -> Markdown:
    """The names of a record's fields, with commas."""
    return codes(field.name for field in model.fields)
