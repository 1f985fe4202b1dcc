"""What Python and the generated modules keep for themselves, by where it would be hidden.

`tests/generator/test_names.py` holds these lists against what generated modules import,
and against the floor, which takes longer to import than a provider to check.
"""

from __future__ import annotations

import keyword
from enum import IntEnum, StrEnum

from wirebook.grammar import BUILTINS as SPOKEN
from wirebook.manifest import DEVICES
from wirebook.naming import ENUM_RESERVED

# `type` is a soft keyword since Python 3.12 only, and a common parameter.
KEYWORDS = frozenset(keyword.kwlist) | frozenset({"_", "case", "match"})

BUILTINS = frozenset(
    {
        *("annotations", "bool", "bytes", "dict", "float", "frozenset", "int"),
        *("list", "object", "set", "str", "tuple"),
    }
)
"""Types that annotations of generated code mention, and what makes them lazy."""

SPOKEN_OF = SPOKEN | BUILTINS
"""What a module that imports its products speaks of besides."""

MODULES = frozenset(
    {
        *("async_client", "auth", "callbacks", "client", "enums", "errors", "models"),
        *("operations", "segments", "servers", "statuses"),
        *("shared_enums", "shared_models", "shared_statuses"),
    }
)
"""Modules of a provider's package, and what those of the provider are called in a
product's."""

FLOOR = frozenset(
    {
        *("body", "check", "convert", "decode", "delivery", "digest", "draft"),
        *("encode", "push", "renamed"),
    }
)
"""What the functions of generated modules import from the floor."""

EVERYWHERE = frozenset(
    {
        *("Any", "AsyncClient", "Client", "Credentials", "DeliveryState", "False"),
        *("Final", "IntEnum", "Literal", "None", "StrEnum", "True"),
    }
)
"""Classes beside which those of a spec are defined or imported."""

MODEL_CLASSES = EVERYWHERE | {
    *("Decimal", "Download", "File", "Mapping", "Record", "Results", "Secret"),
    *("Sequence", "Tree", "Value"),
}
TABLE_CLASSES = EVERYWHERE | {
    *("Effect", "Family", "Pattern", "Prefix", "Range", "Retry", "Row", "Table"),
}
PRODUCT_CLASSES = EVERYWHERE | {
    *("AsyncCore", "AsyncIterator", "AsyncOptions", "BaseAsyncClient"),
    *("BaseClient", "Decimal", "Download", "File", "Iterator", "Mapping"),
    *("Options", "Results", "Secret", "Sequence", "SyncCore", "Tree", "Unpack"),
}

CLOCK = frozenset({"datetime", "dt"})
"""How generated modules call Python's datetime."""


RECORD = frozenset(
    {"delivery_state", "enums", "property", "self", "statuses", "to_dict"}
)
"""What every record has, is called with, or takes its types from."""

CLIENT = frozenset(
    {
        *("credentials", "options", "self", "server", "settings"),
        *("allow_insecure", "base_url", "budget", "clock", "connect_timeout"),
        *("hooks", "keepalive", "limiter", "max_connections", "max_waiting"),
        *("new_credentials", "proxy", "random", "retries", "timeout", "transport"),
        *("trust_env", "verify"),
        *("but", "declared", "demand", "given", "same", "secrets", "some", "visible"),
    }
)
"""Arguments that every client takes, and what holds the credentials."""

CLIENT_MEMBERS = frozenset({"aclose", "close", "core", "reconcile", "resend"})
"""What a client has beside operations and products."""

CALLBACKS = frozenset({"largest_body"})
"""Callbacks become constants."""

FOLDERS = DEVICES | {"_runtime", "index"}
"""What stands beside a provider's folder or page, or is a device on Windows."""

ENUM_MEMBERS = ENUM_RESERVED | frozenset(dir(StrEnum)) | frozenset(dir(IntEnum))
