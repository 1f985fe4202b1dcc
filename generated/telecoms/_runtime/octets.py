"""The bytes of a reply to text."""

from __future__ import annotations

from .tree import FormatProblem


def text_of(body: bytes, charset: str = "utf-8", *, trim: bool = False) -> str:
    """The text, decoded strictly; a byte order mark in front is dropped.

    trim: white space around the text is dropped too.
    """
    try:
        text = body.decode(charset)
    except UnicodeDecodeError as problem:
        raise FormatProblem(f"byte {problem.start + 1} is no {charset}") from None
    text = text.removeprefix("\ufeff")
    return text.strip(" \t\r\n") if trim else text
