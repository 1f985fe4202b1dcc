"""Every fault on the wire, in both clients: what is raised, and what reached whom."""

from __future__ import annotations

import pickle
import time
import traceback

import pytest

from tests.support.fault_server import (
    Close,
    FaultServer,
    Pause,
    Script,
    fault_server,
    refused_url,
    reply,
)
from tests.support.specimen import (
    CANARIES,
    NO_WAIT,
    OK,
    call,
    modes,
    operation,
    perform,
)
from tests.support.wire_faults import FAULTS, Fault
from wirebook.runtime import errors
from wirebook.runtime.status import Does, Outcome, Submitted

BAD = b'{"status": 0, "id": "9"}'


def show(error: BaseException) -> str:
    """Everything that a log, a debugger or a crash report would get to see."""
    seen: list[str] = [str(error), repr(error), repr(vars(error))]
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    stack = [report]
    while stack:
        one = stack.pop()
        seen.append(str(one))
        for frame in one.stack:
            if "/runtime/" in frame.filename and "/tests/" not in frame.filename:
                seen.append(repr(frame.locals))
        stack += [part for part in (one.__cause__, one.__context__) if part]
    seen.append(repr(pickle.dumps(error)))
    return "\n".join(seen)


def assert_silent(error: BaseException) -> None:
    shown = show(error)
    for canary in CANARIES:
        assert canary not in shown


def no_connection_left(server: FaultServer) -> bool:
    end = time.monotonic() + 10
    while server.open and time.monotonic() < end:
        time.sleep(0.005)
    return server.open == 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@modes
def test_a_submission_is_never_sent_twice(mode: str, fault: Fault) -> None:
    # Whatever else comes must come before the time is up, on a busy machine too.
    timeout = 0.5 if fault.reason == "timeout" else 20.0
    send = call(operation(Does.SUBMITS, timeout=timeout, retry=NO_WAIT))
    started = time.monotonic()
    with fault_server(fault.script) as server:
        error, connections = perform(mode, server.url, send)
        took = time.monotonic() - started
        assert server.received == 1
        # An odd but whole exchange may keep its connection; nothing else may.
        assert connections <= (
            fault.reason in ("reply", "http", "redirect", "encoding")
        )
        assert no_connection_left(server)
    assert type(error) is fault.error
    assert (error.reason, error.outcome) == (fault.reason, Outcome.UNKNOWN)
    assert error.submitted is Submitted.MAYBE
    assert error.retry_safe is False
    assert error.attempts == 1
    assert error.recovery == "specimen.report"
    assert error.operation == "specimen.submits"
    assert "submitted: MAYBE" in str(error)
    assert "specimen.report" in str(error)
    assert took < timeout + 5
    assert_silent(error)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@modes
def test_a_read_is_asked_again_where_that_can_help(mode: str, fault: Fault) -> None:
    slow = fault.reason == "timeout"
    read = call(operation(Does.READS, timeout=0.5 if slow else 20, retry=NO_WAIT))
    with fault_server(fault.script, [OK]) as server:
        outcome, _ = perform(mode, server.url, read)
        if slow:
            # The time was for everything: none is left for another attempt.
            assert isinstance(outcome, errors.ReplyTimeout)
            assert server.received == 1
        elif fault.again:
            assert outcome == "7"
            assert server.received == 2
        else:
            assert type(outcome) is fault.error
            assert server.received == 1
    if isinstance(outcome, errors.Error):
        assert outcome.submitted is Submitted.NO
        assert outcome.retry_safe is True
        assert_silent(outcome)


@pytest.mark.parametrize("does", [Does.SUBMITS, Does.READS])
@modes
def test_refused_connections_prove_that_nothing_was_sent(mode: str, does: Does) -> None:
    once = call(operation(does, timeout=2, retry=NO_WAIT))
    error, connections = perform(mode, refused_url(), once)
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.attempts, error.retry_safe) == ("connect", 3, True)
    assert (error.outcome, error.submitted) == (Outcome.NOT_SENT, Submitted.NO)
    assert connections == 0
    assert_silent(error)


