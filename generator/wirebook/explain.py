"""What every rule means, why it exists, and what right and wrong look like.

Each stage keeps the explanations beside its checks, in a tuple that is called
`EXPLANATIONS`; this module only gathers them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

STAGES = (
    "wirebook.document",
    "wirebook.schema_check",
    "wirebook.resolve",
    "wirebook.rules",
    "wirebook.review",
    "wirebook.specs",
    "wirebook.render",
    "wirebook.proof.rule",
    "wirebook.diff.acceptance",
)
"""Modules and packages that raise problems, in the order of the pipeline."""


class Explanation(Struct, frozen=True):
    """One rule.  `bad` and `good` are pieces of YAML, with line ends."""

    rule: str
    title: str
    why: str
    bad: str
    good: str


@cache
def rules() -> dict[str, Explanation]:
    """Every rule by its identifier, in the order of the pipeline."""
    found: dict[str, Explanation] = {}
    for name in _modules():
        module = importlib.import_module(name)
        explanations: tuple[Explanation, ...] = getattr(module, "EXPLANATIONS", ())
        for explanation in explanations:
            if found.setdefault(explanation.rule, explanation) != explanation:
                raise ValueError(f"rule {explanation.rule} is explained twice: {name}")
    return found


def _modules() -> Iterator[str]:
    for stage in STAGES:
        yield stage
        path = getattr(importlib.import_module(stage), "__path__", None)
        for module in pkgutil.iter_modules(path) if path else ():
            yield f"{stage}.{module.name}"
