"""What there is to do while a call is made; `flow` says when, `core` does it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from .credentials import BaseCredentials
from .limiter import Rate
from .request import Request
from .secret import Secret
from .transport import Timeouts

if TYPE_CHECKING:
    from .account import Session
    from .call import Call

T = TypeVar("T")


class Send(NamedTuple):
    """Exchange a request; the answer is a Response or a TransportProblem."""

    request: Request
    timeouts: Timeouts
    max_bytes: int


class Wait(NamedTuple):
    """Sleep."""

    seconds: float


class Reserve(NamedTuple):
    """Ask the limiter for a place; the answer is the seconds until it is due."""

    rate: Rate
    within: float


class Release(NamedTuple):
    """Give the limiter's place back."""

    rate: Rate


class Pause(NamedTuple):
    """Tell the limiter that the provider said slow down."""

    rate: Rate
    seconds: float


class LogIn(NamedTuple):
    """Get a session's token other than the stale one; the answer is the token."""

    session: Session
    stale: Secret | None
    within: float


class Renew(NamedTuple):
    """Get credentials other than the stale ones; the answer is whether there are any.

    ask: the caller's function, which has new ones by name.
    """

    stale: BaseCredentials
    ask: Callable[[], object]
    within: float


class Ask(NamedTuple):
    """Make another call; the answer is its result."""

    call: Call[Any]
    within: float


Step: TypeAlias = Send | Wait | Reserve | Release | Pause | LogIn | Renew | Ask
Steps: TypeAlias = Generator[Step, Any, T]
