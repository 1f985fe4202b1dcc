"""multipart/form-data bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from .check import header_value
from .encode import octets
from .errors import InvalidArgument
from .record import File

Part: TypeAlias = str | bytes | File

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=?-]{1,70}", re.ASCII)


def multipart_body(
    fields: Iterable[tuple[str, Part]],
    boundary: str,
    charset: str = "utf-8",
) -> bytes:
    """The body; the boundary must be unguessable, and may stand in no value."""
    if _BOUNDARY.fullmatch(boundary) is None:
        raise ValueError("a boundary has 1 to 70 ASCII characters")
    mark = b"--" + boundary.encode("ascii")
    done: list[bytes] = []
    for name, value in fields:
        head = f'Content-Disposition: form-data; name="{_parameter(name)}"'
        if isinstance(value, File):
            content = value.content
            head += f'; filename="{_parameter(value.name)}"'
            head += f"\r\nContent-Type: {header_value(name, value.media_type)}"
        elif isinstance(value, bytes):
            content = value
        else:
            content = octets(value, charset, name)
        if mark in content:
            raise InvalidArgument(f"{name}: holds the boundary", parameter=name)
        done += [
            mark,
            b"\r\n",
            octets(head, charset, name),
            b"\r\n\r\n",
            content,
            b"\r\n",
        ]
    return b"".join([*done, mark, b"--\r\n"])


def _parameter(text: str) -> str:
    # As browsers do: backslashes are taken literally by too many servers.
    text = text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
    if "\0" in text:
        raise InvalidArgument("a name of a multipart field holds NUL")
    return text
