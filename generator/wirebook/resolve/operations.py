"""Operations: the calls of a product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from msgspec.structs import replace

from wirebook.explain import Explanation
from wirebook.model import Constant, Field, Operation, Place, Split, Variant
from wirebook.problem import quote

from .conditions import rules
from .fields import field
from .follow_ups import pages, polling, reconcile
from .limits import rate, retry
from .reader import Entry
from .reply import alternate, reply
from .status_use import check_codes, status_use

_BODILESS = ("GET", "DELETE", "HEAD")
_BRACES = re.compile(r"\{([^{}]*)\}")


def operation(name: str, entry: Entry) -> Operation:
    """Read one operation with every default written out."""
    scope = entry.scope
    does = entry.text("does", "submits")
    method = entry.text("method", "GET" if does == "reads" else "POST").upper()
    path, _, query = entry.text("path", "/").partition("?")
    place = entry.choice("in", Place) or usual_place(method)
    parameters = tuple(_parameters(entry, path, place))
    names = tuple(parameter.name for parameter in parameters)
    main = reply(entry.child("reply") or entry.empty(), names)
    statuses = status_use(entry)
    alternates = tuple(
        alternate(item, names, main) for item in entry.items("alternates")
    )
    for item in entry.items("alternates"):
        check_codes(item, "status_is", statuses.table)
    return Operation(
        name=name,
        product=scope.product,
        does=does,
        repeatable=entry.flag("repeatable", does == "reads"),
        method=method,
        path=path,
        place=place,
        auth=_auth(entry),
        fixed=(*_path_query(entry, query), *_fixed(entry)),
        headers=entry.pairs("headers"),
        content_type=entry.maybe("content_type"),
        encoding=entry.text("encoding", "form"),
        charset=entry.text("charset", "utf-8"),
        json_style=entry.text("json_style", "compact"),
        xml_root=entry.maybe("xml_root"),
        xml_namespace=entry.maybe("xml_namespace"),
        array_root=entry.flag("array_root"),
        parameters=parameters,
        variants=tuple(_variants(entry, method, path, place, parameters)),
        rules=tuple(rules(entry, names)),
        statuses=statuses,
        reply=main,
        alternates=alternates,
        retry=retry(entry.child("retry")),
        rate=rate(entry.child("rate")),
        timeout=entry.number("timeout"),
        pages=pages(name, entry, names),
        polling=polling(name, entry),
        reconcile=reconcile(entry),
        skew_safe=entry.flag("skew_safe", True),
        summary=entry.text("summary"),
        description=entry.text("description"),
        src=entry.src(),
        notes=entry.notes(),
        renamed_from=entry.maybe("renamed_from"),
        deprecated=entry.maybe("deprecated"),
        where=entry.where,
    )


def usual_place(method: str) -> Place:
    """Where parameters travel when the spec does not say."""
    return Place.QUERY if method in _BODILESS else Place.JSON


def braces(text: str) -> tuple[str, ...]:
    """The names in `{…}` of a path or URL."""
    return tuple(_BRACES.findall(text))


def _parameters(entry: Entry, path: str, place: Place) -> Iterator[Field]:
    declared = entry.child("parameters")
    names = tuple(declared.node.entries) if declared else ()
    in_path = set(braces(path))
    for name, child in entry.children("parameters"):
        travels = Place.PATH if child.text("wire", name) in in_path else place
        yield field(name, child, travels, names)


def _auth(entry: Entry) -> str | None:
    schemes = list(entry.scope.schemes)
    name = entry.maybe("auth")
    if name is None:
        return schemes[0] if schemes else None
    if name == "none":
        return None
    entry.scope.check("scheme", name, schemes, entry.place("auth"))
    return name


def _fixed(entry: Entry) -> Iterator[tuple[Place | None, str, Constant]]:
    for wire, value in entry.constants("fixed"):
        yield None, wire, value
    for place in Place:
        for wire, value in entry.constants(f"fixed_{place}"):
            yield place, wire, value


def _path_query(
    entry: Entry, query: str
) -> Iterator[tuple[Place | None, str, Constant]]:
    """Constants that the page writes behind the path: `/http?action=send`."""
    for pair in query.split("&") if query else ():
        name, equals, value = pair.partition("=")
        if equals and name and not braces(pair):
            yield Place.QUERY, unquote_plus(name), unquote_plus(value)
            continue
        hint = "write `name=value` for a constant"
        if braces(pair):
            hint = (
                f"a parameter with `in: query` brings it: its `wire` is {quote(name)}"
            )
        entry.scope.report.error(
            "path-query",
            entry.place("path"),
            f"{quote(pair)} in the query of the path is no constant",
            hint,
        )


def _variants(
    entry: Entry,
    method: str,
    path: str,
    place: Place,
    parameters: tuple[Field, ...],
) -> Iterator[Variant]:
    names = tuple(parameter.name for parameter in parameters)
    for key, child in entry.children("variants"):
        form = child.text("method", method).upper()
        own, _, query = child.text("path", path).partition("?")
        if query:
            child.scope.report.error(
                "path-query",
                child.place("path"),
                f"constants of the query, {quote(query)}, are the same in every form",
                "write them once, in the path of the operation or in `fixed_query`",
            )
        kept = (form in _BODILESS) == (method in _BODILESS)
        limits = child.child("max")
        if limits is not None:
            for name, where in limits.node.keys.items():
                entry.scope.check("parameter", name, names, where)
        yield Variant(
            key=key,
            method=form,
            path=own,
            place=child.choice("in", Place) or (place if kept else usual_place(form)),
            max_items=(
                tuple((name, limits.integer(name) or 0) for name in limits.node.entries)
                if limits
                else ()
            ),
            overrides=tuple(_overrides(child, parameters)),
            src=child.src(),
        )


def _overrides(form: Entry, parameters: tuple[Field, ...]) -> Iterator[Field]:
    """Parameters as a variant names or splits them."""
    known = {parameter.name: parameter for parameter in parameters}
    for name, child in form.children("parameters"):
        if not form.scope.check("parameter", name, known, child.where):
            continue
        given = child.pairs("split")
        split = tuple(Split(wire=wire, format=format) for wire, format in given)
        wire = child.text("wire", known[name].wire)
        yield replace(known[name], wire=wire, split=split, where=child.where)


EXPLANATIONS = (
    Explanation(
        "path-query",
        "A query in a path that is not constant",
        "What follows the `?` of a path is sent as it is, with every call in every form. "
        "What differs from call to call is a parameter.",
        'path: "/http?action=send&to={phone}"\n',
        "path: /http?action=send\nparameters: {phone: {wire: to, in: query, type: phone}}\n",
    ),
)
