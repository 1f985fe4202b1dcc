"""What a client is made with: its server, its settings, its credentials."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence

import click

from wirebook.model import Provider
from wirebook.problem import did_you_mean, quote


def server_of(provider: Provider, key: str) -> str:
    keys = [server.key for server in provider.servers]
    if key not in keys:
        raise click.UsageError(
            f"{provider.id} has no server {quote(key)}; there are {', '.join(keys)}"
        )
    return key


def settings(provider: Provider, words: Sequence[str]) -> dict[str, str]:
    """Settings, and credentials that may be seen."""
    secret = {each.name for each in provider.credentials if each.secret}
    known = secret | {each.name for each in provider.settings}
    known |= {each.name for each in provider.credentials}
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise click.UsageError(f"--set {quote(word)}: write NAME=VALUE")
        if name in secret:
            raise click.UsageError(
                f"--set {name}: secrets come from the environment, where no shell keeps"
                " them in its history"
            )
        if name not in known:
            near = did_you_mean(name, known)
            raise click.UsageError(
                f"{provider.id} has no setting or credential {quote(name)}{near}"
            )
        found[name] = value
    return found


def credentials(provider: Provider, dry: bool, told: Container[str]) -> dict[str, str]:
    """What the generated client does not find by itself.

    A dry run needs no account: the samples of the vectors, or of the spec, stand in for
    credentials and settings that are not set.
    """
    samples = dict(provider.vectors[0].client) if provider.vectors else {}
    found: dict[str, str] = {}
    for credential in provider.credentials:
        if credential.name in told:
            continue
        variables = [f"{provider.id}_{credential.name}".upper()]
        if credential.env:
            variables.insert(0, credential.env)
        if any(os.environ.get(name) for name in variables):
            found[credential.name] = next(
                os.environ[name] for name in variables if os.environ.get(name)
            )
            continue
        sample = samples.get(credential.name) or credential.example
        if dry and sample:
            found[credential.name] = _stand_in(variables[0], sample)
        elif not credential.optional:
            raise click.UsageError(
                f"{credential.name} is missing: set {variables[0]}"
                + (f" ({credential.summary})" if credential.summary else "")
            )
    for setting in provider.settings:
        sample = samples.get(setting.name)
        known = setting.name in told or (setting.env and os.environ.get(setting.env))
        if dry and sample and setting.default is None and not known:
            found[setting.name] = _stand_in(setting.env or setting.name, sample)
    return found


def _stand_in(variable: str, sample: str) -> str:
    click.echo(f"# {variable} is not set: the sample of the spec is used", err=True)
    return sample
