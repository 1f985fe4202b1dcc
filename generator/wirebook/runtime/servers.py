"""Where a provider listens, and whether one may talk to it in the clear."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .errors import InvalidArgument


class Server:
    """A base URL, `{setting}` included, with a path prefix per product.

    insecure: the provider documents plain HTTP here, so it is not refused.
    """

    __slots__ = ("url", "insecure", "prefixes")

    def __init__(
        self,
        url: str,
        *,
        insecure: bool = False,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        self.url = url
        self.insecure = insecure
        self.prefixes: Mapping[str, str] = prefixes or {}

    def __repr__(self) -> str:
        return f"Server({self.url!r})"

    def base_url(self, product: str | None = None) -> str:
        """What stands before the paths of a product's operations."""
        prefix = self.prefixes.get(product, "") if product else ""
        return self.url.rstrip("/") + prefix


def refuse_plain(server: Server, allow_insecure: bool = False) -> None:
    """Refuse to send credentials and texts where anybody on the way can read them.

    Raises:
        InvalidArgument: plain HTTP to another machine, which neither the provider's
            documents nor the caller ask for.
    """
    if server.insecure or allow_insecure or _private(server.url):
        return
    raise InvalidArgument(
        "plain http would show credentials and messages to everybody on the way: "
        "use https, or say allow_insecure=True",
        parameter="base_url",
    )


class Proxy(NamedTuple):
    """Who carries requests for us. `url` holds no password; `auth` does."""

    url: str
    auth: tuple[str, str] | None = None


def proxy(url: str) -> Proxy:
    """The parts of `http://user:password@host:port`; also https and socks5.

    Raises:
        InvalidArgument: it is no such URL.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _no_proxy() from None
    if parts.scheme not in ("http", "https", "socks5", "socks5h") or not host:
        raise _no_proxy()
    where = f"[{host}]" if ":" in host else host
    if port is not None:
        where += f":{port}"
    auth = None
    if parts.username is not None:
        auth = (unquote(parts.username), unquote(parts.password or ""))
    return Proxy(f"{parts.scheme}://{where}/", auth)


def _no_proxy() -> InvalidArgument:
    # Without the URL: it may hold a password.
    return InvalidArgument(
        "proxy: http://host:port expected (or https, socks5)", parameter="proxy"
    )


def _private(url: str) -> bool:
    """Whether nobody else can read what goes there: TLS, or this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return True
    host = parts.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
