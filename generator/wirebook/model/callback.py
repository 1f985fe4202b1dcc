"""Callbacks: what a provider pushes to its user."""

from __future__ import annotations

from dataclasses import dataclass

from .place import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """One kind of push.

    format: `json`, `form`, `query` or `xml`.  `answer` is the body that the
    provider takes for "received", with `answer_status`.
    """

    key: str
    product: str | None
    model: str
    method: str
    format: str
    at: str = ""
    list: bool = False
    lenient: bool = False
    """The documented samples are not valid JSON (quotes, stray spaces in names)."""
    auth: str | None = None
    """The scheme whose values a push must carry."""
    answer_status: int = 200
    answer: str = ""
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where
