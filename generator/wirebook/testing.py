"""A pytest plugin: providers on this machine, and assertions on what was sent.

    def test_welcome(simulator):
        client = aisix.Client(**simulator.client("aisix"))
        welcome(client, "18100002707")
        assert "welcome" in simulator.inbox("aisix").one(recipient="181*").text

The server starts once for a test run, in a thread of its own, so synchronous and
asynchronous clients talk to it alike; every test finds it empty.  Needs the extra
`simulator`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from wirebook.model import Provider
    from wirebook.simulate.scenario import Scenario
    from wirebook.simulate.server import Running
    from wirebook.simulate.state import Exchange, Message

__all__ = ["Inbox", "Simulation", "simulator"]

STEP = 0.01
"""Seconds between two looks of a test that waits."""


class Inbox:
    """The messages that one provider took, refused or received, oldest first.

    What is matched are attributes of a message (recipient, text, sender, state,
    operation, id, …); texts may hold `*` and `?`, or `…` for any text.
    """

    def __init__(self, simulation: Simulation, provider: str) -> None:
        self._simulation = simulation
        self._provider = provider

    def __iter__(self) -> Iterator[Message]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())

    def all(self, **wanted: Any) -> list[Message]:
        """The messages that match; refused ones too."""
        return [
            message
            for message in self._simulation.messages()
            if message.provider == self._provider and _matches(message, wanted)
        ]

    def one(self, **wanted: Any) -> Message:
        """The one message that matches.  AssertionError where there are none or more."""
        found = self.all(**wanted)
        if len(found) == 1:
            return found[0]
        said = ", ".join(f"{name}={value!r}" for name, value in wanted.items())
        there = (
            "\n".join(f"  {_told(message)}" for message in self.all()) or "  nothing"
        )
        raise AssertionError(
            f"{len(found)} messages to {self._provider} match {said or 'anything'}, "
            f"expected one; there is\n{there}"
        )

    def empty(self) -> bool:
        """Whether no message came at all."""
        return not self.all()

    def wait(self, timeout: float = 5.0, **wanted: Any) -> Message:
        """The one message that matches, once it is there; seconds."""
        end = time.monotonic() + timeout
        while not self.all(**wanted) and time.monotonic() < end:
            time.sleep(STEP)
        return self.one(**wanted)

    async def wait_async(self, timeout: float = 5.0, **wanted: Any) -> Message:
        """As `wait`, without blocking the event loop."""
        end = time.monotonic() + timeout
        while not self.all(**wanted) and time.monotonic() < end:
            await asyncio.sleep(STEP)
        return self.one(**wanted)


class Simulation:
    """What a test may do with the simulator."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._simulator = running.simulator
        self._ahead = timedelta(0)

    @property
    def url(self) -> str:
        """The address of the inbox."""
        return self._running.url

    def base_url(self, provider: str) -> str:
        """What a client of the provider takes as `base_url`."""
        from wirebook.simulate.snippets import base_url

        return base_url(self._simulator.gateway(provider).provider, self.url)

    def client(self, provider: str) -> dict[str, Any]:
        """The arguments of a client that talks to the simulator."""
        from wirebook.simulate.snippets import client_arguments

        spec = self._simulator.gateway(provider).provider
        account = self._simulator.state.accounts[provider]
        return client_arguments(spec, account, self.url)

    def inbox(self, provider: str) -> Inbox:
        self._simulator.gateway(provider)
        return Inbox(self, provider)

    def messages(self) -> list[Message]:
        """All messages of all providers, oldest first."""
        with self._simulator.lock:
            self._simulator.tick()
            return list(self._simulator.state.messages.values())

    def calls(self, provider: str = "") -> list[Exchange]:
        """Requests and answers, secrets masked, with why they were refused."""
        with self._simulator.lock:
            return [
                each
                for each in self._simulator.state.exchanges
                if provider in ("", each.provider)
            ]

    def force(self, provider: str = "", **scenario: Any) -> Scenario:
        """Let something go wrong (see `wirebook.simulate.scenario.Scenario`).

        `simulator.force("aisix", status="BALANCE_TOO_LOW", times=1)`
        """
        return self._simulator.force(provider=provider, **scenario)

    def relax(self) -> None:
        """Let everything go well again."""
        self._simulator.scenarios.clear()

    def reply(self, message: Message, text: str) -> Message:
        """Answer a message as the phone that got it."""
        return self._simulator.reply(message, text)

    def deliver(self, message: Message, state: str = "delivered") -> None:
        """Bring a message to its end: delivered, failed, expired or rejected."""
        self._simulator.deliver(message, state)

    def advance(self, seconds: float) -> None:
        """Let time pass: scheduled messages leave, messages are delivered."""
        self._ahead += timedelta(seconds=seconds)
        self._simulator.tick()

    def callback(self, provider: str, url: str, name: str = "*") -> None:
        """Push delivery reports and replies to this address."""
        self._simulator.gateway(provider)
        self._simulator.state.accounts[provider].callbacks[name] = url

    def balance(self, provider: str, amount: Decimal | str | None = None) -> Decimal:
        """What the account has left, after setting it where an amount is given."""
        self._simulator.gateway(provider)
        account = self._simulator.state.accounts[provider]
        if amount is not None:
            account.balance = Decimal(amount)
        return account.balance

    def now(self) -> datetime:
        """The simulator's time."""
        from wirebook.simulate.simulator import utc_now

        return utc_now() + self._ahead

    def reset(self) -> None:
        """Forget everything, credentials that were changed included."""
        self._ahead = timedelta(0)
        self._simulator.reset()
        self._simulator.state.accounts.clear()
        for gateway in self._simulator.gateways.values():
            gateway.open_account()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "wirebook_specs",
        "folder of the specs that `simulator` simulates; [tool.wirebook] if not given",
        default="",
    )


@pytest.fixture(scope="session")
def _simulation(request: pytest.FixtureRequest) -> Iterator[Simulation]:
    pytest.importorskip("uvicorn", reason="needs wirebook[simulator]")
    from wirebook.simulate.server import Running
    from wirebook.simulate.simulator import Simulator

    specs: str = request.config.getini("wirebook_specs")
    with Running(
        Simulator((), loader=_loader(request.config.rootpath, specs))
    ) as running:
        simulation = Simulation(running)
        running.simulator.clock = simulation.now
        yield simulation


@pytest.fixture
def simulator(_simulation: Simulation) -> Iterator[Simulation]:
    """The simulator of all providers, empty at the beginning of each test."""
    _simulation.reset()
    yield _simulation
    _simulation.reset()


def _loader(root: Path, specs: str) -> Callable[[str], Provider | None]:
    """Loads a provider when a test first asks for it.

    The schema and the rules are the business of `wirebook lint`: without them it
    takes a fraction of the time.
    """

    def load(name: str) -> Provider | None:
        from wirebook.config import load as configuration
        from wirebook.simulate.loading import quickly

        folder = root / specs if specs else configuration(root).specs
        return quickly(folder / name, root)

    return load


def _matches(message: Message, wanted: dict[str, Any]) -> bool:
    for name, value in wanted.items():
        found = getattr(message, name)
        if isinstance(value, str) and isinstance(found, str):
            if found != value and not fnmatchcase(found, value.replace("…", "*")):
                return False
        elif found != value:
            return False
    return True


def _told(message: Message) -> str:
    text = message.text if len(message.text) < 60 else message.text[:59] + "…"
    return f"{message.state} {message.operation} {message.recipient}: {text!r}"
