"""How a reply is read: text to a tree, the tree to a status and a result.

Every format becomes the same kind of tree, so one set of decoders serves all:

    json       as it is
    xml        element -> mapping: `@name` attributes, child elements by local
               name, `#text`; a root or a repeated child is found by name
    delimited  records of named fields
    pairs      `key: value` lines -> mapping
    sentence   a template such as `Sent {message_id} to {phone}` -> mapping
    csv        list of mappings by column
    text       {"text": the whole body}
    bytes      the body itself, with media type and file name
    empty      nothing may come
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from .field import Condition
from .place import Where

HTTP = "$http"
"""The path of the HTTP status."""
_HEADER = re.compile(r"\$header\.([A-Za-z0-9_-]+)")


def header_of(path: str) -> str | None:
    """The header of the reply that a path names; None where it leads into the body."""
    found = _HEADER.fullmatch(path)
    return found[1] if found else None


class ReplyFormat(StrEnum):
    JSON = "json"
    XML = "xml"
    DELIMITED = "delimited"
    PAIRS = "pairs"
    SENTENCE = "sentence"
    CSV = "csv"
    TEXT = "text"
    BYTES = "bytes"
    EMPTY = "empty"


class Reply(Struct, frozen=True, kw_only=True):
    """One shape of reply.  Which keys matter depends on `format`."""

    format: ReplyFormat
    charset: str = "utf-8"
    http: tuple[int, ...] = ()
    """HTTP statuses that carry this shape; empty means 200 to 299."""
    max_bytes: int | None = None
    root: tuple[str, ...] = ()
    """xml: local names that the root may have; empty means any."""
    expect: tuple[tuple[str, str], ...] = ()
    """Paths that must hold a constant (an echo of the operation)."""
    status: tuple[str, ...] = ()
    """Paths to the overall status, first present wins; `$http` is the HTTP status,
    `$header.NAME` a header of the reply, here and in the paths below."""
    absent_status: str = "error"
    """`error`, or `success` where a reply without a status is a success."""
    message: tuple[str, ...] = ()
    """Paths to the provider's own words."""
    retry_after: tuple[str, ...] = ()
    """Paths to the seconds that the provider asks to wait."""
    at: str = ""
    """Path to the result; empty means the whole reply."""
    returns: str | None = None
    """Model key, scalar FieldType, or None."""
    returns_model: bool = False
    list: bool = False
    keyed: str | None = None
    """Items stand under keys; each key goes into its item under this wire name."""
    optional: bool = False
    """The result may be absent (None, or an empty list)."""
    records: str | None = None
    """delimited, sentence: what stands between records, None means one record; pairs:
    what stands between pairs, None means a line for each."""
    separator: str | None = None
    """delimited, pairs, csv: what stands between fields (or key and value)."""
    fields: tuple[str, ...] = ()
    """delimited and csv without a header: field names in order."""
    min_fields: int | None = None
    head: tuple[str, ...] = ()
    """delimited: fields of a first record unlike the others, which are `records`."""
    header: bool = False
    templates: tuple[str, ...] = ()
    trim: bool = True
    """Whether white space around the body is dropped."""
    match: str | None = None
    """How items belong to the request: the result field that names the recipient."""
    match_parameter: str | None = None
    """The parameter with the recipients; dots go down to a field of its records."""
    ordered: bool = False
    """Items stand in the order of the request."""
    partial: bool = False
    """Items may be missing."""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where


class Alternate(Struct, frozen=True, kw_only=True):
    """Another shape of reply, and when it applies (first match wins)."""

    reply: Reply
    starts_with: str | None = None
    root: tuple[str, ...] = ()
    """The reply is XML, and its root has one of these local names."""
    content_type: str | None = None
    http: tuple[int, ...] = ()
    parameter: Condition | None = None
    status_is: str | None = None
    """The status that this shape stands for, where it carries none itself."""
