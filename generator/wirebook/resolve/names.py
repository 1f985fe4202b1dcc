"""Names: what a reference may have meant, and the one spelling of a code."""

from __future__ import annotations

import re
from collections.abc import Collection

from wirebook.problem import nearest, quote

_CODE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_LISTED = 8


def canonical_code(code: str) -> str | None:
    """The one spelling of an integer code (`01` -> `1`); None for other texts.

    Only ASCII digits count: a full-width digit is another code.  More than 18 digits
    are no integer that every reader of a reply keeps.
    """
    return str(int(code)) if _CODE.fullmatch(code) else None


def alternatives(kind: str, name: str, known: Collection[str]) -> str | None:
    """What could be written instead, where no known name is near."""
    if nearest(name, known):
        return None
    if not known:
        return f"no {kind} is declared"
    listed = ", ".join(quote(one) for one in list(known)[:_LISTED])
    return f"known: {listed}" + (", …" if len(known) > _LISTED else "")
