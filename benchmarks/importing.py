"""Importing a client, against importing the HTTP library below it."""

from __future__ import annotations

import sys
from functools import partial

from .measure import Run, in_turns, process

MODULES = ("httpx2", "telecoms", "telecoms.aisix", "telecoms.onbuka")


def imports(rounds: int) -> dict[str, list[Run]]:
    return in_turns({name: partial(_import, name) for name in MODULES}, rounds)


def _import(name: str) -> Run:
    return process([sys.executable, "-c", f"import {name}"])
