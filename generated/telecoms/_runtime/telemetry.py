"""Traces of calls, for OpenTelemetry.

    client = aisix.Client(hooks=Tracing())

Needs the `opentelemetry-api` package. Each attempt is one client span, named after its
operation and a child of whatever span is current. Spans hold what events hold: no
secret, parameter, text or query, and of errors only the class and the facts. Generic
instrumentation of HTTP libraries is not so careful: it writes whole URLs down.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .errors import Error
from .events import Attempt, Failed, Hooks, Replied, Retrying, Succeeded, Warned

if TYPE_CHECKING:
    from opentelemetry.trace import Span, TracerProvider


class Tracing(Hooks):
    """Hooks that write spans; clients and threads may share one.

    provider: of tracers; the global one if not given.
    """

    def __init__(self, provider: TracerProvider | None = None) -> None:
        # Loaded by those who use it only: it is an extra.
        from opentelemetry import trace

        self._trace = trace
        self._tracer = trace.get_tracer("wirebook", tracer_provider=provider)
        self._spans: dict[tuple[str, int], Span] = {}
        self._lock = threading.Lock()

    def on_attempt(self, event: Attempt) -> None:
        parts = urlsplit(event.url)
        facts: dict[str, str | int] = {
            "wirebook.operation": event.operation,
            "wirebook.does": event.does.value,
            "wirebook.call": event.call,
            "wirebook.attempt": event.number,
            "http.request.method": event.method,
            "server.address": parts.hostname or "",
            "url.scheme": parts.scheme,
            "url.template": parts.path,
        }
        if parts.port is not None:
            facts["server.port"] = parts.port
        if event.number > 1:
            facts["http.request.resend_count"] = event.number - 1
        span = self._tracer.start_span(
            event.operation, kind=self._trace.SpanKind.CLIENT, attributes=facts
        )
        with self._lock:
            self._spans[event.call, event.number] = span

    def on_reply(self, event: Replied) -> None:
        span = self._spans.get((event.attempt.call, event.attempt.number))
        if span is not None:
            span.set_attribute("http.response.status_code", event.http_status)
            span.set_attribute("http.response.body.size", event.size)

    def on_warning(self, event: Warned) -> None:
        span = self._spans.get((event.attempt.call, event.attempt.number))
        if span is not None:
            facts = {"wirebook.reason": event.reason, "wirebook.detail": event.detail}
            span.add_event("wirebook.warning", facts)

    def on_retry(self, event: Retrying) -> None:
        span = self._taken(event.attempt)
        if span is not None:
            span.add_event(
                "wirebook.retry",
                {"wirebook.delay": event.delay, "wirebook.budget": event.budget},
            )
            self._fail(span, event.error)

    def on_failure(self, event: Failed) -> None:
        span = self._taken(event.attempt)
        if span is None:
            # Nothing was tried, or the last attempt has its span already.
            span = self._tracer.start_span(
                event.operation,
                kind=self._trace.SpanKind.CLIENT,
                attributes={
                    "wirebook.operation": event.operation,
                    "wirebook.does": event.does.value,
                    "wirebook.call": event.call,
                },
            )
        span.set_attribute("wirebook.outcome", event.outcome.value)
        self._fail(span, event.error)

    def on_success(self, event: Succeeded) -> None:
        span = self._taken(event.attempt)
        if span is not None:
            span.end()

    def _taken(self, attempt: Attempt | None) -> Span | None:
        if attempt is None:
            return None
        with self._lock:
            return self._spans.pop((attempt.call, attempt.number), None)

    def _fail(self, span: Span, error: BaseException) -> None:
        # Not record_exception: it writes the texts of whatever was raised, and the
        # source lines of its traceback.
        facts: dict[str, Any] = {"error.type": type(error).__name__}
        if isinstance(error, Error):
            facts["wirebook.outcome"] = error.outcome.value
            facts["wirebook.submitted"] = error.submitted.value
            facts["wirebook.reason"] = error.reason
        span.set_attributes(facts)
        span.set_status(self._trace.Status(self._trace.StatusCode.ERROR))
        span.end()
