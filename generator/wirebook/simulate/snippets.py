"""What to type: base URLs, sample credentials, and a first call."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from wirebook.model import Provider

from .state import Account


def base_url(provider: Provider, origin: str) -> str:
    """What a client takes as its `base_url`."""
    path = urlsplit(provider.servers[0].url).path.rstrip("/")
    return f"{origin}/{provider.id}{path}"


def client_arguments(
    provider: Provider, account: Account, origin: str
) -> dict[str, Any]:
    """Keyword arguments of a generated client that talks to the simulator."""
    settings = {
        setting.name: _setting(provider, setting.name)
        for setting in provider.settings
        if setting.default is None
    }
    return account.credentials | settings | {"base_url": base_url(provider, origin)}


def snippet(provider: Provider, account: Account, origin: str, package: str) -> str:
    """Python that talks to the simulator with the generated client."""
    arguments = client_arguments(provider, account, origin)
    inside = "".join(f'    {name}="{value}",\n' for name, value in arguments.items())
    return (
        f"from {package} import {provider.id}\n\n"
        f"client = {provider.id}.Client(\n{inside})"
    )


def _setting(provider: Provider, name: str) -> str:
    """A value that a vector uses; the simulator takes any."""
    for vector in provider.vectors:
        if vector.client.get(name):
            return vector.client[name]
    return "sample"
