"""Whatever happens on the wire: what is said about a call is true."""

from __future__ import annotations

import asyncio
import pickle
import threading
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.notes import Notes
from tests.support.specimen import (
    CANARIES,
    HTTP,
    SECRET,
    TEXT,
    AsyncClient,
    Client,
    Fixed,
    StillClock,
    call,
    credentials,
    modes,
    operation,
)
from wirebook.runtime import errors
from wirebook.runtime.limiter import Rate
from wirebook.runtime.retry import Budget, RetryPolicy
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Outcome, Submitted
from wirebook.runtime.transport import Kind, Response, Timeouts, TransportProblem

ECHO = f"<html>{SECRET} {TEXT} 4917612345678</html>".encode()


@dataclass(frozen=True)
class Event:
    """What becomes of one exchange, and what the provider does with it."""

    delivered: bool
    processed: bool
    answer: Response | TransportProblem
    seconds: float = 0.1


def status(code: str, http: int, words: str = "") -> Response:
    body = f'{{"status": {code}, "id": "7", "message": "{words}"}}'
    return Response(http, (("Date", "Sat, 21 Nov 2026 10:00:00 GMT"),), body.encode())


seconds = st.sampled_from([0.0, 0.1, 3.0, 40.0])
https = st.sampled_from([200, 200, 200, 403, 429, 500, 503])

unsent = st.builds(
    lambda kind, seconds: Event(
        False, False, TransportProblem(kind, "detail", written=False), seconds
    ),
    st.sampled_from(list(Kind)),
    seconds,
)
lost = st.builds(
    lambda kind, delivered, processed, seconds: Event(
        delivered,
        delivered and processed,
        TransportProblem(kind, "detail", written=True, received=ECHO),
        seconds,
    ),
    st.sampled_from(list(Kind)),
    st.booleans(),
    st.booleans(),
    seconds,
)
accepted = st.builds(
    lambda http, seconds: Event(True, True, status("0", http), seconds),
    https,
    seconds,
)
refused = st.builds(
    lambda code, http, seconds: Event(True, False, status(code, http), seconds),
    st.sampled_from(["-1", "-2", "-4", "-5", "-6", "-8"]),
    https,
    seconds,
)
undecided = st.builds(
    lambda code, http, processed: Event(True, processed, status(code, http, SECRET)),
    st.sampled_from(["-3", "-99", '"what"', "true", "null", "0.0", "1e400"]),
    # 429 proves that nothing happened, by the table of this provider.
    st.sampled_from([200, 403, 500]),
    st.booleans(),
)
done = st.just(Event(True, True, status("-9", 200)))
garbage = st.builds(
    lambda body, http, processed: Event(True, processed, Response(http, (), body)),
    st.sampled_from([b"", ECHO, b"{}", b"[", b"\xff", b'{"status": 0}']),
    st.sampled_from([200, 204, 403, 500, 503]),
    st.booleans(),
)
events = st.one_of(unsent, lost, accepted, refused, undecided, done, garbage)


class Virtual(StillClock):
    """No real time at all: a busy machine must not look like a late client."""

    def monotonic(self) -> float:
        return self.shift


class Provider:
    """A transport that plays the events, and knows what really happened."""

    def __init__(self, script: list[Event], clock: StillClock) -> None:
        self.script = script
        self.clock = clock
        self.delivered = 0
        self.processed = 0
        self.limits: list[float] = []

    def send(self, request: Any, *, timeouts: Timeouts, max_bytes: int) -> Response:
        index = min(len(self.limits), len(self.script) - 1)
        self.limits.append(timeouts.total)
        event = self.script[index]
        self.clock.shift += min(event.seconds, timeouts.total)
        self.delivered += event.delivered
        self.processed += event.processed
        if isinstance(event.answer, TransportProblem):
            raise event.answer
        return event.answer

    def close(self) -> None:
        pass


class AsyncProvider(Provider):
    async def send(  # type: ignore[override] # the asynchronous port
        self, request: Any, *, timeouts: Timeouts, max_bytes: int
    ) -> Response:
        await asyncio.sleep(0)
        return super().send(request, timeouts=timeouts, max_bytes=max_bytes)

    async def close(self) -> None:  # type: ignore[override] # likewise
        pass


@modes
@settings(max_examples=150, deadline=None)
@given(
    script=st.lists(events, min_size=1, max_size=6),
    does=st.sampled_from([Does.SUBMITS, Does.CHANGES]),
    attempts=st.integers(1, 6),
    part=st.sampled_from([0.0, 0.5, 0.999]),
    http=st.booleans(),
    rate=st.booleans(),
)
@example(
    script=[Event(True, False, status("-4", 200))],
    does=Does.SUBMITS,
    attempts=1,
    part=0.0,
    http=False,
    rate=False,
)
def test_what_is_said_about_a_submission_is_true(
    mode: str,
    script: list[Event],
    does: Does,
    attempts: int,
    part: float,
    http: bool,
    rate: bool,
) -> None:
    clock = Virtual()
    kind = Provider if mode == "sync" else AsyncProvider
    provider = kind(script, clock)
    notes = Notes()
    send = call(
        operation(
            does,
            timeout=30.0,
            retry=RetryPolicy(attempts, 0.5, 20),
            http_table=HTTP if http else None,
            rate=Rate("specimen", 5) if rate else None,
        )
    )
    options: dict[str, Any] = {
        "transport": provider,
        "clock": clock,
        "random": Fixed(part),
        "hooks": notes,
        "budget": Budget(40),
    }
    started = clock.monotonic()
    outcome = perform(mode, send, options)
    took = clock.monotonic() - started

    assert took <= 30.0 + 0.05
    assert all(0 < limit <= 30.0 for limit in provider.limits)
    assert provider.processed <= 1
    if not isinstance(outcome, errors.Error):
        assert outcome == "7"
        assert provider.processed == 1
    else:
        if outcome.submitted is Submitted.NO:
            assert provider.processed == 0
        if outcome.submitted is Submitted.YES:
            assert provider.processed == 1
        if outcome.outcome is Outcome.NOT_SENT and len(provider.limits) == 1:
            assert provider.delivered == 0
        if outcome.retry_safe:
            assert outcome.submitted is Submitted.NO
        assert outcome.attempts == len(provider.limits) or outcome.reason == "limiter"
        seen = f"{outcome} {outcome!r} {vars(outcome)!r} {pickle.dumps(outcome)!r}"
        assert not any(canary in seen for canary in CANARIES)
    assert not any(canary in repr(notes.heard) for canary in CANARIES)


def perform(mode: str, send: Any, options: dict[str, Any]) -> Any:
    server = Server("http://127.0.0.1:9")
    try:
        if mode == "sync":
            with Client(credentials(), server, **options) as client:
                return client.perform(send)

        async def main() -> Any:
            async with AsyncClient(credentials(), server, **options) as client:
                return await client.perform(send)

        return asyncio.run(main())
    except errors.Error as error:
        return error


def test_the_budget_is_shared_by_threads() -> None:
    """While a provider is down, many callers together repeat little."""
    budget = Budget(140)
    clock = StillClock()
    down = TransportProblem(Kind.CONNECT, "refused", written=False)
    provider = Provider([Event(False, False, down, 0.0)], clock)
    options: dict[str, Any] = {"transport": provider, "clock": clock}
    with Client(
        credentials(), Server("http://127.0.0.1:9"), budget=budget, **options
    ) as client:

        def work() -> None:
            for _ in range(25):
                with pytest.raises(errors.NotSent):
                    client.perform(call(operation(Does.SUBMITS, timeout=1e4)))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(provider.limits) == 100 + 140 // 14
