"""What a client holds between its calls: who it is, and what it has learnt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from . import fork, notice
from .credentials import BaseCredentials
from .errors import NotSent
from .events import Audience
from .moment import Clock, Moment, Random
from .retry import Budget
from .secret import Secret
from .servers import Server

if TYPE_CHECKING:
    from .call import Call, Operation


# A machine that is wrong by more than a day needs its owner, not a correction.
_LARGEST_OFFSET = timedelta(days=1)

# Renewed a little early: a token must not die between the signature and the server.
_EARLY = 10.0


class Session:
    """A token that an operation fetches: cached, shared, renewed.

    login: makes the call that fetches it.  token: takes it from the result.
    lifetime: seconds it lives, from its last use if `idle`.  expires: takes the moment
    of its end, or the seconds until then, from the result.
    """

    __slots__ = ("name", "login", "token", "lifetime", "idle", "expires")

    def __init__(
        self,
        name: str,
        *,
        login: Callable[[Any], Call[Any]],
        token: Callable[[Any], str | Secret],
        lifetime: float | None = None,
        idle: bool = False,
        expires: Callable[[Any], datetime | float | None] | None = None,
    ) -> None:
        self.name = name
        self.login = login
        self.token = token
        self.lifetime = lifetime
        self.idle = idle
        self.expires = expires


class ServerTime:
    """The provider's clock, where an operation tells it.

    ask: makes the call.  read: takes the moment from its result: an aware datetime, or
    seconds since 1970.
    """

    __slots__ = ("name", "ask", "read")

    def __init__(
        self,
        name: str,
        *,
        ask: Callable[[Any], Call[Any]],
        read: Callable[[Any], datetime | float],
    ) -> None:
        self.name = name
        self.ask = ask
        self.read = read


class Token(NamedTuple):
    """A session's token; `ends` is on the monotonic clock."""

    value: Secret
    ends: float | None


class Account:
    """The state of one client. Threads and tasks share it."""

    def __init__(
        self,
        credentials: BaseCredentials,
        server: Server,
        *,
        settings: Mapping[str, str] | None = None,
        timeout: float | None = None,
        connect_timeout: float = 5.0,
        retries: int | None = None,
        budget: Budget | None = None,
        audience: Audience | None = None,
        clock: Clock | None = None,
        random: Random | None = None,
        new_credentials: Callable[[], object] | None = None,
    ) -> None:
        self.credentials = credentials
        self.new_credentials = new_credentials
        self.server = server
        self.settings: Mapping[str, str] = dict(settings or {})
        self.timeout = timeout
        self.connect_timeout = connect_timeout
        self.retries = retries
        self.budget = budget if budget is not None else Budget()
        self.audience = audience if audience is not None else Audience()
        self.clock = clock if clock is not None else Clock()
        self.random = random if random is not None else Random()
        self._tokens: dict[str, Token] = {}
        self._former: tuple[Secret, ...] = ()
        self._offset: timedelta | None = None
        self._doubted = False
        self._lock = threading.Lock()
        fork.register(self)

    def __repr__(self) -> str:
        return f"Account({self.server.url!r})"

    def base_url(self, operation: Operation) -> str:
        return self.server.base_url(operation.product)

    def moment(self) -> Moment:
        """The time and chance of a new attempt."""
        return Moment(self.clock, self.random, self._offset or timedelta(0))

    @property
    def secrets(self) -> list[Secret]:
        """What must not be seen in anything that is shown."""
        return [
            *self.credentials.secrets,
            *self._former,
            *(token.value for token in self._tokens.values()),
        ]

    # New credentials.

    def renew(self, given: Mapping[str, str | Secret] | None) -> bool:
        """Take new credentials over, by name; whether that changes anything.

        Raises:
            InvalidArgument: one of them cannot be one.
            TypeError: there is no such credential.
        """
        before = self.credentials
        renewed = before.but(given or {})
        if renewed.same(before):
            return False
        with self._lock:
            # Calls that are under way were made with the former ones.
            self._former = before.secrets
            self.credentials = renewed
            self.settings = {**self.settings, **renewed.visible}
            self._tokens = {}
        return True

    # Session tokens.

    def token(self, session: Session, stale: Secret | None = None) -> Secret | None:
        """The cached token, unless it is the stale one or about to end."""
        token = self._tokens.get(session.name)
        if token is None or token.value == stale:
            return None
        if token.ends is not None and self.clock.monotonic() >= token.ends:
            return None
        if session.idle:
            self._put(session, token.value, session.lifetime)
        return token.value

    def keep(self, session: Session, result: object) -> Secret:
        """Take the token from a login's result and cache it.

        Raises:
            NotSent: the login answered without a token.
        """
        found = session.token(result)
        if not found:
            raise NotSent("the login gave no token", reason="session")
        secret = found if isinstance(found, Secret) else Secret(found)
        lifetime = session.lifetime
        if session.expires is not None:
            ends = session.expires(result)
            if isinstance(ends, datetime):
                lifetime = (ends - self.moment().now).total_seconds()
            elif ends is not None:
                lifetime = float(ends)
        self._put(session, secret, lifetime)
        return secret

    def _put(self, session: Session, secret: Secret, lifetime: float | None) -> None:
        end = None
        if lifetime is not None:
            # A life shorter than twice the margin is used for its first half.
            margin = min(_EARLY, lifetime / 2)
            end = self.clock.monotonic() + lifetime - margin
        with self._lock:
            self._tokens[session.name] = Token(secret, end)

    # The provider's clock.

    @property
    def offset_known(self) -> bool:
        return self._offset is not None

    def learn_time(self, theirs: datetime | float) -> bool:
        """Take over the provider's clock; whether that changes anything."""
        if not isinstance(theirs, datetime):
            theirs = datetime.fromtimestamp(float(theirs), UTC)
        offset = theirs - self.clock.now()
        if abs(offset) > _LARGEST_OFFSET:
            if not self._doubted:
                self._doubted = True
                notice.warn(
                    "the provider's clock says %s, which is not believed: signatures "
                    "follow this machine's",
                    theirs.isoformat(),
                )
            return False
        with self._lock:
            before, self._offset = self._offset, offset
        if abs(offset - (before or timedelta(0))) < timedelta(seconds=1):
            return False
        if before is None:
            seconds = offset.total_seconds()
            notice.warn(
                "this machine's clock is %.0f s %s the provider's, which signatures "
                "follow from now on",
                abs(seconds),
                "behind" if seconds > 0 else "ahead of",
            )
        return True

    def after_fork(self) -> None:
        self._lock = threading.Lock()
