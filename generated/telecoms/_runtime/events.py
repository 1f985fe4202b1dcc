"""What a client tells while it works: one interface, six moments.

An event holds no secret, no parameter and no text: operations are named, URLs are
templates, and errors are the client's own, which print none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from . import notice
from .status import Does, Outcome


class Attempt(NamedTuple):
    """A request is about to be sent; no byte has left yet.

    `call` is one text for all attempts of a call; `number` counts from 1; `url` is
    the server and the path as documented, `{names}` included, without any query;
    `references` what the provider can be asked with later, such as the caller's own id
    of the message, by parameter name.
    """

    call: str
    operation: str
    does: Does
    number: int
    method: str
    url: str
    at: datetime
    references: Mapping[str, str] = MappingProxyType({})


class Replied(NamedTuple):
    """A whole reply came. Whether it means success is not known yet."""

    attempt: Attempt
    http_status: int
    size: int
    seconds: float
    media_type: str | None = None
    """As the reply says; it is read as documented, whatever it says."""


class Warned(NamedTuple):
    """The reply is read as documented, and its header says something else.

    `reason` is `content_type` or `charset`; `detail` names what was said and what holds.
    """

    attempt: Attempt
    reason: str
    detail: str


class Succeeded(NamedTuple):
    """The reply means success, and the call returns."""

    attempt: Attempt


class Retrying(NamedTuple):
    """The attempt failed, and another one follows after `delay` seconds.

    `budget` is what the client's bucket of repetitions holds now, in tokens.
    """

    attempt: Attempt
    error: Exception
    delay: float
    budget: int


class Failed(NamedTuple):
    """The call failed for good.

    `attempt` is None when nothing was tried. `error` may be a cancellation or a
    KeyboardInterrupt; `outcome` is what is known about the request then, too.
    """

    call: str
    operation: str
    does: Does
    attempt: Attempt | None
    error: BaseException
    outcome: Outcome


Event: TypeAlias = Attempt | Replied | Warned | Succeeded | Retrying | Failed


class Hooks:
    """Subclass it, override what you need, and pass it as `hooks=`.

    Methods are called in the thread or task of the call, so they should be quick.
    What they raise is logged once and changes nothing.
    """

    def on_attempt(self, event: Attempt) -> None:
        """Before the first byte: the place to write down what is being tried."""

    def on_reply(self, event: Replied) -> None:
        """After the last byte of a reply."""

    def on_warning(self, event: Warned) -> None:
        """When the header of a reply contradicts what it is read as."""

    def on_success(self, event: Succeeded) -> None:
        """Before the call returns."""

    def on_retry(self, event: Retrying) -> None:
        """Before the wait that precedes a repetition."""

    def on_failure(self, event: Failed) -> None:
        """Before the call raises."""


class Audience:
    """The hooks of one client, called in order."""

    __slots__ = ("_broken", "_hooks")

    def __init__(self, hooks: Hooks | Iterable[Hooks] | None = None) -> None:
        if hooks is None:
            hooks = ()
        self._hooks = (hooks,) if isinstance(hooks, Hooks) else tuple(hooks)
        self._broken: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._hooks)

    def tell(self, event: Event) -> None:
        for hook in self._hooks:
            try:
                match event:
                    case Attempt():
                        hook.on_attempt(event)
                    case Replied():
                        hook.on_reply(event)
                    case Warned():
                        hook.on_warning(event)
                    case Succeeded():
                        hook.on_success(event)
                    case Retrying():
                        hook.on_retry(event)
                    case Failed():
                        hook.on_failure(event)
            except Exception as error:
                self._complain(hook, event, error)

    def _complain(self, hook: Hooks, event: tuple[object, ...], error: object) -> None:
        if id(hook) not in self._broken:
            self._broken.add(id(hook))
            # Not the error's text: nobody knows what a hook puts there.
            notice.warn(
                "%s raised %s at %s; further failures of this hook are not logged",
                type(hook).__name__,
                type(error).__name__,
                type(event).__name__,
            )
