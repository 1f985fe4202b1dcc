"""Computed values of `auth`: the closed vocabulary, read."""

from __future__ import annotations

from collections.abc import Callable, Collection

from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.explain import Explanation
from wirebook.model import (
    Canonical,
    Case,
    Decoded,
    Digest,
    Encoded,
    Hmac,
    Join,
    Literal,
    Nonce,
    Now,
    Reference,
    Replaced,
    Slice,
    Value,
    Where,
)
from wirebook.problem import did_you_mean, quote

from .reader import Entry
from .scope import Scope

REQUEST = (
    *("method", "path", "host", "hostname", "port", "url", "target", "query", "body"),
)
"""What `$request.…` may name, besides `header.NAME`."""


def value(node: Node, names: Collection[str], scope: Scope) -> Value:
    """Read a value.

    names: credentials and earlier entries of `compute`.
    """
    if isinstance(node, ScalarNode):
        return _scalar(node.text, node.where, names, scope)
    if isinstance(node, MapNode):
        entry = Entry(node, scope)
        for form, read in _FORMS.items():
            if entry.has(form):
                return read(entry, names)
    known = ", ".join(_FORMS)
    scope.report.error(
        "unknown-value",
        node.where,
        "this is no value that auth can compute",
        f"a text, a $reference, or a mapping with one of {known}",
    )
    return Literal("")


def values(entry: Entry, key: str, names: Collection[str]) -> tuple[Value, ...]:
    """One value, or a list of them."""
    node = entry.get(key)
    if node is None:
        entry.scope.report.error("wrong-shape", entry.where, f"'{key}' is missing")
        return ()
    items = node.items if isinstance(node, ListNode) else (node,)
    return tuple(value(item, names, entry.scope) for item in items)


def _scalar(text: str, where: Where, names: Collection[str], scope: Scope) -> Value:
    if text.startswith("$$"):
        return Literal(text[1:])
    if not text.startswith("$"):
        return Literal(text)
    kind, dot, name = text[1:].partition(".")
    if not dot:
        _check(kind, where, names, scope)
        return Reference("name", kind)
    if kind == "setting":
        scope.check("setting", name, scope.settings, where)
        return Reference("setting", name)
    if kind == "request" and name.startswith("header.") and name != "header.":
        return Reference("header", name.removeprefix("header."))
    if kind == "request" and name in REQUEST:
        return Reference("request", name)
    if kind == "session" and name == "token":
        return Reference("session", name)
    if kind == "field" and name:
        return Reference("field", name)
    known = (
        "$session.token",
        *(f"$request.{part}" for part in REQUEST),
        "$request.header.NAME",
        "$setting.NAME",
        "$field.NAME",
    )
    scope.report.error(
        "unknown-value",
        where,
        f"{quote(text)} refers to nothing{did_you_mean(text, known)}",
        "known: $name, " + ", ".join(known),
    )
    return Literal("")


def _check(name: str, where: Where, names: Collection[str], scope: Scope) -> None:
    """A credential, or something that is computed already."""
    if name in names:
        return
    if name in scope.computed:
        message = f"{quote(name)} is not computed yet"
        hint = "entries of `compute` refer to earlier ones: move it up"
    elif name in scope.settings:
        message = f"{quote(name)} is a setting, no credential"
        hint = f"write $setting.{name}"
    else:
        scope.check("credential", name, names, where)
        return
    scope.report.error("unknown-credential", where, message, hint)


def _now(entry: Entry, names: Collection[str]) -> Value:
    return Now(format=entry.text("now"), zone=entry.text("zone", "UTC"))


def _nonce(entry: Entry, names: Collection[str]) -> Value:
    return Nonce(alphabet=entry.text("nonce"), length=entry.integer("length"))


def _digest(entry: Entry, names: Collection[str]) -> Value:
    return Digest(
        algorithm=entry.text("digest"),
        of=values(entry, "of", names),
        separator=entry.text("separator"),
        output=entry.text("output", "hex"),
    )


def _hmac(entry: Entry, names: Collection[str]) -> Value:
    return Hmac(
        algorithm=entry.text("hmac"),
        key=values(entry, "key", names),
        of=values(entry, "of", names),
        separator=entry.text("separator"),
        output=entry.text("output", "hex"),
    )


def _join(entry: Entry, names: Collection[str]) -> Value:
    return Join(separator=entry.text("join"), of=values(entry, "of", names))


def _encoded(entry: Entry, names: Collection[str]) -> Value:
    return Encoded(
        encoding=entry.text("encode"),
        of=values(entry, "of", names),
        separator=entry.text("separator"),
    )


def _decoded(entry: Entry, names: Collection[str]) -> Value:
    return Decoded(encoding=entry.text("decode"), of=values(entry, "of", names))


def _slice(entry: Entry, names: Collection[str]) -> Value:
    bounds = entry.numbers("slice")
    if len(bounds) != 2 or bounds[0] >= bounds[1]:
        entry.wrong("slice", "two numbers, the first one below the second")
        bounds = (0, 1)
    return Slice(start=bounds[0], end=bounds[1], of=values(entry, "of", names))


def _case(entry: Entry, names: Collection[str]) -> Value:
    return Case(case=entry.text("case"), of=values(entry, "of", names))


def _canonical(entry: Entry, names: Collection[str]) -> Value:
    return Canonical(
        of=entry.texts("canonical"),
        style=entry.maybe("style"),
        sort=entry.text("sort", "name"),
        pair=entry.maybe("pair"),
        separator=entry.maybe("separator"),
        trailing=entry.flag("trailing") if entry.has("trailing") else None,
        names=entry.texts("names"),
        exclude=entry.texts("exclude"),
        skip_empty=entry.flag("skip_empty"),
        values_only=entry.flag("values_only"),
        replace=entry.pairs("replace"),
    )


def _replaced(entry: Entry, names: Collection[str]) -> Value:
    return Replaced(pairs=entry.pairs("replace"), of=values(entry, "of", names))


_FORMS: dict[str, Callable[[Entry, Collection[str]], Value]] = {
    "now": _now,
    "nonce": _nonce,
    "digest": _digest,
    "hmac": _hmac,
    "join": _join,
    "encode": _encoded,
    "decode": _decoded,
    "case": _case,
    "slice": _slice,
    "canonical": _canonical,
    "replace": _replaced,
}

EXPLANATIONS = (
    Explanation(
        "unknown-value",
        "A value that `auth` cannot compute",
        "Signatures are composed from a closed vocabulary, so that a spec never holds "
        "code. A text that really starts with a dollar is written `$$text`.",
        "headers: {X-Path: $request.pth}\n",
        "headers: {X-Path: $request.path}\n",
    ),
)
