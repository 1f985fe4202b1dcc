"""Follow-ups: the calls that come after a call, for pages, states and outcomes."""

from __future__ import annotations

from collections.abc import Collection

from wirebook.model import Pages, Polling

from .reader import Entry
from .scope import Site


def pages(name: str, entry: Entry, parameters: Collection[str]) -> Pages | None:
    """Read how a list comes in pages; its names are checked."""
    child = entry.child("pages")
    if child is None:
        return None
    for key in ("parameter", "size"):
        if child.has(key):
            child.scope.check(
                "parameter", child.text(key), parameters, child.place(key)
            )
    for key in ("items", "total", "pages", "token", "link"):
        _result_field(child, key, child.scope.operation(name, entry.where))
    first = child.integer("first")
    style = child.text("style", "number")
    return Pages(
        style=style,
        parameter=child.text("parameter"),
        size_parameter=child.maybe("size"),
        items=child.text("items"),
        total=child.maybe("total"),
        pages=child.maybe("pages"),
        token=child.maybe("token"),
        link=child.maybe("link"),
        # Pages are counted from 1, items from 0.
        first=int(style != "offset") if first is None else first,
    )


def polling(name: str, entry: Entry) -> Polling | None:
    """Read how the state of a message is asked for; its names are checked."""
    child = entry.child("polling")
    if child is None:
        return None
    other = child.scope.operation(child.needed("operation"), child.place("operation"))
    _result_field(child, "id", child.scope.operation(name, entry.where))
    for key in ("item_id", "item_state"):
        _result_field(child, key, other)
    if other is not None and child.has("parameter"):
        child.scope.check(
            "parameter",
            child.text("parameter"),
            other.parameters,
            child.place("parameter"),
        )
    interval = child.number("interval")
    return Polling(
        operation=other.id if other else child.text("operation"),
        id_field=child.needed("id"),
        id_parameter=child.maybe("parameter"),
        item_id=child.needed("item_id"),
        item_state=child.needed("item_state"),
        interval=5.0 if interval is None else interval,
        safe=child.flag("safe", True),
    )


def reconcile(entry: Entry) -> str | None:
    """The id of the operation that tells what became of an unknown outcome."""
    name = entry.maybe("reconcile")
    if name is None:
        return None
    site = entry.scope.operation(name, entry.place("reconcile"))
    return site.id if site else name


def _result_field(entry: Entry, key: str, site: Site | None) -> None:
    """The name under a key must be a field of an operation's result."""
    name = entry.maybe(key)
    if name is not None and site is not None:
        entry.scope.field(site.models, site.result, name, entry.place(key))
