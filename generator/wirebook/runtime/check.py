"""Arguments are checked here, before anything is sent.

Every function returns the value in the form that the wire needs, or raises
InvalidArgument, which names the parameter, the rule and the limit but never the
value: it may be a secret, or somebody's words.
"""

from __future__ import annotations

import re

from .errors import InvalidArgument

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
# Latin-1 without control characters, no blank at either end.
_HEADER_VALUE = re.compile(r"(?:[!-~\xa0-\xff](?:[\t -~\xa0-\xff]*[!-~\xa0-\xff])?)?")


def header_value(name: str, value: str) -> str:
    """A header's value: no line breaks, no control characters, Latin-1."""
    if _TOKEN.fullmatch(name) is None:
        raise InvalidArgument("a header has no such name", parameter=None)
    if _HEADER_VALUE.fullmatch(value) is None:
        raise InvalidArgument(
            f"{name}: a header carries printable Latin-1 characters only,"
            " without blanks around",
            parameter=name,
        )
    return value
