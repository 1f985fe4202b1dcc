"""A connection that breaks at any byte of a request: nobody knows what was taken over."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.fault_server import fault_server, refused_url
from tests.support.specimen import NO_WAIT, call, modes, operation, perform
from wirebook.runtime import errors
from wirebook.runtime.status import Does, Outcome, Submitted

SEND = call(operation(Does.SUBMITS, timeout=5, retry=NO_WAIT))
HEAD = 200
"""About where the head of the request ends and its body begins."""


@modes
@settings(max_examples=25, deadline=None)
@given(cut=st.one_of(st.integers(1, HEAD + 80), st.integers(HEAD, HEAD + 60)))
@example(cut=1)
@example(cut=HEAD)
def test_from_the_first_byte_on_the_outcome_is_unknown(mode: str, cut: int) -> None:
    with fault_server(cut=cut) as server:
        error, connections = perform(mode, server.url, SEND)
        assert (server.accepted, server.received) == (1, 0)
        assert server.read > 0
    assert isinstance(error, errors.OutcomeUnknown)
    assert (error.outcome, error.submitted) == (Outcome.UNKNOWN, Submitted.MAYBE)
    assert (error.attempts, error.retry_safe) == (1, False)
    assert connections == 0


@modes
@settings(max_examples=8, deadline=None)
@given(cut=st.integers(1, 400_000))
def test_a_large_body_breaks_off_anywhere(mode: str, cut: int) -> None:
    """Larger than what the system buffers: writing itself fails."""
    large = call(
        operation(Does.SUBMITS, timeout=5, retry=NO_WAIT), to=["1" * 3_000_000]
    )
    with fault_server(cut=cut) as server:
        error, connections = perform(mode, server.url, large)
        assert (server.accepted, server.received) == (1, 0)
        assert 0 < server.read <= cut
    assert isinstance(error, errors.OutcomeUnknown)
    assert (error.attempts, error.retry_safe) == (1, False)
    assert connections == 0


@modes
def test_no_byte_at_all_is_the_only_proof(mode: str) -> None:
    """Refused proves it; a connection that stood and broke does not."""
    refused, _ = perform(mode, refused_url(), SEND)
    assert (refused.outcome, refused.attempts) == (Outcome.NOT_SENT, 3)
    with fault_server(deaf=True) as server:
        broken, _ = perform(mode, server.url, SEND)
        assert server.accepted == 1
    assert (broken.outcome, broken.attempts) == (Outcome.UNKNOWN, 1)
