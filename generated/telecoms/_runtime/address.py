"""Where a request goes: the server's address and the path's placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from .encode import octets, percent
from .errors import InvalidArgument

_PLACEHOLDER = re.compile(r"\{([^{}/?]+)\}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_PORTS = {"http": "80", "https": "443"}


class Address(NamedTuple):
    """A server: `host` has the port where it is not the scheme's own, `prefix` is
    what stands before every path, without a slash at its end."""

    scheme: str
    host: str
    prefix: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}"

    @property
    def hostname(self) -> str:
        """The host without port; an IPv6 address keeps its brackets."""
        return parted(self.host)[0]

    @property
    def port(self) -> str:
        return parted(self.host)[1] or _PORTS[self.scheme]


@lru_cache(maxsize=64)
def address(url: str) -> Address:
    """The parts of a base URL; InvalidArgument for anything but host and path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _refusal() from None
    name, port = parted(parts.netloc)
    name = name.lower()
    if (
        parts.scheme not in _PORTS
        or _HOST.fullmatch(name) is None
        or (port is not None and re.fullmatch(r"[0-9]{1,5}", port) is None)
        or "?" in url
        or "#" in url
        or re.fullmatch(r"[!-~]*", url) is None
    ):
        raise _refusal()
    host = name if port in (None, "", _PORTS[parts.scheme]) else f"{name}:{port}"
    return Address(parts.scheme, host, parts.path.rstrip("/"))


def parted(host: str) -> tuple[str, str | None]:
    """`host:port` as name and port, None where no colon announces one."""
    bracket = host.rfind("]") + 1
    name, colon, port = host[bracket:].partition(":")
    return host[:bracket] + name, port if colon else None


def _refusal() -> InvalidArgument:
    return InvalidArgument(
        "base_url: must be http(s)://host[:port][/path] and nothing more",
        parameter="base_url",
    )


def fill(template: str, known: Callable[[str], str]) -> str:
    """The template with each `{name}` replaced by `known(name)`."""
    if "{" not in template:
        return template
    return _PLACEHOLDER.sub(lambda match: known(match[1]), template)


def segment(name: str, text: str) -> str:
    """One segment of a path, percent-encoded; no value can climb out of it."""
    if text in ("", ".", ".."):
        raise InvalidArgument(
            f"{name}: cannot be empty or dots in a path", parameter=name
        )
    return percent(octets(text, parameter=name), "rfc3986")
