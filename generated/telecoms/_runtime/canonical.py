"""Canonical forms of parts of a request, for signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from .draft import Draft
from .encode import Value, json_text, percent, plain

Source: TypeAlias = Literal["query", "form", "json", "headers", "header_names"]


def canonical(
    draft: Draft,
    of: Sequence[Source],
    *,
    style: Literal["rfc3986", "form", "php", "raw"] | None = None,
    sort: Literal["name", "name_ignoring_case", "none"] = "name",
    pair: str | None = None,
    separator: str | None = None,
    trailing: bool | None = None,
    names: Sequence[str] = (),
    exclude: Sequence[str] = (),
    skip_empty: bool = False,
    values_only: bool = False,
    replace: Mapping[str, str] | None = None,
) -> str:
    """Pairs of the request, or its headers, in the one form that both sides build.

    Pairs (`query`, `form`, the top level of `json`, or several of them together) are
    encoded by `style`, then sorted by name and value, then joined by `separator`,
    which `trailing` also puts behind the last one.  `names` keeps only those, in that
    order; `exclude` drops some; `replace` has texts that others stand for in names
    and values, before they are encoded.

    `headers` are the pairs of the headers that the request has, names in lower case,
    unescaped unless there is a `style`, as lines `name:value` that each end in a line
    feed.  `header_names` is the names of the same headers.
    """
    heads = "headers" in of or "header_names" in of
    if heads:
        found = _headers(draft, names, exclude)
        style, pair = style or "raw", ":" if pair is None else pair
    else:
        found = [entry for source in of for entry in _pairs(draft, source)]
        found = [entry for entry in found if entry[0] not in exclude]
        style, pair = style or "rfc3986", "=" if pair is None else pair
    if skip_empty:
        found = [entry for entry in found if entry[1]]
    if names and not heads:
        found = [entry for name in names for entry in found if entry[0] == name]
    if replace:
        found = [
            (replaced(name, replace), _replaced_value(value, replace))
            for name, value in found
        ]
    texts = [
        (percent(name, style, draft.charset), percent(value, style, draft.charset))
        for name, value in found
    ]
    if not names and sort == "name":
        texts.sort()
    elif not names and sort == "name_ignoring_case":
        texts.sort(key=_ignoring_case)
    lines = "headers" in of
    if "header_names" in of:
        parts = [name for name, _ in texts]
    elif values_only:
        parts = [value for _, value in texts]
    else:
        parts = [f"{name}{pair}{value}" for name, value in texts]
    if separator is None:
        separator = "\n" if lines else "&"
    ended = lines if trailing is None else trailing
    return separator.join(parts) + (separator if ended and parts else "")


def _headers(
    draft: Draft, names: Sequence[str], exclude: Sequence[str]
) -> list[tuple[str, str | bytes]]:
    there = {name.lower() for name, _ in draft.headers}
    barred = {name.lower() for name in exclude}
    return [
        (name, draft.header_value(name).strip())
        for name in ([name.lower() for name in names] or sorted(there))
        if name in there and name not in barred
    ]


def _pairs(draft: Draft, source: Source) -> Iterable[tuple[str, str | bytes]]:
    if source == "query":
        return draft.query_pairs
    if source == "form":
        return draft.form_pairs
    tree = draft.json_tree
    if not isinstance(tree, Mapping):
        raise ValueError("only a JSON object has names to sort")
    return [(name, _text(value)) for name, value in tree.items()]


def _text(value: Value) -> str:
    """A JSON value as text: nested ones are compact JSON, null is empty."""
    if value is None:
        return ""
    nested = isinstance(value, (Mapping, list, tuple))
    return json_text(value) if nested else plain(value)


def replaced(text: str, pairs: Mapping[str, str]) -> str:
    """A text with others in place of those that are keys, all in one pass; of two
    that begin alike, the longer one."""
    longest = sorted(pairs, key=len, reverse=True)
    pattern = "|".join(re.escape(old) for old in longest)
    return re.sub(pattern, lambda found: pairs[found[0]], text)


def _replaced_value(value: str | bytes, pairs: Mapping[str, str]) -> str | bytes:
    # Bytes stand for themselves: what is not text has no characters to replace.
    return replaced(value, pairs) if isinstance(value, str) else value


def _ignoring_case(entry: tuple[str, str]) -> tuple[str, str, str]:
    return entry[0].lower(), *entry
