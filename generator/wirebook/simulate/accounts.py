"""Sample accounts: the credentials and settings that requests are expected with."""

from __future__ import annotations

from wirebook.model import Provider

from .state import Account


def sample_account(provider: Provider) -> Account:
    """The account of a provider for which nothing else was said."""
    return Account(_credentials(provider), _settings(provider))


def _credentials(provider: Provider) -> dict[str, str]:
    """Sample credentials: the spec's examples, else those of its vectors."""
    found: dict[str, str] = {}
    for credential in provider.credentials:
        sample = credential.example or next(
            (
                v.client[credential.name]
                for v in provider.vectors
                if v.client.get(credential.name)
            ),
            None,
        )
        if sample is not None or not credential.optional:
            found[credential.name] = sample or f"sample-{credential.name}"
    return found


def _settings(provider: Provider) -> dict[str, str]:
    """Values for the settings that have no default."""
    return {
        setting.name: setting.default or (setting.values[0] if setting.values else "")
        for setting in provider.settings
    }
