"""A call that is answered with one body, in either client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.fault_server import fault_server, reply
from tests.support.specimen import NO_WAIT, call, operation, perform
from wirebook.runtime import errors
from wirebook.runtime.call import Reply
from wirebook.runtime.status import Does, Outcome, Submitted


def got(
    mode: str,
    body: bytes | str,
    reader: Callable[[Reply], Any] | None = None,
    http: int = 200,
    does: Does = Does.SUBMITS,
    to: tuple[str, ...] = ("4917612345678",),
    **facts: Any,
) -> Any:
    """What a call comes to that is answered with a body, once and for all."""
    facts.setdefault("retry", NO_WAIT)
    more: dict[str, Any] = {"reader": reader} if reader is not None else {}
    once = call(operation(does, timeout=5, **facts), to=to, **more)
    content = body.encode() if isinstance(body, str) else body
    with fault_server([reply(content, http)]) as server:
        found, connections = perform(mode, server.url, once)
        assert server.received == 1
    assert connections <= 1
    return found


def unbelievable(found: Any) -> None:
    assert isinstance(found, errors.UnreadableReply), found
    assert (found.outcome, found.submitted) == (Outcome.UNKNOWN, Submitted.MAYBE)
    assert found.retry_safe is False
