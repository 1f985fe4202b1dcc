"""Every vector of every spec, against both generated clients, over real HTTP."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.support.vectors import check, run_vector
from wirebook.load import load
from wirebook.model import Provider, Vector

ROOT = Path(__file__).parents[2]


@cache
def providers() -> tuple[Provider, ...]:
    loaded = load(ROOT / "specs", ROOT)
    assert loaded.providers
    return loaded.providers


CASES = [
    pytest.param(provider, vector, id=f"{provider.id}-{vector.id}")
    for provider in providers()
    for vector in provider.vectors
    if not vector.operation.startswith("callback:")
]


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("provider", "vector"), CASES)
def test_vector(provider: Provider, vector: Vector, asynchronous: bool) -> None:
    check(vector, run_vector("telecoms", provider, vector, asynchronous=asynchronous))
