"""Findings: one difference between a spec and a page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from wirebook.model import Where

from .codes import CodeList, CodeRow
from .expected import CodeTable, Row
from .names import NameRow


class Change(StrEnum):
    MISSING = "missing"
    """The spec has it; the page does not any more."""
    NEW = "new"
    """The page has it; the spec does not yet."""
    REWORDED = "reworded"


class Finding(Struct, frozen=True, kw_only=True):
    """`subject`: table, row, parameter or text.  A place that is None is not there."""

    change: Change
    subject: str
    name: str
    """`sms_status`, `sms_status -19`, `sms.send numbers`, the text itself."""
    spec: Where | None = None
    page: Where | None = None
    before: str = ""
    """The words of the spec."""
    after: str = ""
    """The words of the page."""
    rows: int = 0
    """Codes of a whole table."""
    table: CodeTable | None = None
    row: Row | None = None
    code: CodeRow | None = None
    listed: CodeList | None = None
    parameter: NameRow | None = None
    """What a fragment is made of."""


class Drift(Struct, frozen=True, kw_only=True):
    """What became of the sources of a provider."""

    provider: str
    sources: tuple[str, ...]
    pages: tuple[str, ...]
    findings: Sequence[Finding]
    same: int
    """Rows, names and texts that spec and page agree about."""
    folded: int
    """Rows that differ in spaces or punctuation only, which is no change."""
    fragment: str
