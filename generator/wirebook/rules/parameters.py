"""Parameters: each travels once, and to a place that the request has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wirebook.explain import Explanation
from wirebook.model import FieldType, Operation, Place, Provider
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.resolve.operations import braces

from .lookup import operations

BODIES = frozenset({Place.FORM, Place.JSON, Place.XML, Place.MULTIPART, Place.BODY})
_NO_BODY = ("GET", "HEAD")


def check(provider: Provider, report: Report) -> None:
    for operation, _ in operations(provider):
        _bodies(operation, report)
        _paths(provider, operation, report)
        _wires(provider, operation, report)
        _below_values(provider, operation, report)
        _variants(operation, report)


def _bodies(operation: Operation, report: Report) -> None:
    forms = [(operation.method, operation.place, operation.name)]
    forms += [(form.method, form.place, form.key) for form in operation.variants]
    for method, place, name in forms:
        if method in _NO_BODY and place in BODIES and operation.parameters:
            report.error(
                "body-on-get",
                operation.where,
                f"{quote(name)} is a {method}, which has no body for {place}",
                "`in: query`, or another method",
            )
    apart = [field for field in operation.parameters if field.place in BODIES]
    for field in apart:
        if field.place is operation.place:
            continue
        if operation.method in _NO_BODY:
            report.error(
                "body-on-get",
                field.where,
                f"{quote(field.name)} travels in {field.place}, but a "
                f"{operation.method} has no body",
                "`in: query`, or another method",
            )
        elif operation.place in BODIES:
            report.error(
                "mixed-bodies",
                field.where,
                f"{quote(field.name)} travels in {field.place}, the others in "
                f"{operation.place}",
                "a request has one body",
            )
    whole = [field for field in apart if field.place is Place.BODY]
    for field in whole[1:]:
        report.error(
            "mixed-bodies",
            field.where,
            f"{quote(field.name)} would be the whole body, and so would "
            f"{quote(whole[0].name)}",
            "a request has one body",
        )


def _paths(provider: Provider, operation: Operation, report: Report) -> None:
    settings = {setting.name for setting in provider.settings}
    settings |= {given.name for given in provider.credentials if not given.secret}
    carried = {f.wire for f in operation.parameters if f.place is Place.PATH}
    used = provider.scheme(operation.auth)
    if used is not None:
        carried |= {p.wire for p in used.placements if p.place is Place.PATH}
    forms = [operation.path, *(variant.path for variant in operation.variants)]
    for path in dict.fromkeys(forms):
        for name in braces(path):
            if name not in carried and name not in settings:
                report.error(
                    "path-parameter",
                    operation.where,
                    f"nothing fills {{{name}}} in the path {quote(path)}",
                    "add a parameter or a setting of that name",
                )
    for field in operation.parameters:
        if field.place is not Place.PATH:
            continue
        if not all(field.wire in braces(path) for path in forms):
            report.error(
                "path-parameter",
                field.where,
                f"the path has no {{{field.wire}}} for {quote(field.name)}",
                f"write {{{field.wire}}} where it belongs",
            )
        if field.optional and field.default is None:
            report.error(
                "path-parameter",
                field.where,
                f"{quote(field.name)} is part of the path and cannot be left out",
                "drop `optional`, or give it a default",
            )


def _wires(provider: Provider, operation: Operation, report: Report) -> None:
    seen: Counter[tuple[Place, str]] = Counter(_constants(provider, operation))
    for (place, wire), count in seen.items():
        if count > 1:
            report.error(
                "duplicate-wire",
                operation.where,
                f"{place} has the constant {quote(wire)} already",
                "each wire name travels once: `path`, `fixed` and `auth` may all bring it",
            )
    for field in operation.parameters:
        place = field.place or operation.place
        for wire in [part.wire for part in field.split] or [field.wire]:
            key = (place, wire.lower() if place is Place.HEADER else wire)
            seen[key] += 1
            if seen[key] > 1:
                report.error(
                    "duplicate-wire",
                    field.where,
                    f"{place} has a field {quote(wire)} already",
                    "each wire name travels once",
                )


def _below_values(provider: Provider, operation: Operation, report: Report) -> None:
    """Nothing can stand below a name that holds a value of its own."""
    nesting = (FieldType.OBJECT, FieldType.MAP, FieldType.JSON)
    trees = (Place.JSON, Place.XML)
    given = {
        (field.place or operation.place, field.wire): field
        for field in operation.parameters
        if not field.split
    }
    values: dict[tuple[Place, str], bool] = {
        key: field.optional
        for key, field in given.items()
        if field.list is not None or field.type not in nesting
    }
    values |= dict.fromkeys(_constants(provider, operation), False)
    named = dict.fromkeys(_constants(provider, operation)) | given
    for (place, wire), field in named.items():
        steps = wire.split(".")
        # A star stands for every item of the list before it.
        above = [".".join(steps[:n]) for n in range(1, len(steps)) if steps[n] != "*"]
        for name in above if place in trees else ():
            optional = values.get((place, name))
            # Two that may be left out can be two ways to say it.
            if optional is None or (optional and field is not None and field.optional):
                continue
            report.error(
                "value-above",
                operation.where if field is None else field.where,
                f"{quote(wire)} stands below {quote(name)}, which holds a value",
                (
                    f"the text of an element with attributes is {quote(f'{name}.#text')}"
                    if place is Place.XML
                    else "give each a path of its own"
                ),
            )


def _constants(provider: Provider, operation: Operation) -> Iterator[tuple[Place, str]]:
    for place, wire, _ in operation.fixed:
        yield place or operation.place, wire
    used = provider.scheme(operation.auth)
    for placement in used.placements if used else ():
        place = placement.place or operation.place
        wire = placement.wire
        yield place, wire.lower() if place is Place.HEADER else wire


def _variants(operation: Operation, report: Report) -> None:
    for variant in operation.variants[:1]:
        own = (operation.method, operation.path, operation.place)
        if (variant.method, variant.path, variant.place) != own:
            report.error(
                "main-variant",
                operation.where,
                f"the first variant {quote(variant.key)} differs from {quote(operation.name)}",
                "the first variant is the operation's own form: leave it empty",
            )
    lists = {field.name for field in operation.parameters if field.list is not None}
    known = {field.name for field in operation.parameters}
    for variant in operation.variants:
        for name, _ in variant.max_items:
            if name in known and name not in lists:
                report.error(
                    "variant-limit",
                    operation.where,
                    f"{quote(variant.key)} limits the count of {quote(name)}, which is "
                    "no list",
                    "`max` of a variant counts items",
                )


EXPLANATIONS = (
    Explanation(
        "body-on-get",
        "A body where the method has none",
        "GET and HEAD requests carry their values in the query: servers and proxies "
        "drop a body.",
        "get_balance: {method: GET, in: form, ...}\n",
        "get_balance: {method: GET, in: query, ...}\n",
    ),
    Explanation(
        "mixed-bodies",
        "Two bodies in one request",
        "A request has one body, in one format.",
        "send: {in: form, parameters: {extra: {in: json}}}\n",
        "send: {in: form, parameters: {extra: {encode: json}}}\n",
    ),
    Explanation(
        "path-parameter",
        "A hole in the path, or a value without one",
        "`{name}` in a path is filled by a parameter with that wire name, a setting, or "
        "the scheme's `path`.",
        "get: {path: '/messages/{id}', parameters: {}}\n",
        "get: {path: '/messages/{id}', parameters: {id: {type: string}}}\n",
    ),
    Explanation(
        "duplicate-wire",
        "One wire name for two values",
        "The provider would read one of them, nobody knows which.",
        "parameters: {from: {wire: s}, source: {wire: s}}\n",
        "parameters: {source: {wire: s}}\n",
    ),
    Explanation(
        "value-above",
        "A name below a value",
        "What holds a text or a list has no names inside. An XML element that has "
        "attributes keeps its own text as `#text`.",
        "parameters: {text: {wire: BODY}, kind: {wire: BODY.@TYPE}}\n",
        'parameters: {text: {wire: "BODY.#text"}, kind: {wire: BODY.@TYPE}}\n',
    ),
    Explanation(
        "main-variant",
        "A first variant that is another form",
        "The first variant names the operation's own form, the one used when the "
        "caller does not choose.",
        "method: POST\nvariants: {get: {method: GET}, post: {}}\n",
        "method: POST\nvariants: {post: {}, get: {method: GET}}\n",
    ),
    Explanation(
        "variant-limit",
        "A count of something that cannot be counted",
        "`max` of a variant is a largest number of items.",
        "get: {method: GET, max: {content: 100}}\n",
        "get: {method: GET, max: {recipients: 100}}\n",
    ),
)
