"""Where a provider listens, and whether one may talk to it in the clear."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

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
