"""Schemes: what authenticates a request, and where it travels."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from wirebook.explain import Explanation
from wirebook.model import Clock, Place, Placement, Scheme, Session, Value
from wirebook.problem import quote

from .reader import Entry
from .values import value

_PLACES: dict[str, Place | None] = {
    "parameters": None,
    "path": Place.PATH,
    "query": Place.QUERY,
    "headers": Place.HEADER,
    "form": Place.FORM,
    "json": Place.JSON,
    "xml": Place.XML,
    "multipart": Place.MULTIPART,
}


def scheme(key: str, entry: Entry) -> Scheme:
    """Read one scheme; placements keep the order of the spec."""
    names = set(entry.scope.credentials)
    compute: list[tuple[str, Value]] = []
    if (steps := entry.child("compute")) is not None:
        scope = replace(entry.scope, computed=steps.node.entries.keys())
        for name, node in steps.node.entries.items():
            if name in names:
                entry.scope.report.error(
                    "duplicate-name",
                    steps.node.keys.get(name, node.where),
                    f"{quote(name)} is a credential already",
                    "give the computed value a name of its own",
                )
            compute.append((name, value(node, names, scope)))
            names.add(name)
    return Scheme(
        key=key,
        compute=tuple(compute),
        placements=tuple(_placements(entry, names)),
        basic=_basic(entry, names),
        bearer=_bearer(entry, names),
        session=_session(entry),
        clock=_clock(entry),
        allowed_skew=entry.number("allowed_skew"),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )


def _placements(entry: Entry, names: Collection[str]) -> Iterator[Placement]:
    for key in entry.node.entries:
        if key not in _PLACES or (group := entry.child(key)) is None:
            continue
        for wire, node in group.node.entries.items():
            yield Placement(
                place=_PLACES[key],
                wire=wire,
                value=value(node, names, entry.scope),
                where=group.node.keys.get(wire, node.where),
            )


def _basic(entry: Entry, names: Collection[str]) -> tuple[Value, Value] | None:
    basic = entry.child("basic")
    if basic is None:
        return None
    found: list[Value] = []
    for key in ("username", "password"):
        node = basic.get(key)
        if node is None:
            entry.scope.report.error("wrong-shape", basic.where, f"'{key}' is missing")
            return None
        found.append(value(node, names, entry.scope))
    return found[0], found[1]


def _bearer(entry: Entry, names: Collection[str]) -> Value | None:
    node = entry.get("bearer")
    return None if node is None else value(node, names, entry.scope)


def _session(entry: Entry) -> Session | None:
    session = entry.child("session")
    if session is None:
        return None
    operation = _operation(session, "token", "expires")
    return Session(
        operation=operation,
        token=session.text("token"),
        lifetime=session.number("lifetime"),
        idle=session.flag("idle"),
        expires=session.maybe("expires"),
    )


def _clock(entry: Entry) -> Clock | None:
    clock = entry.child("clock")
    if clock is None:
        return None
    return Clock(operation=_operation(clock, "field"), field=clock.text("field"))


def _operation(entry: Entry, *fields: str) -> str:
    """The id of the helper operation; its result must have the named fields."""
    name = entry.needed("operation")
    site = entry.scope.operation(name, entry.place("operation"))
    if site is None:
        return name
    for key in fields:
        if entry.has(key):
            path, where = entry.text(key), entry.place(key)
            entry.scope.field(site.models, site.result, path, where)
    return site.id


EXPLANATIONS = (
    Explanation(
        "duplicate-name",
        "One name stands for two things",
        "A reader who meets the name could not tell which one is meant.",
        "# sms.yaml, while provider.yaml has a table `result` for all products\n"
        "statuses: {result: {...}}\n",
        "statuses: {sms_result: {...}}\n",
    ),
)
