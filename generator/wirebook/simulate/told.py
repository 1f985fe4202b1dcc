"""Credentials that a caller has sent, whether they are the simulated account's or not.

Somebody may point a program at the simulator that still has its real ones.
"""

from __future__ import annotations

from urllib.parse import unquote_plus

from wirebook.model import Provider
from wirebook.model.auth import Digest, Hmac, Reference, Value
from wirebook.model.parts import operands

from .exchange import Incoming
from .masking import named


class Told:
    """Finds what stands under the names that carry a provider's secret credentials."""

    def __init__(self, provider: Provider) -> None:
        secret = {each.name for each in provider.credentials if each.secret}
        names = {
            placement.wire.rpartition(".")[2].lstrip("@")
            for scheme in provider.schemes
            for placement in scheme.placements
            if _readable(placement.value, secret)
        }
        self._patterns = [pattern for name in sorted(names) for pattern in named(name)]

    def __call__(self, incoming: Incoming) -> set[str]:
        """The secrets of one request, as they are written there and as they are."""
        headers = "\n".join(f"{name}: {value}" for name, value in incoming.headers)
        body = incoming.body.decode("utf-8", "replace")
        text = f"{incoming.target}\n{headers}\n{body}"
        found = {match[2] for one in self._patterns for match in one.finditer(text)}
        return found | {unquote_plus(each) for each in found}


def _readable(value: Value, secret: set[str]) -> bool:
    """Whether a credential can be read off what is sent; it cannot off a digest."""
    if isinstance(value, Reference):
        return value.name in secret
    if isinstance(value, (Digest, Hmac)):
        return False
    return any(_readable(part, secret) for part in operands(value))
