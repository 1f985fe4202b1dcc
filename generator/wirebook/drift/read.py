"""Reading a page, whatever it is written in."""

from __future__ import annotations

import re
from pathlib import Path

from . import html, text
from .page import MAX_BYTES, Page, PageError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|table|div|p)\b", re.IGNORECASE)


def read(path: Path) -> Page:
    """Read one page.  Raises PageError, and OSError where there is no such file."""
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise PageError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB")
    if content.startswith(b"%PDF-"):
        raise PageError(
            f"{path} is a PDF; its text is needed: pdftotext -layout {path} page.txt"
        )
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PageError(f"{path} is no text: save the page as HTML, Markdown or text")
    is_html = _TAGS.search(content[:4096]) is not None
    name = path.as_posix()
    is_html = is_html or path.suffix in (".html", ".htm")
    words = _decoded(content, is_html, path)
    return html.read(words, name) if is_html else text.read(words, name)


def _decoded(content: bytes, is_html: bool, path: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    named = _CHARSET.search(content[:4096]) if is_html else None
    charset = named[1].decode("ascii") if named else "utf-8"
    try:
        return content.decode(charset).lstrip("\ufeff")
    except LookupError:
        raise PageError(
            f"{path} names a charset that nobody knows: {charset}"
        ) from None
    except UnicodeDecodeError:
        raise PageError(f"{path} is not {charset} text: save it as UTF-8") from None
