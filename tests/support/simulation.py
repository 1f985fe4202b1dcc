"""The simulator in tests: loaded once, with a clock that a test may stop."""

from __future__ import annotations

import asyncio
import inspect
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wirebook.arguments import typed_arguments
from wirebook.load import load
from wirebook.model import Operation, Provider, Vector
from wirebook.simulate.simulator import Simulator, utc_now
from wirebook.simulate.snippets import base_url
from wirebook.simulate.world import Settings

from .vectors import fixed_clock, fixed_random

ROOT = Path(__file__).parents[2]


@cache
def providers() -> tuple[Provider, ...]:
    loaded = load(ROOT / "specs", ROOT)
    assert loaded.providers
    return loaded.providers


def provider(name: str) -> Provider:
    return next(each for each in providers() if each.id == name)


def simulator(*names: str, **settings: Any) -> Simulator:
    chosen = [each for each in providers() if not names or each.id in names]
    return Simulator(chosen, Settings(seed=1, **settings))


def prepare(simulated: Simulator, vector: Vector, name: str) -> None:
    """Let the simulator expect a vector's caller at a vector's time."""
    simulated.reset()
    account = simulated.state.accounts[name]
    for key, value in vector.client.items():
        if key in account.credentials:
            account.credentials[key] = value
    moment = vector.at
    simulated.clock = utc_now if moment is None else (lambda: moment)


def options(name: str, origin: str, vector: Vector) -> dict[str, Any]:
    """What a client needs to talk to the simulator as a vector does."""
    chosen: dict[str, Any] = dict(vector.client)
    spec = provider(name)
    path = base_url(spec, origin)
    if "server" in chosen:
        path = server_url(spec, origin, chosen["server"])
    return chosen | {
        "base_url": path,
        "clock": fixed_clock("telecoms", vector.at),
        "random": fixed_random("telecoms", vector.nonce),
        "retries": 0,
    }


def server_url(spec: Provider, origin: str, key: str) -> str:
    server = next(each for each in spec.servers if each.key == key)
    return f"{origin}/{spec.id}{urlsplit(server.url).path.rstrip('/')}"


def perform(
    name: str, vector: Vector, origin: str, *, asynchronous: bool = False
) -> Any:
    """Run a vector's operation with the generated client against the simulator."""
    spec = provider(name)
    operation = next(each for each in spec.operations if each.id == vector.operation)
    module = import_module(f"telecoms.{name}")
    home = (
        import_module(f"telecoms.{name}.{operation.product}")
        if operation.product
        else module
    )

    def find(kind: str) -> Any:
        return getattr(home, kind, None) or getattr(module, kind)

    arguments = typed_arguments(spec, operation, vector.arguments, find)
    given = options(name, origin, vector)
    if asynchronous:
        return asyncio.run(_perform(module, operation, given, arguments))
    with module.Client(**given) as client:
        return method(client, operation)(**arguments)


async def _perform(
    module: Any, operation: Operation, given: dict[str, Any], arguments: dict[str, Any]
) -> Any:
    async with module.AsyncClient(**given) as client:
        result = method(client, operation)(**arguments)
        return await result if inspect.isawaitable(result) else result


def method(client: Any, operation: Operation) -> Any:
    holder = getattr(client, operation.product) if operation.product else client
    return getattr(holder, operation.name)
