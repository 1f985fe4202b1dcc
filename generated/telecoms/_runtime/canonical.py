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
    style: Literal["rfc3986", "form", "php", "raw"] = "rfc3986",
    sort: Literal["name", "name_ignoring_case", "none"] = "name",
    pair: str = "=",
    separator: str = "&",
    names: Sequence[str] = (),
    exclude: Sequence[str] = (),
    skip_empty: bool = False,
    values_only: bool = False,
    replace: Mapping[str, str] | None = None,
) -> str:
    """Pairs of the request, or its headers, in the one form that both sides build.

    Pairs (`query`, `form`, the top level of `json`, or several of them together) are
    encoded by `style`, then sorted by name and value, then joined.  `names` keeps
    only those, in that order; `exclude` drops some; `replace` has texts that others
    stand for in names and values, before they are encoded.

    `headers` is a line `name:value` with a line feed for each of `names` (all, sorted,
    if there are none); `header_names` is the same names joined by `separator`.
    """
    headers = _headers(draft, names, exclude)
    if "headers" in of:
        return "".join(f"{name}:{value}\n" for name, value in headers)
    if "header_names" in of:
        return separator.join(name for name, _ in headers)
    found = [entry for source in of for entry in _pairs(draft, source)]
    found = [
        (name, value)
        for name, value in found
        if name not in exclude and not (skip_empty and not value)
    ]
    if names:
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
    if values_only:
        return separator.join(value for _, value in texts)
    return separator.join(f"{name}{pair}{value}" for name, value in texts)


def _headers(
    draft: Draft, names: Sequence[str], exclude: Sequence[str]
) -> list[tuple[str, str]]:
    lower = [name.lower() for name in names]
    if not lower:
        lower = sorted({name.lower() for name, _ in draft.headers})
    barred = {name.lower() for name in exclude}
    return [
        (name, draft.header_value(name).strip()) for name in lower if name not in barred
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
