"""Vectors: recorded exchanges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from wirebook.document import plain
from wirebook.explain import Explanation
from wirebook.model import Expectation, Vector
from wirebook.moment import aware
from wirebook.problem import quote

from .reader import Entry

CALLBACK = "callback:"
"""What the operation of a callback's vector starts with."""

_OPTIONS = ("server",)


def vectors(root: Entry, callbacks: Mapping[str, object]) -> Iterator[Vector]:
    """Read a vectors file.

    callbacks: every callback of the provider by its id.
    """
    for item in root.items("vectors"):
        yield _vector(item, root, callbacks)


def _vector(item: Entry, root: Entry, callbacks: Mapping[str, object]) -> Vector:
    moment = item if item.has("at") else root
    nonce = item.maybe("nonce")
    return Vector(
        id=item.needed("id"),
        operation=_operation(item, callbacks),
        about=item.text("about"),
        documented=item.flag("documented"),
        client={**_client(root), **_client(item)},
        at=_moment(moment),
        nonce=root.maybe("nonce") if nonce is None else nonce,
        arguments=_mapping(item, "arguments") or {},
        request=_mapping(item, "request"),
        reply=_mapping(item, "reply"),
        result=_result(item),
        # `result: null` says that the call yields None.
        has_result="result" in item.node.entries,
        raises=_raises(item),
        src=item.src(),
        where=item.node.keys.get("id", item.where),
    )


def _operation(item: Entry, callbacks: Mapping[str, object]) -> str:
    name = item.needed("operation")
    place = item.place("operation")
    if name.startswith(CALLBACK):
        key = name.removeprefix(CALLBACK)
        item.scope.check("callback", key, list(callbacks), place)
        return name
    site = item.scope.operation(name, place)
    return site.id if site else name


def _client(entry: Entry) -> dict[str, str]:
    scope = entry.scope
    given = entry.child("client")
    if given is None:
        return {}
    known = [*scope.credentials, *scope.settings, *_OPTIONS]
    for name, where in given.node.keys.items():
        scope.check("client-argument", name, known, where)
    return dict(entry.pairs("client"))


def _moment(entry: Entry) -> datetime | None:
    text = entry.maybe("at")
    if text is None:
        return None
    moment = aware(text)
    if moment is None:
        entry.scope.report.error(
            "vector-clock",
            entry.place("at"),
            f"{quote(text)} is no moment with an offset from UTC",
            'write it like "2013-07-21T10:00:00+08:00"',
        )
        return None
    return moment


def _mapping(item: Entry, key: str) -> dict[str, Any] | None:
    child = item.child(key)
    return plain(child.node) if child else None


def _result(item: Entry) -> Any:
    node = item.node.entries.get("result")
    return None if node is None else plain(node)


def _raises(item: Entry) -> Expectation | None:
    raises = item.child("raises")
    if raises is None:
        return None
    return Expectation(
        error=raises.needed("error"),
        status=raises.maybe("status"),
        code=raises.maybe("code"),
        submitted=raises.maybe("submitted"),
    )


EXPLANATIONS = (
    Explanation(
        "vector-clock",
        "A moment without an offset from UTC",
        "A vector is replayed at a fixed moment; without an offset the same file would "
        "mean another moment on another machine.",
        'at: "2013-07-21 10:00"\n',
        'at: "2013-07-21T10:00:00+08:00"\n',
    ),
)
