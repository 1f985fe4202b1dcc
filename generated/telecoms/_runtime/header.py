"""What the Content-Type of a reply says, and whether that fits what it is read as."""

from __future__ import annotations

import codecs
import re

_MEDIA_TYPE = re.compile(
    r"(?:application|audio|font|image|message|model|multipart|text|video)"
    r"/[a-z0-9][a-z0-9.+_-]{0,60}"
)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]{1,40})", re.IGNORECASE)


def media_type(content_type: str | None) -> str | None:
    """The content type without parameters, in lower case; None for what is none."""
    found = (content_type or "").partition(";")[0].strip().lower()
    return found if _MEDIA_TYPE.fullmatch(found) else None


def contradiction(
    content_type: str | None, format: str, charset: str
) -> tuple[str, str] | None:
    """What the header says against a body that is read as `format` in `charset`.

    format: json, xml, csv or text.
    """
    said = media_type(content_type)
    if said is None:
        return None
    if not _fits(said, format):
        return "content_type", f"{said}, read as {format}"
    given = _CHARSET.search(content_type or "")
    if given is None:
        return None
    name, ours = _canonical(given[1]), _canonical(charset)
    if name in (ours, "ascii"):
        return None
    return "charset", f"{name}, read as {ours}"


def _fits(said: str, format: str) -> bool:
    if format in ("json", "xml"):
        return said.endswith(("/" + format, "+" + format))
    other = ("text/html", "text/xml", "text/json", "text/css", "text/javascript")
    plain = said.startswith("text/") and said not in other
    return plain or (format == "csv" and said.endswith("csv"))


def _canonical(charset: str) -> str:
    try:
        return codecs.lookup(charset).name
    except LookupError:
        # Not as it stands there: nobody knows what it repeats.
        return "an unknown charset"
