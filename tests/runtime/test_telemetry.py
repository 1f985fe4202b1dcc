"""Spans of calls: whole, true, and without anything that a caller has sent."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.support.fault_server import Hang, Reset, Script, fault_server, reply
from tests.support.specimen import (
    CANARIES,
    NO_WAIT,
    OK,
    SECRET,
    TEXT,
    AsyncClient,
    StillClock,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does
from wirebook.runtime.telemetry import Tracing

ECHO = f'{{"status": -1, "message": "{SECRET} {TEXT} 4917612345678"}}'.encode()


class Recorder:
    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.provider = TracerProvider()
        self.provider.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.hooks = Tracing(self.provider)

    @property
    def spans(self) -> Sequence[ReadableSpan]:
        return self.exporter.get_finished_spans()

    @property
    def shown(self) -> str:
        return "\n".join(str(span.to_json()) for span in self.spans)


def traced(mode: str, does: Does, *scripts: Script, **options: Any) -> Recorder:
    recorder = Recorder()
    made = call(operation(does, retry=NO_WAIT, timeout=0.5))
    options |= {"hooks": recorder.hooks, "clock": StillClock()}
    with fault_server(*scripts) as server:
        perform(mode, server.url, made, **options)
    # Nothing is kept of calls that have ended.
    assert recorder.hooks._spans == {}
    return recorder


@modes
def test_each_attempt_is_a_span(mode: str) -> None:
    recorder = traced(mode, Does.READS, [Reset()], [OK])
    first, second = recorder.spans
    one, two = dict(first.attributes or {}), dict(second.attributes or {})
    assert first.name == second.name == "specimen.reads"
    assert first.kind is second.kind is trace.SpanKind.CLIENT
    assert not first.status.is_ok
    assert one["error.type"] == "OutcomeUnknown"
    assert one["wirebook.reason"] == "reset"
    assert [event.name for event in first.events] == ["wirebook.retry"]
    assert second.status.status_code is trace.StatusCode.UNSET
    assert two["http.response.status_code"] == 200
    assert two["http.request.resend_count"] == 1
    assert two["url.template"] == "/do"
    assert two["server.address"] == "127.0.0.1"
    assert one["wirebook.call"] == two["wirebook.call"] != ""


@modes
@pytest.mark.parametrize(
    ("script", "kind", "outcome"),
    [
        pytest.param([Hang()], "ReplyTimeout", "unknown", id="lost"),
        pytest.param([reply(ECHO)], "RateLimitedError", "rejected", id="refused"),
        pytest.param([reply(ECHO, 500)], "RateLimitedError", "rejected", id="http"),
    ],
)
def test_a_failure_is_told_without_its_words(
    mode: str, script: Script, kind: str, outcome: str
) -> None:
    recorder = traced(mode, Does.SUBMITS, script, retries=0)
    [span] = recorder.spans
    facts = dict(span.attributes or {})
    assert (facts["error.type"], facts["wirebook.outcome"]) == (kind, outcome)
    assert span.status.status_code is trace.StatusCode.ERROR
    assert span.status.description is None
    assert span.events == ()


@modes
@pytest.mark.parametrize(
    "script",
    [[OK], [Reset()], [reply(ECHO)], [reply(ECHO, 503)]],
    ids=["fine", "reset", "refused", "unavailable"],
)
def test_no_span_shows_what_was_sent(mode: str, script: Script) -> None:
    recorder = traced(mode, Does.SUBMITS, script)
    assert recorder.spans
    for canary in (*CANARIES, "CANARYsecret", "canary words"):
        assert canary not in recorder.shown


def test_a_cancelled_call_ends_its_span() -> None:
    recorder = Recorder()

    async def main(url: str) -> None:
        async with AsyncClient(
            credentials(), Server(url), hooks=recorder.hooks
        ) as client:
            made = call(operation(Does.SUBMITS))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await client.perform(made)

    with fault_server([Hang()]) as server:
        asyncio.run(main(server.url))
    [span] = recorder.spans
    facts = dict(span.attributes or {})
    assert facts["error.type"] == "CancelledError"
    assert facts["wirebook.outcome"] == "unknown"


@modes
def test_spans_belong_to_the_span_around_the_call(mode: str) -> None:
    recorder = Recorder()
    tracer = recorder.provider.get_tracer("test")
    with (
        fault_server([OK]) as server,
        tracer.start_as_current_span("around") as around,
    ):
        made = call(operation(Does.READS))
        perform(mode, server.url, made, hooks=recorder.hooks)
    inner = recorder.spans[0]
    assert inner.parent is not None
    assert inner.parent.span_id == around.get_span_context().span_id


def test_the_library_is_loaded_by_those_who_trace() -> None:
    program = (
        "import sys, wirebook.runtime.telemetry as t\n"
        "assert not any(name.startswith('opentelemetry') for name in sys.modules)\n"
        "t.Tracing()\n"
        "assert 'opentelemetry.trace' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
