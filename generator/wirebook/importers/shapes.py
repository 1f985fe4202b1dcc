"""What the length of a text says of the digest that it may be."""

from __future__ import annotations

import re

_HEX = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
_BASE64 = {24: "md5", 28: "sha1", 44: "sha256", 64: "sha384", 88: "sha512"}


def shape_of(text: str) -> str:
    """Digest and output of a text that looks like one: `sha256 base64`, else nothing."""
    if re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", text) and len(text) in _HEX:
        upper = text != text.lower()
        return f"{_HEX[len(text)]} hex{'_upper' if upper else ''}"
    if re.fullmatch(r"[A-Za-z0-9+/_-]+={0,2}", text) and len(text) in _BASE64:
        url = "_" in text or "-" in text
        padded = len(text) == 64 or text.endswith("=")
        return f"{_BASE64[len(text)]} base64{'url' if url else ''}" if padded else ""
    return ""
