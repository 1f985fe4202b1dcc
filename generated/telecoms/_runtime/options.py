"""The keyword options that the clients of all providers share."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeAlias
from urllib.parse import urlsplit

from .account import Account
from .credentials import BaseCredentials
from .draft import Draft
from .errors import InvalidArgument
from .events import Audience, Hooks
from .limiter import AsyncLimiter, Limiter
from .moment import Clock, Random
from .request import Place
from .retry import Budget
from .secret import Secret
from .servers import Server, proxy, refuse_plain
from .transport import AsyncTransport, Transport, TransportOptions

NewCredentials: TypeAlias = Mapping[str, str | Secret] | None
"""By the names of the client's own arguments; those that stay may be left out."""


class SharedOptions(TransportOptions, total=False):
    """What `Client` and `AsyncClient` take alike.

    base_url: another server, such as a simulator: `http(s)://host[:port][/path]`.
    timeout: seconds for a whole call: waits, connecting, repetitions and all.
    connect_timeout: seconds for reaching one address, 5.
    retries: repetitions at most, where a repetition is safe at all; 0 for none.
    budget: what repetitions may cost in all; clients may share one.
    hooks: who is told of attempts, replies, repetitions and failures.
    allow_insecure: send over plain http to another machine.
    trust_env: take proxies from the environment (`HTTPS_PROXY`, `NO_PROXY`, …).
    clock, random: time and chance, for tests.

    Those of `TransportOptions` (verify, proxy, max_connections, max_waiting, keepalive)
    shape the client's own transport and mean nothing beside `transport`.
    """

    base_url: str | None
    timeout: float | None
    connect_timeout: float
    retries: int | None
    budget: Budget | None
    hooks: Hooks | Iterable[Hooks] | None
    allow_insecure: bool
    trust_env: bool
    clock: Clock | None
    random: Random | None


class Options(SharedOptions, total=False):
    """The options of a `Client`.

    transport: carries the bytes; it stays yours, the client does not close it.
    limiter: keeps the provider's rates; in this process if not given.
    new_credentials: has the new ones by name, or None; asked once in a call that the
        provider refused for its credentials, which is then made again.
    """

    transport: Transport | None
    limiter: Limiter | None
    new_credentials: Callable[[], NewCredentials] | None


class AsyncOptions(SharedOptions, total=False):
    """The options of an `AsyncClient`.

    transport: carries the bytes; it stays yours, the client does not close it.
    limiter: keeps the provider's rates; in this process if not given.
    new_credentials: has the new ones by name, or None; asked once in a call that the
        provider refused for its credentials, which is then made again.
    """

    transport: AsyncTransport | None
    limiter: Limiter | AsyncLimiter | None
    new_credentials: Callable[[], NewCredentials | Awaitable[NewCredentials]] | None


def account(
    credentials: BaseCredentials,
    server: Server,
    settings: Mapping[str, str] | None,
    options: Options | AsyncOptions,
) -> Account:
    """The account that the options describe.

    Raises:
        InvalidArgument: an option makes no sense, or would show credentials.
    """
    base_url = options.get("base_url")
    if base_url is not None:
        server = Server(base_url, prefixes=server.prefixes)
    known = {**credentials.visible, **(settings or {})}
    # Binding checks the URL: now, and not at the first call.
    Draft("GET", "/", Place.QUERY).bind(server.base_url(), known)
    refuse_plain(server, options.get("allow_insecure", False))
    retries = options.get("retries")
    if retries is not None and retries < 0:
        raise InvalidArgument("retries: 0 or more expected", parameter="retries")
    return Account(
        credentials,
        server,
        settings=known,
        timeout=_seconds("timeout", options.get("timeout")),
        connect_timeout=_seconds("connect_timeout", options.get("connect_timeout"))
        or 5.0,
        retries=retries,
        budget=options.get("budget"),
        audience=Audience(options.get("hooks")),
        clock=options.get("clock"),
        random=options.get("random"),
        new_credentials=options.get("new_credentials"),
    )


def transport_options(server: Server, options: SharedOptions) -> TransportOptions:
    """What the client's own transport is made with.

    Raises:
        InvalidArgument: the proxy is no URL.
    """
    found: TransportOptions = {}
    if "verify" in options:
        found["verify"] = options["verify"]
    if "max_connections" in options:
        found["max_connections"] = options["max_connections"]
    if "max_waiting" in options:
        found["max_waiting"] = options["max_waiting"]
    if "keepalive" in options:
        found["keepalive"] = options["keepalive"]
    url = options.get("proxy")
    if url is None and options.get("trust_env", False):
        url = _environment_proxy(server.url)
    if url is not None:
        proxy(url)
        found["proxy"] = url
    return found


def _environment_proxy(url: str) -> str | None:
    # Synchronous programs without proxies never pay for the import.
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def _seconds(name: str, value: float | None) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not math.isfinite(value) or not 0 < value <= 86_400:
        raise InvalidArgument(
            f"{name}: seconds expected, more than 0 and at most a day", parameter=name
        )
    return float(value)
