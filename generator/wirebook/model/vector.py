"""Vectors: recorded exchanges that prove a spec."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from .place import Where


class Expectation(Struct, frozen=True, kw_only=True):
    """The error that a vector expects."""

    error: str
    """Class name in the provider's errors, or in the shared ones."""
    status: str | None = None
    code: str | None = None
    submitted: str | None = None


class Vector(Struct, frozen=True, kw_only=True):
    """Arguments, the request they must become, a reply, and what it must yield.

    `arguments` are as YAML gives them (texts; the operation's parameters give
    them their types).  `request` and `reply` hold the keys of the spec.
    """

    id: str
    operation: str
    about: str
    documented: bool
    """Whether the provider's own page prints it."""
    client: Mapping[str, str]
    at: datetime | None
    nonce: str | None
    arguments: Mapping[str, Any]
    request: Mapping[str, Any] | None
    reply: Mapping[str, Any] | None
    result: Any
    has_result: bool
    raises: Expectation | None
    src: tuple[str, ...] = ()
    where: Where
