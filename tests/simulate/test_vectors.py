"""Faithfulness: every vector against the simulator, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from telecoms import ProviderError
from tests.support.simulation import perform, prepare, providers
from tests.support.simulation import simulator as simulated
from wirebook.model import Provider, Vector
from wirebook.proof import compare
from wirebook.simulate.exchange import Incoming
from wirebook.simulate.fault import find_table, is_success, success_code
from wirebook.simulate.server import Running

PAIRS = [
    (provider, vector)
    for provider in providers()
    for vector in provider.vectors
    if not vector.operation.startswith("callback:")
]


def cases(pairs: list[tuple[Provider, Vector]]) -> list[Any]:
    return [pytest.param(*pair, id=f"{pair[0].id}-{pair[1].id}") for pair in pairs]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with Running(simulated(price=0, duplicate_window=0)) as server:
        yield server


def expected(vector: Vector, why: str) -> bool:
    """Whether a vector means its request to be refused, for what it speaks of."""
    short = "INVALID_DESTINATION" in str(vector.result)
    return why.startswith("there is no such") or (short and "no telephone" in why)


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("provider", "vector"), cases(PAIRS))
def test_request_is_understood(
    provider: Provider, vector: Vector, running: Running, asynchronous: bool
) -> None:
    """The client's request is taken: right operation, signature, every argument."""
    simulator = running.simulator
    prepare(simulator, vector, provider.id)
    refused_here = vector.raises is not None and vector.reply is None
    try:
        perform(provider.id, vector, running.url, asynchronous=asynchronous)
    except Exception:
        if refused_here:
            # The client itself refuses what the vector says.
            assert not simulator.state.exchanges
            return
    exchange = simulator.state.exchanges[-1]
    assert exchange.operation == vector.operation
    assert [why for why in exchange.why if not expected(vector, why)] == []


def is_recorded(provider: Provider, vector: Vector) -> bool:
    """Whether the whole request is recorded, with what signs it."""
    request = vector.request or {}
    signed = any(scheme.compute for scheme in provider.schemes)
    return "target" in request and not (signed and not request.get("headers"))


@pytest.mark.parametrize(
    ("provider", "vector"), cases([pair for pair in PAIRS if is_recorded(*pair)])
)
def test_recorded_request_is_understood(provider: Provider, vector: Vector) -> None:
    """The bytes of the recorded request are taken, signature included."""
    request = vector.request or {}
    headers = tuple((k, str(v)) for k, v in (request.get("headers") or {}).items())
    simulator = simulated(provider.id, price=0)
    prepare(simulator, vector, provider.id)
    simulator.handle(
        Incoming(
            str(request.get("method", "GET")),
            f"/{provider.id}{request['target']}",
            headers,
            str(request.get("body", "")).encode(),
        )
    )
    exchange = simulator.state.exchanges[-1]
    assert exchange.operation == vector.operation
    assert [why for why in exchange.why if not expected(vector, why)] == []


def has_answer(vector: Vector) -> bool:
    return vector.has_result or (vector.raises is not None and bool(vector.raises.code))


@pytest.mark.parametrize(
    ("provider", "vector"), cases([pair for pair in PAIRS if has_answer(pair[1])])
)
def test_answer_is_understood(
    provider: Provider, vector: Vector, running: Running
) -> None:
    """A status and result, written by the simulator, are what the client reads."""
    operation = provider.operation(vector.operation)
    gateway = running.simulator.gateways[provider.id]
    uses = operation.statuses
    table = find_table(provider, operation, uses.table or uses.items)
    if vector.raises is not None:
        code = vector.raises.code
    elif vector.has_result and uses.table and table is not None:
        code = success_code(table)
    else:
        code = None
    result = vector.result if vector.raises is None else None
    words = gateway.words(operation, code)
    answer = gateway.write(operation, code, words, result)

    prepare(running.simulator, vector, provider.id)
    running.simulator.answer_next(answer)
    if vector.raises is None:
        found = perform(provider.id, vector, running.url)
        assert compare.result(vector.result, found) == []
        return
    assert table is not None
    assert code is not None
    assert not is_success(table, code)
    with pytest.raises(ProviderError) as raised:
        perform(provider.id, vector, running.url)
    assert vector.raises.error in [kind.__name__ for kind in type(raised.value).__mro__]
    assert raised.value.code == code


def test_every_operation_is_answered() -> None:
    """Each operation has a vector that the simulator understands."""
    for provider in providers():
        recorded = {vector.operation for vector in provider.vectors}
        assert {each.id for each in provider.operations} <= recorded
