"""Replies that are lines and fields: delimited, pairs, sentences, CSV, plain text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from functools import lru_cache

from .octets import text_of
from .tree import FormatProblem, Tree

_BLANKS = " \t\r\n"


def delimited_tree(
    body: bytes,
    separator: str,
    fields: Sequence[str],
    *,
    records: str | None = None,
    min_fields: int | None = None,
    head: Sequence[str] = (),
    charset: str = "utf-8",
    trim: bool = True,
) -> Tree:
    """One mapping of named fields, or with `records` (what stands between them) a
    list of mappings.  With `head` a mapping: the named fields of a first record, which
    may have fewer or empty ones more, and the other records as `records`.

    A record has at least `min_fields` (all, if not given) and never more than
    `fields`; fields behind the last are absent.  `trim` drops white space around the
    body and around each field.
    """
    text = text_of(body, charset, trim=trim)
    if records is None:
        return _record(text, separator, fields, min_fields, trim)
    if records == "\n":
        text = text.replace("\r\n", "\n")
    found = text.split(records)
    trim = trim and any(mark in text for mark in _BLANKS if mark != records)
    if not head:
        return _records(found, separator, fields, min_fields, trim)
    first = found.pop(0).split(separator)
    while len(first) > len(head) and not first[-1].strip():
        first.pop()
    tree = _record(separator.join(first), separator, head, 1, trim)
    assert isinstance(tree, dict)
    rest = [each for each in found if each.strip()]
    tree["records"] = _records(rest, separator, fields, min_fields, trim)
    return tree


def _records(
    texts: Sequence[str],
    separator: str,
    fields: Sequence[str],
    min_fields: int | None,
    trim: bool,
) -> list[Tree]:
    found = [text.split(separator) for text in texts]
    if trim:
        found = [[field.strip(_BLANKS) for field in each] for each in found]
    least = len(fields) if min_fields is None else min_fields
    for count in dict.fromkeys(map(len, found)):
        if not least <= count <= len(fields):
            wanted = f"{least}" if least == len(fields) else f"{least} to {len(fields)}"
            raise FormatProblem(f"a record of {wanted} fields expected, {count} found")
    return [dict(zip(fields, each, strict=False)) for each in found]


def _record(
    text: str,
    separator: str,
    fields: Sequence[str],
    min_fields: int | None,
    trim: bool,
) -> Tree:
    return _records([text], separator, fields, min_fields, trim)[0]


def pairs_tree(
    body: bytes,
    separator: str = ":",
    *,
    records: str | None = None,
    charset: str = "utf-8",
    trim: bool = True,
) -> Tree:
    """`name: value` lines, or pairs with `records` between, to a mapping; white space
    around both is dropped."""
    tree: dict[str, Tree] = {}
    text = text_of(body, charset, trim=trim)
    for line in text.splitlines() if records is None else text.split(records):
        if not line.strip():
            continue
        name, found, value = line.partition(separator)
        if not found:
            raise FormatProblem(f"a line without {separator!r} between name and value")
        if name.strip() in tree:
            raise FormatProblem("a name stands twice")
        tree[name.strip()] = value.strip()
    return tree


def sentence_tree(
    body: bytes,
    templates: Sequence[str],
    *,
    records: str | None = None,
    charset: str = "utf-8",
    trim: bool = True,
) -> Tree:
    """The values of the first template that the whole text matches, or with `records`
    (what stands between them) a list of such values, blank records left out.

    A template is a sentence with `{name}` for what varies; each stands for one or
    more characters, as few as possible, the last for the rest.
    """
    text = text_of(body, charset, trim=trim)
    if records is None:
        return _sentence(text, templates)
    found = (
        record.strip(_BLANKS) if trim else record for record in text.split(records)
    )
    return [_sentence(record, templates) for record in found if record]


def _sentence(text: str, templates: Sequence[str]) -> Tree:
    for template in templates:
        found = _match(text, *template_parts(template))
        if found is not None:
            return found
    raise FormatProblem("the text matches no known sentence")


@lru_cache(maxsize=256)
def template_parts(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fixed texts of a template and the names between them.

    ValueError where two names touch: nothing says where one ends.
    """
    pieces = re.split(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", template)
    fixed, names = tuple(pieces[::2]), tuple(pieces[1::2])
    if "" in fixed[1:-1] or len(set(names)) < len(names):
        raise ValueError(f"names touch or stand twice in {template!r}")
    return fixed, names


def _match(
    text: str, fixed: tuple[str, ...], names: tuple[str, ...]
) -> dict[str, Tree] | None:
    # Taking each fixed text where it first occurs finds a match if there is one, so
    # nothing is ever tried twice.
    if not names:
        return {} if text == fixed[0] else None
    if not text.startswith(fixed[0]) or not text.endswith(fixed[-1]):
        return None
    end = len(text) - len(fixed[-1])
    start = len(fixed[0])
    tree: dict[str, Tree] = {}
    for name, following in zip(names[:-1], fixed[1:-1], strict=True):
        stop = text.find(following, start + 1, end)
        if stop < 0:
            return None
        tree[name] = text[start:stop]
        start = stop + len(following)
    if start >= end:
        return None
    tree[names[-1]] = text[start:end]
    return tree


def csv_tree(
    body: bytes,
    separator: str = ",",
    *,
    fields: Sequence[str] = (),
    header: bool = True,
    charset: str = "utf-8",
) -> Tree:
    """A list of mappings by column; every row has as many fields as columns.

    header: the first row names the columns; `fields` do otherwise.
    """
    text = text_of(body, charset)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [row for row in reader if row]
    except csv.Error as problem:
        raise FormatProblem(f"no CSV: {problem} in line {reader.line_num}") from None
    columns = (
        [name.strip() for name in rows.pop(0)] if header and rows else list(fields)
    )
    if len(set(columns)) < len(columns):
        raise FormatProblem("CSV with a column that stands twice")
    tree: list[Tree] = []
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise FormatProblem(
                f"CSV row {number} has {len(row)} fields for {len(columns)} columns"
            )
        tree.append(dict(zip(columns, row, strict=True)))
    return tree


def text_tree(body: bytes, *, charset: str = "utf-8", trim: bool = True) -> Tree:
    """`{"text": the whole body}`."""
    return {"text": text_of(body, charset, trim=trim)}


def empty_tree(body: bytes, *, trim: bool = True) -> Tree:
    """An empty mapping; anything in the body is a problem."""
    if body.strip(b" \t\r\n") if trim else body:
        raise FormatProblem(f"no body expected, {len(body)} bytes found")
    return {}
