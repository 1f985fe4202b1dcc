"""Faults drawn at random against every operation of every provider of this repository.

Five things hold whatever happens: at most one submission is delivered, what is said
about it agrees with what the server has seen, nothing that was sent is shown, no
connection stays open, and the deadline is kept.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telecoms._runtime import errors
from telecoms._runtime.status import Outcome, Submitted
from tests.support.fault_server import (
    Close,
    Drip,
    FaultServer,
    HalfClose,
    Hang,
    Reset,
    Script,
    fault_server,
    reply,
)
from tests.support.sinks import hunt, sinks
from tests.support.specimen import modes
from tests.support.vectors import answer_of
from wirebook.load import load
from wirebook.model import Field, FieldType, Operation, Provider, Vector
from wirebook.trial import still
from wirebook.trial.package import Trial, method

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 0.4


@cache
def subjects() -> dict[str, tuple[Provider, Operation, Vector]]:
    """For each operation a vector whose request is sent, by name."""
    found: dict[str, tuple[Provider, Operation, Vector]] = {}
    for provider in load(ROOT / "specs", ROOT).providers:
        # Those that are answered well come first.
        for vector in sorted(provider.vectors, key=lambda one: one.raises is not None):
            name = f"{provider.id}.{vector.operation}"
            answered = vector.reply is not None and vector.request is not None
            if answered and name not in found and ":" not in name:
                operation = provider.operation(vector.operation)
                found[name] = provider, operation, vector
    return found


class Subject:
    """One operation with arguments, ready to be called by either client."""

    def __init__(self, name: str) -> None:
        self.provider, self.operation, self.vector = subjects()[name]
        self.trial = Trial(self.provider, "telecoms")
        self.arguments = self.trial.typed(self.operation, self.vector.arguments)
        answer = answer_of(self.vector)
        headers = [f"{name}: {value}" for name, value in answer.headers]
        self.answer = reply(answer.body, answer.http, *headers)
        self.reads = self.operation.does == "reads"

    @property
    def canaries(self) -> list[str]:
        """Secrets, texts and numbers that are sent."""
        secret = {one.name for one in self.provider.credentials if one.secret}
        given = {**self.vector.client, **self.vector.arguments}
        found = [str(value) for name, value in given.items() if name in secret]
        for field in self.operation.parameters:
            found += hidden(field, self.vector.arguments.get(field.name))
        return found

    def echo(self) -> bytes:
        """A page that repeats the request."""
        return reply(f"<html>{' '.join(self.canaries)}</html>".encode(), 502)

    def call(self, mode: str, url: str) -> tuple[Any, errors.Error | None]:
        options: dict[str, Any] = {**self.vector.client, "base_url": url}
        options |= {
            "timeout": TIMEOUT,
            "clock": still.clock(self.trial, self.vector.at),
        }
        if mode == "sync":
            with self.trial.module.Client(**options) as client:
                try:
                    return method(client, self.operation)(**self.arguments), None
                except errors.Error as error:
                    return None, error
        return asyncio.run(self.call_async(options))

    async def call_async(
        self, options: dict[str, Any]
    ) -> tuple[Any, errors.Error | None]:
        async with self.trial.module.AsyncClient(**options) as client:
            try:
                return await method(client, self.operation)(**self.arguments), None
            except errors.Error as error:
                return None, error


def hidden(field: Field, value: Any) -> Iterator[str]:
    kinds = (FieldType.PHONE, FieldType.TEXT, FieldType.EMAIL)
    if value is None or not (field.pii or field.secret or field.type in kinds):
        return
    for text in value if isinstance(value, (list, tuple)) else [value]:
        # Shorter ones stand in ordinary words; masked samples are shown as they are.
        if isinstance(text, str) and len(text) > 6 and "*" not in text:
            yield text


def check(subject: Subject, server: FaultServer, found: Any, error: Any) -> None:
    """What is said agrees with what the server has seen."""
    if not subject.reads:
        assert server.received <= 1
    if error is None:
        assert server.received >= 1
        return
    if subject.reads:
        assert error.submitted is Submitted.NO
    elif error.outcome is Outcome.NOT_SENT:
        assert server.received == 0
    elif isinstance(error, errors.OutcomeUnknown):
        assert error.submitted is Submitted.MAYBE
        assert error.retry_safe is False
    assert error.operation == f"{subject.provider.id}.{subject.operation.id}"
    hunt(subject.canaries, *sinks(error))


def no_connection_left(server: FaultServer) -> bool:
    end = time.monotonic() + 2
    while server.open and time.monotonic() < end:
        time.sleep(0.002)
    return server.open == 0


@pytest.mark.parametrize("name", sorted(subjects()))
@modes
def test_a_page_that_repeats_the_request(
    mode: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    subject = Subject(name)
    caplog.set_level(logging.DEBUG)
    with fault_server([subject.echo()]) as server:
        found, error = subject.call(mode, server.url)
        assert no_connection_left(server)
    assert error is not None
    check(subject, server, found, error)
    hunt(subject.canaries, caplog.text)


def script(subject: Subject, kind: str, cut: float) -> Script:
    whole = subject.answer
    part = whole[: int(len(whole) * cut)]
    scripts: dict[str, Script] = {
        "answer": [whole],
        "reset": [Reset()],
        "closed": [Close()],
        "half-closed": [HalfClose(), Hang()],
        "silent": [Hang()],
        "cut": [part, Close()],
        "cut and reset": [part, Reset()],
        "cut and silent": [part, Hang()],
        "slow": [Drip(whole, 0.02)],
        "twice": [whole + whole],
        "garbage": [b"\x00\xff" * 20, Close()],
        "echo": [subject.echo()],
        "empty": [reply()],
    }
    return scripts[kind]


KINDS = (
    *("answer", "answer", "reset", "closed", "half-closed", "silent", "cut"),
    *("cut and reset", "cut and silent", "slow", "twice", "garbage", "echo", "empty"),
)


def play(mode: str, name: str, kinds: list[str], cut: float) -> None:
    subject = Subject(name)
    scripts = [script(subject, kind, cut) for kind in kinds]
    with fault_server(*scripts) as server:
        started = time.monotonic()
        found, error = subject.call(mode, server.url)
        took = time.monotonic() - started
        assert no_connection_left(server)
        check(subject, server, found, error)
    # A busy machine is late by itself; a deadline that is not kept takes seconds.
    assert took < TIMEOUT + 2


drawn = given(
    name=st.sampled_from(sorted(subjects())),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    cut=st.floats(0, 0.99),
)
some = settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
many = settings(some, max_examples=120)


@modes
@some
@drawn
def test_whatever_happens(mode: str, name: str, kinds: list[str], cut: float) -> None:
    play(mode, name, kinds, cut)


@pytest.mark.slow
@modes
@many
@drawn
def test_whatever_happens_for_long(
    mode: str, name: str, kinds: list[str], cut: float
) -> None:
    play(mode, name, kinds, cut)
