"""The JSON Schemas: they define the spec language and ship with the tool.

provider.json, product.json and vectors.json are for one kind of file each.  An
editor loads a single one of them, so what two kinds share stands in both:
provider.json is where it is written, and `python -m wirebook.schema` copies it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["provider", "product", "vectors"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def text(kind: Kind) -> str:
    """The schema as it ships."""
    # Not importlib.resources: it takes as long to import as the schemas to read.
    return (Path(__file__).parent / f"{kind}.json").read_text("utf-8")


@cache
def load(kind: Kind) -> dict[str, Any]:
    """The schema as data; callers share it and leave it as it is."""
    schema: dict[str, Any] = json.loads(text(kind))
    return schema
