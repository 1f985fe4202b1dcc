"""Lists and nested values: whether the place can carry them."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Operation, Place, Provider
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import fields, operations

_CARRIES: dict[Place, frozenset[str]] = {
    Place.PATH: frozenset({"joined"}),
    Place.HEADER: frozenset({"joined"}),
    Place.QUERY: frozenset({"joined", "repeated", "indexed", "columns", "json"}),
    Place.FORM: frozenset({"joined", "repeated", "indexed", "columns", "json"}),
    Place.MULTIPART: frozenset({"joined", "repeated", "indexed", "columns", "json"}),
    Place.JSON: frozenset({"joined", "indexed", "columns", "json"}),
    Place.XML: frozenset({"joined", "repeated", "indexed", "columns"}),
    Place.BODY: frozenset({"joined", "json"}),
}
"""The styles of lists that a place can hold."""

_FLAT = frozenset({Place.PATH, Place.HEADER, Place.QUERY, Place.FORM})
_NESTED = frozenset({FieldType.OBJECT, FieldType.MAP, FieldType.JSON})
_NUMBERED = frozenset({"indexed", "columns"})


def check(provider: Provider, report: Report) -> None:
    for field, _ in fields(provider):
        _index(field, report)
        _joined(field, report)
        _rows(field, report)
        _pairs(field, report)
    for operation, _ in operations(provider):
        for field in operation.parameters:
            for place in places(operation, field):
                _carried(field, place, report)


def places(operation: Operation, field: Field) -> list[Place]:
    """Where a parameter travels, in every form of its operation."""
    if field.place is not operation.place:
        return [field.place] if field.place is not None else []
    found = [operation.place, *(variant.place for variant in operation.variants)]
    return list(dict.fromkeys(found))


def _index(field: Field, report: Report) -> None:
    numbered = field.list is not None and field.list.style in _NUMBERED
    if numbered and "{i}" not in field.wire:
        report.error(
            "index-in-wire",
            field.where,
            f"the wire name of {quote(field.name)} has no place for the number",
            f'write it with {{i}}: wire: "{field.wire}{{i}}"',
        )
    if "{i}" in field.wire and not numbered and field.entries is None:
        report.error(
            "index-in-wire",
            field.where,
            f"the wire name of {quote(field.name)} has a number, but it is no such list",
            "add `list: {indexed: true}` or `list: {columns: …}`",
        )


def _joined(field: Field, report: Report) -> None:
    joined = field.list is not None and field.list.style == "joined"
    if joined and field.type in (FieldType.OBJECT, FieldType.FILE):
        report.error(
            "list-style",
            field.where,
            f"items of {quote(field.name)} are of type {field.type} and cannot be joined",
            "`list: {json: true}`",
        )


def _rows(field: Field, report: Report) -> None:
    style = field.list
    rows = field.type is FieldType.ROWS
    tabular = style is not None and (
        style.style == "columns"
        or (style.style == "joined" and style.cells is not None)
    )
    if tabular if not rows else not (tabular or (style and style.style == "json")):
        report.error(
            "list-style",
            field.where,
            f"{quote(field.name)}: rows are sent as columns, as joined cells or as "
            "JSON, and columns and cells need rows",
            'write `type: rows` and `list: {columns: "…"}`, `list: {join: ";", cells: '
            '","}` or `list: {json: true}`',
        )


def _pairs(field: Field, report: Report) -> None:
    if field.entries is not None and field.list is not None:
        report.error(
            "list-style",
            field.where,
            f"{quote(field.name)} is one map, whose pairs travel as `entries` says",
            "drop `list`; `{i}` in the wire name counts the pairs",
        )


def _carried(field: Field, place: Place, report: Report) -> None:
    style = field.list
    if style is not None and style.style not in _CARRIES[place]:
        known = ", ".join(sorted(_CARRIES[place]))
        report.error(
            "list-style",
            field.where,
            f"{place} cannot carry {quote(field.name)} as a {style.style} list",
            f"{place} can carry lists that are {known}",
        )
    in_json = style is not None and style.style == "json"
    if (
        field.type in _NESTED
        and place in _FLAT
        and field.encode is None
        and field.nested is None
        and not in_json
    ):
        report.error(
            "needs-encoding",
            field.where,
            f"{place} cannot carry {quote(field.name)} of type {field.type} as it is",
            "add `encode: json`, or `nested: dots` where names are written a.b",
        )
    plain = field.type is FieldType.BYTES and field.encode is None
    if plain and place not in (Place.BODY, Place.MULTIPART):
        report.error(
            "needs-encoding",
            field.where,
            f"{place} cannot carry the bytes of {quote(field.name)} as they are",
            "add `encode: base64` or `encode: hex`",
        )
    if field.type is FieldType.FILE and place is not Place.MULTIPART:
        report.error(
            "needs-encoding",
            field.where,
            f"{place} cannot carry the file {quote(field.name)}",
            "`in: multipart`, or `type: bytes` with `encode: base64`",
        )


EXPLANATIONS = (
    Explanation(
        "index-in-wire",
        "A number in a wire name",
        "`{i}` in a wire name counts the items of a list, or the columns of rows; one "
        "is nothing without the other.",
        "values: {wire: p, type: string, list: {indexed: true}}\n",
        'values: {wire: "p{i}", type: string, list: {indexed: true}}\n',
    ),
    Explanation(
        "list-style",
        "A list that its place cannot carry",
        "A JSON object has each name once, a header and a path hold one value, and "
        "only texts can be joined.",
        "recipients: {type: phone, in: header, list: {repeat: true}}\n",
        'recipients: {type: phone, in: header, list: {join: ","}}\n',
    ),
    Explanation(
        "needs-encoding",
        "A value that its place cannot carry",
        "Queries, forms and headers hold text: objects, bytes and files need to become "
        "text first.",
        "customer: {type: object, model: person, in: form}\n",
        "customer: {type: object, model: person, in: form, encode: json}\n",
    ),
)
