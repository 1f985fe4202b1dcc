"""Names of the output, and which ones it keeps for itself.

Names are written by hand in the specs and are never bent here: a name that
cannot be used is reported by the rules, with the way out (`name:`).
"""

from __future__ import annotations

import keyword
from typing import Final

RESERVED: Final = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist)
"""Python's keywords, the soft ones included: no name of a spec may be one."""

ENUM_RESERVED: Final = frozenset({"mro", "name", "value", "names", "values"})
"""Names that an Enum class or its members use themselves."""

CLIENT_RESERVED: Final = frozenset({"close", "aclose", "core", "perform", "reconcile"})
"""Names of a client's own members."""

ARGUMENT_RESERVED: Final = frozenset({"self", "variant", "draft", "tree", "reply"})
"""Names that a generated function uses itself, for something else."""


def camel_case(name: str) -> str:
    """`sms_status` -> `SmsStatus`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def constant(name: str) -> str:
    """`sms_status` -> `SMS_STATUS`."""
    return name.upper()
