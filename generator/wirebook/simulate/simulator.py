"""All providers behind one address, and what they share: time, state, scenarios."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from wirebook.model import Provider

from .exchange import Incoming, Outgoing
from .gateway import Gateway, Verdict
from .masking import Mask
from .scenario import Scenario, Scenarios, scenario
from .state import NEVER, Exchange, Message, State, secrets_of
from .told import Told
from .world import Settings

LONGEST_SHOWN = 64 * 1024
"""Characters of a body that the inbox keeps."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Simulator:
    """Answers requests to `/<provider>/…`, or to a provider's own paths.

    It does no I/O: a server hands it requests, a test may do so too.
    """

    def __init__(
        self,
        providers: Iterable[Provider],
        settings: Settings | None = None,
        *,
        state: State | None = None,
        clock: Callable[[], datetime] = utc_now,
        loader: Callable[[str], Provider | None] | None = None,
    ) -> None:
        self.lock = RLock()
        """Held while anything changes: a test looks from another thread."""
        self._loader = loader
        self.settings = settings or Settings()
        self.state = state or State()
        self.clock = clock
        self.scenarios = Scenarios(self.settings.seed)
        self.gateways: dict[str, Gateway] = {}
        self._secret_names: set[str] = set()
        self._told: dict[str, Told] = {}
        for each in providers:
            self.add(each)
        self._answers: deque[Outgoing] = deque()
        self._secrets: set[str] = set()
        self._mask = Mask(())

    def add(self, provider: Provider) -> Gateway:
        """Simulate one more provider."""
        gateway = Gateway(provider, self.state, self.scenarios, self.settings)
        self.gateways[provider.id] = gateway
        self._told[provider.id] = Told(provider)
        self._secret_names |= {c.name for c in provider.credentials if c.secret}
        return gateway

    def handle(self, incoming: Incoming) -> Outgoing:
        """Answer one request, and keep it for the inbox."""
        with self.lock:
            return self._handle(incoming)

    def _handle(self, incoming: Incoming) -> Outgoing:
        began = time.perf_counter()
        now = self.clock()
        self.tick(now)
        number = self.state.next_exchange()
        gateway, path = self._gateway(incoming)
        if gateway is None:
            known = ", ".join(f"/{name}" for name in self.gateways)
            verdict = Verdict(
                Outgoing(
                    404,
                    (("Content-Type", "text/plain; charset=utf-8"),),
                    f"No provider here; there are {known}\n".encode(),
                ),
                why=[f"no provider has {incoming.method} {incoming.path}"],
            )
        else:
            verdict = gateway.handle(incoming, path, now, number)
            if self._answers:
                verdict.outgoing = self._answers.popleft()
        self._record(
            incoming, verdict, gateway, number, now, time.perf_counter() - began
        )
        return verdict.outgoing

    def tick(self, now: datetime | None = None) -> None:
        """Let what is due happen."""
        with self.lock:
            self.state.advance(now or self.clock(), self.settings.delay)

    def _gateway(self, incoming: Incoming) -> tuple[Gateway | None, str]:
        first, slash, rest = incoming.path[1:].partition("/")
        known = self._known(first)
        if known is not None:
            return known, slash + rest
        # A client that can only be told another host calls the provider's own paths.
        for gateway in self.gateways.values():
            if gateway.knows(incoming, incoming.path):
                return gateway, incoming.path
        return None, incoming.path

    def _record(
        self,
        incoming: Incoming,
        verdict: Verdict,
        gateway: Gateway | None,
        number: int,
        now: datetime,
        seconds: float,
    ) -> None:
        mask = self.mask
        told = self._told[gateway.provider.id](incoming) if gateway else set[str]()
        if not told <= self._secrets:
            mask = Mask(self._secrets | told)
        self.state.exchanges.append(
            Exchange(
                number,
                now,
                gateway.provider.id if gateway else "",
                verdict.operation,
                incoming.method,
                mask(incoming.target),
                tuple((name, mask(value)) for name, value in incoming.headers),
                shown(incoming.body, mask),
                verdict.outgoing.http,
                verdict.outgoing.headers,
                shown(verdict.outgoing.body, mask),
                verdict.status,
                verdict.words,
                tuple(verdict.why),
                seconds,
            )
        )
        self.state.version += 1

    @property
    def mask(self) -> Mask:
        """Replaces every secret credential, those of before a change too."""
        secrets = secrets_of(self.state.accounts, self._secret_names)
        if not secrets <= self._secrets:
            self._secrets |= secrets
            self._mask = Mask(self._secrets)
        return self._mask

    # What people do.

    def force(self, **values: Any) -> Scenario:
        """Put a scenario in force (see `Scenario`).  Raises ScenarioError."""
        rule = scenario(values)
        if rule.provider and rule.provider not in self.gateways:
            self.gateway(rule.provider)
        return self.scenarios.add(rule)

    def answer_next(self, outgoing: Outgoing) -> None:
        """Give this very answer to the next call that no other one waits for."""
        self._answers.append(outgoing)

    def gateway(self, provider: str) -> Gateway:
        """The gateway of a provider.  Raises KeyError with the known ones."""
        found = self._known(provider)
        if found is None:
            known = ", ".join(self.gateways) or "none"
            raise KeyError(f"no provider {provider!r} is simulated; {known} are")
        return found

    def _known(self, name: str) -> Gateway | None:
        found = self.gateways.get(name)
        if found is None and self._loader is not None and name.isidentifier():
            with self.lock:
                provider = self._loader(name)
                found = self.add(provider) if provider is not None else None
        return found

    def reply(self, message: Message, text: str) -> Message:
        """Answer a message as the phone that got it."""
        now = self.clock()
        gateway = self.gateway(message.provider)
        answer = Message(
            number=self.state.next_number(),
            provider=message.provider,
            product=message.product,
            operation=message.operation,
            direction="in",
            id=gateway.world.identifiers.like(message.id),
            recipient=message.sender,
            sender=message.recipient,
            text=text,
            state="received",
            created=now,
            due=NEVER,
            done=now,
            arguments={
                name: value
                for name, value in message.arguments.items()
                if name in ("app_id",)
            },
            answers=message.id,
        )
        with self.lock:
            self.state.add(answer)
            self.state.finished.append(answer)
        return answer

    def deliver(self, message: Message, state: str = "delivered") -> None:
        """Bring a message to its end now."""
        with self.lock:
            self.state.finish(message, state, self.clock())

    def credentials(self, provider: str, values: Mapping[str, str]) -> None:
        """Change what an account's credentials are."""
        account = self.state.accounts[self.gateway(provider).provider.id]
        account.credentials.update(values)

    def reset(self) -> None:
        """Forget messages, exchanges and scenarios."""
        with self.lock:
            self.state.clear()
            self.scenarios.clear()
            self._answers.clear()


def shown(body: bytes, mask: Mask) -> str:
    """A body as text, masked and shortened; what is no text is counted."""
    try:
        text = body[:LONGEST_SHOWN].decode()
    except UnicodeDecodeError:
        return f"({len(body)} bytes)"
    return mask(text) + ("…" if len(body) > LONGEST_SHOWN else "")
