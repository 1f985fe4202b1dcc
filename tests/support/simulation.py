"""The simulator in tests: loaded once, with a clock that a test may stop."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wirebook.load import load
from wirebook.model import Provider, Vector
from wirebook.simulate.simulator import Simulator, utc_now
from wirebook.simulate.snippets import base_url
from wirebook.simulate.world import Settings
from wirebook.trial import still
from wirebook.trial.package import Trial

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


def options(trial: Trial, origin: str, vector: Vector) -> dict[str, Any]:
    """What a client needs to talk to the simulator as a vector does."""
    chosen: dict[str, Any] = dict(vector.client)
    spec = trial.provider
    path = base_url(spec, origin)
    if "server" in chosen:
        path = server_url(spec, origin, chosen["server"])
    return chosen | {
        "base_url": path,
        "clock": still.clock(trial, vector.at),
        "random": still.chance(trial, vector.nonce),
        "retries": 0,
    }


def server_url(spec: Provider, origin: str, key: str) -> str:
    server = next(each for each in spec.servers if each.key == key)
    return f"{origin}/{spec.id}{urlsplit(server.url).path.rstrip('/')}"


def perform(
    name: str, vector: Vector, origin: str, *, asynchronous: bool = False
) -> Any:
    """Run a vector's operation with the generated client against the simulator."""
    trial = Trial(provider(name), "telecoms")
    operation = trial.provider.operation(vector.operation)
    arguments = trial.typed(operation, vector.arguments)
    return trial.call(
        operation, options(trial, origin, vector), arguments, asynchronous
    )
