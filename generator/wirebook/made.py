"""What one piece of work made: files, what others say about it, and problems."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from .entry import Entry
from .problem import Problem, failed


class Content(Protocol):
    """The bytes of one file of the output, known by their SHA-256 in hex."""

    @property
    def digest(self) -> str: ...

    def read(self) -> bytes: ...


class Packed(Struct, frozen=True):
    """Compressed: a run holds the output of thousands of providers at once."""

    digest: str
    packed: bytes

    def read(self) -> bytes:
        return zlib.decompress(self.packed)


class Plain(Struct, frozen=True):
    """As it is: what is soon written needs no compressing."""

    digest: str
    content: bytes

    def read(self) -> bytes:
        return self.content


def pack(content: bytes) -> Packed:
    return Packed(_digest(content), zlib.compress(content, 1))


def plain(content: bytes) -> Plain:
    return Plain(_digest(content), content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Made(Struct, frozen=True):
    """Files by their path: `modules` in the output, `pages` in the docs folder."""

    entry: Entry | None
    modules: Mapping[str, Content]
    pages: Mapping[str, Content]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return failed(self.problems)
