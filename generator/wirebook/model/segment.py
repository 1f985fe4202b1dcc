"""How many messages a text is billed as."""

from __future__ import annotations

from msgspec import Struct

from .place import Where


class Segments(Struct, frozen=True, kw_only=True):
    """One counting rule: `single` characters fit one message, and `part`
    characters each part of a longer one.

    unit: `characters`, `gsm_septets` (extension characters count two),
    `utf16_units` or `bytes`.  `when` names the wire values of a parameter for
    which the rule holds.
    """

    key: str
    unit: str
    single: int
    part: int
    parameter: str | None = None
    values: tuple[str, ...] = ()
    model: str | None = None
    """Records that state other lengths, in the fields `single_field`, `part_field`."""
    single_field: str | None = None
    part_field: str | None = None
    charset: str | None = None
    """Texts that fit this charset only (`gsm`, `latin1`); None: any text."""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Where
