"""Callbacks: what a provider pushes to its user."""

from __future__ import annotations

from msgspec import Struct

from .field import FieldType, Model
from .place import Where


class Callback(Struct, frozen=True, kw_only=True):
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

    def inside_json(self, model: Model) -> tuple[str, ...]:
        """Fields of a form or query whose text is JSON: nothing else nests there.

        model: that of the callback.
        """
        if self.format not in ("form", "query"):
            return ()
        if self.at:
            return (self.at.partition(".")[0],)
        nesting = (FieldType.OBJECT, FieldType.MAP)
        return tuple(
            wire
            for field in model.fields
            if field.type in nesting and field.nested is None
            for wire in (field.wire, *field.wire_aliases)
        )
