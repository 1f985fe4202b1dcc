"""Settings: which of them a client cannot do without."""

from __future__ import annotations

from wirebook.model import Provider, Reference, Setting
from wirebook.model.parts import steps


def for_servers(provider: Provider) -> list[Setting]:
    """Those without a default that nothing but the documented URLs needs: another
    `base_url` does without them."""
    paths: list[str] = []
    for operation in provider.operations:
        paths += [operation.path, *(variant.path for variant in operation.variants)]
    # A prefix stands behind every base URL.
    paths += [prefix for server in provider.servers for _, prefix in server.prefixes]
    named = {
        value.name
        for scheme in provider.schemes
        for value in steps(scheme)
        if isinstance(value, Reference)
    }
    return [
        setting
        for setting in provider.settings
        if setting.default is None
        and setting.name not in named
        and not any(f"{{{setting.name}}}" in path for path in paths)
    ]
