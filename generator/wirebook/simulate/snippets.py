"""What to type: base URLs, sample credentials, and a first call."""

from __future__ import annotations

from urllib.parse import urlsplit

from wirebook.model import Provider

from .state import Account


def base_url(provider: Provider, origin: str) -> str:
    """What a client takes as its `base_url`."""
    path = urlsplit(provider.servers[0].url).path.rstrip("/")
    return f"{origin}/{provider.id}{path}"


def snippet(provider: Provider, account: Account, origin: str, package: str) -> str:
    """Python that talks to the simulator with the generated client."""
    arguments = [f'{name}="{value}"' for name, value in account.credentials.items()]
    needed = [setting for setting in provider.settings if setting.default is None]
    for setting in needed:
        arguments.append(f'{setting.name}="{_setting(provider, setting.name)}"')
    arguments.append(f'base_url="{base_url(provider, origin)}"')
    inside = "".join(f"    {argument},\n" for argument in arguments)
    return f"from {package} import {provider.id}\n\nclient = {provider.id}.Client(\n{inside})"


def _setting(provider: Provider, name: str) -> str:
    for vector in provider.vectors:
        if vector.client.get(name):
            return vector.client[name]
    return "sample"
