"""Secrets, texts and numbers of a caller, searched for in everything that comes out.

Whatever goes wrong, no sink holds one of the canaries: not an error's text, parts,
pickle or traceback with the variables of each frame, not a log, a warning, an event, a
span, nor what the process prints.
"""

from __future__ import annotations

import copy
import io
import logging
import pickle
import pprint
import subprocess
import sys
import traceback
import warnings
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.support.fault_server import (
    Close,
    Hang,
    Reset,
    Script,
    fault_server,
    reply,
)
from tests.support.notes import Notes
from tests.support.specimen import (
    CANARIES,
    NO_WAIT,
    OK,
    PHONE,
    SECRET,
    TEXT,
    Client,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import errors
from wirebook.runtime.draft import Draft
from wirebook.runtime.request import Place
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does
from wirebook.runtime.telemetry import Tracing

HUNTED = (*CANARIES, "CANARYsecret", "canary+words", "canary%20words", "canary words")
ECHO = f"<p>{SECRET} {TEXT} {PHONE} key=CANARYsecret%2F9f3c%2B text=canary+words+of+a+message</p>"
JSON = '{"status": %s, "message": "%s"}'

ENDS: dict[str, Script] = {
    "success": [OK],
    "reset": [Reset()],
    "closed": [Close()],
    "silent": [Hang()],
    "garbage that repeats the request": [ECHO.encode(), Close()],
    "a page that repeats the request": [reply(ECHO.encode())],
    "an error page that repeats it": [reply(ECHO.encode(), 500)],
    "a redirect that repeats it": [
        reply(b"", 302, f"Location: http://x.example/?key={SECRET}")
    ],
    "a refusal that repeats it": [reply((JSON % (-2, ECHO)).encode())],
    "an unknown refusal that repeats it": [reply((JSON % (-77, ECHO)).encode())],
    "a code that repeats it": [reply(f'{{"status": "{SECRET}"}}'.encode())],
    "an undecided refusal that repeats it": [reply((JSON % (-3, ECHO)).encode())],
}


def chain(error: BaseException) -> list[BaseException]:
    found, left = [], [error]
    while left:
        one = left.pop()
        found.append(one)
        left += [part for part in (one.__cause__, one.__context__) if part]
    return found


def sinks(error: BaseException) -> list[str]:
    """All that can be made of an error."""
    found: list[str] = []
    for one in chain(error):
        found += [str(one), repr(one), pprint.pformat(vars(one)), repr(one.args)]
        found += [f"{one}", repr(vars(one)), repr(getattr(one, "__notes__", ""))]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        found.append(repr(pickle.dumps(error, protocol)))
    found.append(repr(vars(copy.copy(error))))
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    left = [report]
    while left:
        part = left.pop()
        left += [one for one in (part.__cause__, part.__context__) if one]
        found.append("".join(part.format_exception_only()))
        for frame in part.stack:
            # The caller's own frames hold what the caller has written there.
            if "/tests/" not in frame.filename:
                found.append(repr(frame.locals))
    return found


def hunt(*texts: str) -> None:
    for text in texts:
        for canary in HUNTED:
            assert canary not in text


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("method", ["POST", "GET"])
@modes
def test_no_sink_holds_a_canary(
    mode: str,
    method: str,
    end: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    notes = Notes()
    with (
        warnings.catch_warnings(record=True) as warned,
        fault_server(ENDS[end], ENDS[end]) as server,
    ):
        warnings.simplefilter("always")
        for does in (Does.SUBMITS, Does.READS):
            made = call(operation(does, retry=NO_WAIT, timeout=0.2), method)
            hooks = [notes, Tracing(provider)]
            found, _ = perform(mode, server.url, made, hooks=hooks)
            assert isinstance(found, errors.Error) is (end != "success")
            hunt(repr(made), repr(made.operation), repr(made.draft))
            if isinstance(found, errors.Error):
                hunt(*sinks(found))
    hunt(repr(notes.heard), pprint.pformat(notes.heard))
    for event in notes.heard:
        hunt(str(event), repr(event._asdict()))
    for span in exporter.get_finished_spans():
        hunt(str(span.to_json()))
    hunt(caplog.text, *[repr(vars(record)) for record in caplog.records])
    hunt(*[str(one.message) for one in warned])
    hunt(*capfd.readouterr())


def test_objects_that_hold_a_canary_do_not_show_it() -> None:
    server = Server("http://127.0.0.1:9")
    with Client(credentials(), server) as client:
        core: Any = client._core
        draft = call(operation(Does.SUBMITS), "GET").draft
        bound = draft.copy()
        bound.bind("http://127.0.0.1:9", {})
        bound.lead(None, "key", credentials().key)
        request = bound.build()
        things = [client, core.account, credentials(), draft, bound, request, server]
        for thing in things:
            hunt(repr(thing), str(thing), f"{thing}", pprint.pformat(thing))
        hunt(request.safe_url)
        with pytest.raises(TypeError):
            pickle.dumps(credentials())
        with pytest.raises(TypeError):
            pickle.dumps(core.account.credentials.key)


def test_arguments_that_are_refused_are_not_quoted() -> None:
    draft = Draft("GET", "/", Place.QUERY)
    with pytest.raises(errors.Error) as caught:
        draft.header("X-Key", f"{SECRET}\r\nX: y")
    error = caught.value
    hunt(str(error), repr(error), repr(vars(error)), repr(pickle.dumps(error)))
    assert "X-Key" in str(error)
    assert chain(error) == [error]


CRASH = """
import sys
from tests.support.notes import Notes
from tests.support.specimen import *
from wirebook.runtime.events import Hooks
client = Client(credentials(), Server(sys.argv[1]))
client.perform(call(operation(Does.SUBMITS, timeout=0.5)))
"""


def test_a_program_that_dies_of_an_error_prints_no_canary() -> None:
    """With the log of every library on, development mode and unclosed clients."""
    program = f"import logging\nlogging.basicConfig(level=1)\n{CRASH}"
    with fault_server([reply(ECHO.encode(), 500)]) as server:
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-c", program, server.url],
            capture_output=True,
            text=True,
            check=False,
        )
        assert server.received == 1
    assert done.returncode == 1
    assert "UnreadableReply" in done.stderr
    hunt(done.stdout, done.stderr)


def test_the_hunt_finds_what_it_looks_for() -> None:
    held = io.StringIO(f"log: {ECHO}")
    with pytest.raises(AssertionError):
        hunt(held.read())
    error = ValueError(SECRET)
    with pytest.raises(AssertionError):
        hunt(*sinks(error))
