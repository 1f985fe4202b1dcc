"""What may not be seen of a request or reply, by value and by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from wirebook.model import Field, Provider
from wirebook.model.auth import Reference, Scheme, Value
from wirebook.model.parts import parts
from wirebook.simulate.kinds import is_list, is_mapping
from wirebook.simulate.masking import MASK, SHORTEST, Mask, named

_AUTHORIZATION = re.compile(
    r"(?im)^([<> ]*(?:proxy-)?authorization: *(?:[a-z0-9-]+ +)?)\S.*$"
)

_CHARSETS = ("latin-1", "gb18030", "utf-16-le", "utf-16-be")
"""In which secrets are looked for where a body is no UTF-8."""


class Shown:
    """Hides nothing: what a user sees who asked for the secrets."""

    def __call__(self, text: str) -> str:
        return text

    def octets(self, data: bytes) -> bytes:
        """A body, whatever is in it."""
        return data

    def tree(self, value: Any) -> Any:
        """A value of JSON."""
        return value


class Hiding(Shown):
    """Replaces secret values, and whatever travels under a secret name."""

    def __init__(
        self,
        names: Iterable[str],
        secrets: Iterable[str],
        sent: Iterable[str] = (),
    ) -> None:
        """sent: requests; what stands under a secret name there is secret anywhere."""
        self._names = frozenset(name for name in names if name)
        self._patterns = [
            pattern for name in sorted(self._names) for pattern in named(name)
        ]
        known = {secret for secret in secrets if secret}
        for text in sent:
            for pattern in self._patterns:
                known |= {found[2] for found in pattern.finditer(text)}
        self._values = Mask(known)
        spelled = {(secret, charset) for secret in known for charset in _CHARSETS}
        self._octets = sorted(
            {_encoded(*one) for one in spelled if len(one[0]) >= SHORTEST} - {b""},
            key=len,
            reverse=True,
        )
        short = sorted(re.escape(each) for each in known if len(each) < SHORTEST)
        # A short one is part of many words; alone it is itself.
        self._short = (
            re.compile(rf"(?<!\w)(?:{'|'.join(short)})(?!\w)") if short else None
        )

    def __call__(self, text: str) -> str:
        for pattern in self._patterns:
            text = pattern.sub(lambda found: f"{found[1]}{MASK}{found[3]}", text)
        text = _AUTHORIZATION.sub(lambda found: found[1] + MASK, text)
        if self._short is not None:
            text = self._short.sub(MASK, text)
        return self._values(text)

    def octets(self, data: bytes) -> bytes:
        """The same for a body that is no UTF-8: in its text, and in other charsets."""
        text = self(data.decode("utf-8", "surrogateescape"))
        data = text.encode("utf-8", "surrogateescape")
        for secret in self._octets:
            data = data.replace(secret, MASK.encode())
        return data

    def tree(self, value: Any) -> Any:
        """The same for every text of a value of JSON, and for secret names."""
        if isinstance(value, str):
            return self(value)
        if is_list(value):
            return [self.tree(item) for item in value]
        if is_mapping(value):
            return {
                key: MASK if key in self._names and item else self.tree(item)
                for key, item in value.items()
            }
        return value


def _encoded(text: str, charset: str) -> bytes:
    try:
        return text.encode(charset)
    except UnicodeEncodeError:
        return b""


def names(provider: Provider) -> set[str]:
    """Wire names whose values are secret, or follow from a secret.

    A digest of a password is as good as the password wherever it is taken instead of
    it, so what is computed from secrets is hidden too.
    """
    found: set[str] = set()
    for scheme in provider.schemes:
        found |= _placed(provider, scheme)
        found |= _token(provider, scheme)
    for field in _fields(provider):
        if field.secret:
            found |= {_last(wire) for wire in (field.wire, *field.wire_aliases)}
            found.add(field.name)
    return found


def secrets_of(provider: Provider, scheme: Scheme) -> set[str]:
    """Secret credentials, and computed values that are made of them."""
    secret = {each.name for each in provider.credentials if each.secret}
    for name, value in scheme.compute:
        if _follows(value, secret):
            secret.add(name)
    return secret


def _placed(provider: Provider, scheme: Scheme) -> set[str]:
    secret = secrets_of(provider, scheme)
    return {
        _last(placement.wire)
        for placement in scheme.placements
        if _follows(placement.value, secret)
    }


def _follows(value: Value, secret: set[str]) -> bool:
    return any(
        isinstance(part, Reference) and (part.kind == "session" or part.name in secret)
        for part in parts(value)
    )


def _token(provider: Provider, scheme: Scheme) -> set[str]:
    """The name under which a login's reply carries the token."""
    if scheme.session is None:
        return set()
    field = scheme.session.token
    found = {_last(each.wire) for each in _fields(provider) if each.name == field}
    return found | {field}


def _fields(provider: Provider) -> Iterator[Field]:
    for product in (provider.shared, *provider.products):
        for model in product.models:
            yield from model.fields
        for operation in product.operations:
            yield from operation.parameters


def _last(wire: str) -> str:
    return wire.rpartition(".")[2].lstrip("@")
