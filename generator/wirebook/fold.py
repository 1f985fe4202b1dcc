"""Folding: texts that read alike become equal.

Pages differ in no-break spaces, curly quotes and dashes that nobody sees, and
that no provider means.
"""

from __future__ import annotations

import re
import unicodedata

_ALIKE = {
    **dict.fromkeys(map(ord, "‘’‚‛′‵`´ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″‶«»＂"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    **dict.fromkeys(map(ord, "。｡"), "."),
    **dict.fromkeys(map(ord, "、､，"), ","),
    # Nobody sees them: soft hyphen, zero-width spaces and joiners, marks of order.
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"), None),
}
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """NFKC, plain quotes, dashes and stops, and one space for any white space.

    Folding twice changes nothing more.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    # Marks may compose across what was taken out.
    plain = unicodedata.normalize("NFKC", plain)
    return _SPACES.sub(" ", plain).strip()
