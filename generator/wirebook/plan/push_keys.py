"""The credentials that a push is proved with, as parsers and applications take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirebook.code import identifier, literal
from wirebook.expression import Expression, mapping, union
from wirebook.layout import Parameter
from wirebook.model import Callback, Credential, Provider
from wirebook.model.parts import named

from .auth import described
from .module import Module
from .types import NONE, STR


def keys_of(provider: Provider, callback: Callback) -> list[Credential]:
    """Those that the scheme of a callback names."""
    scheme = provider.scheme(callback.auth)
    known = named(scheme) if scheme is not None else frozenset[str]()
    return [each for each in provider.credentials if each.name in known]


def argument_text(credential: Credential) -> tuple[str, str]:
    return credential.name, described(credential)


def given(keys: Sequence[Credential]) -> Expression:
    """The arguments by name."""
    return mapping([(literal(key.name), identifier(key.name)) for key in keys])


def parameters(module: Module, keys: Sequence[Credential]) -> Iterator[Parameter]:
    for key in keys:
        kind = union(STR, NONE)
        if key.secret:
            kind = union(STR, module.floor("secret", "Secret"), NONE)
        yield Parameter(key.name, kind, NONE)