@modes
def test_a_name_without_address(mode: str) -> None:
    once = call(operation(Does.SUBMITS, timeout=5, retry=NO_WAIT))
    error, _ = perform(mode, "https://nowhere.invalid", once, retries=0)
    assert isinstance(error, errors.NotSent)
    assert error.reason == "dns"
    assert "nowhere" not in str(error)


@modes
def test_a_connection_that_breaks_before_the_request_was_read_proves_nothing(
    mode: str,
) -> None:
    send = call(operation(Does.SUBMITS, timeout=1, retry=NO_WAIT))
    with fault_server(deaf=True) as server:
        error, _ = perform(mode, server.url, send)
        assert server.accepted == 1
    assert isinstance(error, errors.OutcomeUnknown)
    assert error.submitted is Submitted.MAYBE


@modes
def test_tls_that_fails_is_not_tried_again(mode: str) -> None:
    send = call(operation(Does.SUBMITS, timeout=2, retry=NO_WAIT))
    with fault_server(greeting=b"what?\r\n") as server:
        url = server.url.replace("http:", "https:")
        error, connections = perform(mode, url, send)
        assert server.accepted == 1
        assert server.received == 0
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.attempts) == ("tls", 1)
    assert connections == 0


@modes
@pytest.mark.parametrize(
    "evil", [[OK + reply(BAD)], [OK, Pause(0.03), reply(BAD)]], ids=["at once", "later"]
)
def test_an_answer_that_nobody_asked_for_is_never_believed(
    mode: str, evil: Script
) -> None:
    read = call(operation(Does.READS, timeout=2))
    with fault_server(evil, [OK]) as server:
        outcomes = perform(mode, server.url, read, 0.1, read, 0.1, read)
        assert outcomes[:3] == ["7", "7", "7"]
        assert server.accepted == 2


@modes
def test_a_length_beside_chunks_ends_the_connection(mode: str) -> None:
    body = b'{"status": 0, "id": "7"}'
    both = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    )
    read = call(operation(Does.READS, timeout=2))
    with fault_server([both]) as server:
        assert perform(mode, server.url, read, read)[:2] == ["7", "7"]
        assert server.accepted == 2


@modes
def test_connections_are_used_again_and_left_when_the_server_closed_them(
    mode: str,
) -> None:
    read = call(operation(Does.READS, timeout=2))
    with fault_server([OK], [OK], [OK, Close()], [OK]) as server:
        outcomes = perform(mode, server.url, *[read] * 4)
        assert outcomes[:4] == ["7"] * 4
        assert server.accepted == 2


@modes
def test_fresh_connections_on_demand(mode: str) -> None:
    read = call(operation(Does.READS, timeout=2))
    with fault_server([OK]) as server:
        perform(mode, server.url, read, read, keepalive=0)
        assert server.accepted == 2


@modes
def test_what_goes_over_the_wire(mode: str) -> None:
    with fault_server([OK]) as server:
        perform(mode, server.url, call(operation(Does.SUBMITS)))
        [request] = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /do?action=x HTTP/1.1"
    headers = dict(line.split(b": ", 1) for line in lines[1:])
    assert headers[b"Host"] == server.url.removeprefix("http://").encode()
    assert headers[b"Accept-Encoding"] == b"identity"
    assert headers[b"Content-Length"] == str(len(body)).encode()
    assert b"Cookie" not in headers
    assert body.startswith(b"key=CANARYsecret%2F9f3c%2B&time=")


@modes
def test_a_slow_reader_does_not_hold_the_deadline_up(mode: str) -> None:
    big = call(operation(Does.SUBMITS, timeout=0.3), to=["1" * 10_000_000])
    started = time.monotonic()
    # Nobody reads: the peer's buffers fill up, and writing stops.
    with fault_server(mute=True) as server:
        error, connections = perform(mode, server.url, big)
    assert isinstance(error, errors.OutcomeUnknown)
    assert error.reason == "timeout"
    assert connections == 0
    assert time.monotonic() - started < 10
