"""The body of a draft: which place makes it up, its media type, its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import body, encode
from .multipart import multipart_body
from .request import Place
from .xml_writer import xml_document

if TYPE_CHECKING:
    from .draft import Draft

CARRIERS = frozenset((Place.FORM, Place.JSON, Place.XML, Place.MULTIPART, Place.BODY))
"""The places that are bodies; a request has one of them at most."""

_MEDIA_TYPES = {
    Place.FORM: "application/x-www-form-urlencoded",
    Place.JSON: "application/json",
    Place.XML: "application/xml",
}


def carrier(draft: Draft) -> Place | None:
    """The place that makes up the body; None for a request without one."""
    used = draft.places & CARRIERS
    if draft.place in CARRIERS and (used or draft.method not in ("GET", "HEAD")):
        used.add(draft.place)
    if len(used) > 1:
        raise ValueError(f"one body cannot be {' and '.join(sorted(used))}")
    return used.pop() if used else None


def media_type(draft: Draft) -> str | None:
    """What Content-Type says, unless a header says it already."""
    place = carrier(draft)
    if place is Place.MULTIPART:
        return f"multipart/form-data; boundary={draft.boundary}"
    if place is None or draft.content_type is not None:
        return draft.content_type
    if place is not Place.BODY:
        found = _MEDIA_TYPES[place]
        return found if draft.charset == "utf-8" else _with_charset(draft, found)
    if any(isinstance(value, bytes) for _, value in draft.fields(place)):
        return "application/octet-stream"
    return _with_charset(draft, "text/plain")


def _with_charset(draft: Draft, found: str) -> str:
    return f"{found}; charset={draft.charset}"


def payload(draft: Draft) -> bytes:
    """The exact bytes."""
    place = carrier(draft)
    if place is None:
        return b""
    charset, fields = draft.charset, draft.fields(place)
    if place is Place.FORM:
        text = encode.pairs(body.pairs(fields), draft.encoding, charset)
        return text.encode("ascii")
    if place is Place.BODY:
        return body.raw(fields, charset)
    if place is Place.MULTIPART:
        return multipart_body(body.parts(fields), draft.boundary, charset)
    tree = body.tree(fields)
    if place is Place.JSON:
        whole = [tree] if draft.array_root else tree
        return encode.octets(encode.json_text(whole, draft.json_style), charset)
    if draft.xml_root is None or not isinstance(tree, Mapping):
        raise ValueError("an XML body needs a root element with named fields")
    return xml_document(draft.xml_root, tree, draft.xml_namespace, charset)
