"""Every vector of every spec, against both generated clients, over real HTTP."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.vectors import differences, run_vector
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
    run = run_vector("telecoms", provider, vector, asynchronous=asynchronous)

    if vector.request is not None:
        assert len(run.received) == 1, run.error
        check_request(vector.request, run.received[0])
    if vector.raises is not None:
        check_error(vector, run.error)
    elif vector.reply is not None:
        assert run.error is None, run.error
        if vector.has_result:
            assert differences(vector.result, run.result) == []


def check_request(expected: Any, received: Any) -> None:
    if "method" in expected:
        assert expected["method"] == received.method
    if "target" in expected:
        assert expected["target"] == received.target
    for name, value in (expected.get("headers") or {}).items():
        assert str(value) == received.header(name), name
    if "body" in expected:
        assert str(expected["body"]) == received.body.decode("utf-8")


def check_error(vector: Vector, error: Exception | None) -> None:
    assert error is not None, "the reply was taken for a success"
    expected = vector.raises
    assert expected is not None
    names = [kind.__name__ for kind in type(error).__mro__]
    assert expected.error in names, error
    if expected.status is not None:
        assert expected.status == getattr(error, "status").name  # noqa: B009
    if expected.code is not None:
        assert expected.code == getattr(error, "code")  # noqa: B009
    if expected.submitted is not None:
        assert expected.submitted == getattr(error, "submitted").name  # noqa: B009
