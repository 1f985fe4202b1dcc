"""Who calls: declared by generated code, given by the caller or the environment.

    class Credentials(BaseCredentials):
        account = Plain(env="AISIX_ACCOUNT", pattern="[^@]+@[^@]+")
        authkey = Hidden(env="AISIX_AUTHKEY", pattern="[0-9A-Z]{32}")
        proxy_key = OptionalHidden()

    Credentials(account=account, authkey=authkey)

Reading `.account` gives a str, `.authkey` a Secret, optional ones None where
neither argument nor environment variable is there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, NoReturn, Self, SupportsIndex, TypeVar, cast

from .errors import InvalidArgument
from .sealed import sealed
from .secret import Secret

T_co = TypeVar("T_co", covariant=True)

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f]")


class Credential(Generic[T_co]):
    """One declared credential; use one of the four subclasses.

    env: the environment variable that is read when no value is given.
    pattern: what the whole value must match; `\\d` and the like mean ASCII.
    """

    __slots__ = ("env", "pattern", "name")

    hidden: ClassVar[bool] = False
    optional: ClassVar[bool] = False

    def __init__(self, *, env: str | None = None, pattern: str | None = None) -> None:
        self.env = env
        self.pattern = pattern
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(
        self, instance: BaseCredentials | None, owner: type | None = None
    ) -> T_co:
        if instance is None:
            raise AttributeError(f"{self.name} is read from an instance")
        # Not `cast`: that is a call, in every request.
        value: Any = instance.given(self.name)
        found: T_co = value
        return found

    def resolve(
        self, value: object, environment: Mapping[str, str]
    ) -> str | Secret | None:
        """The value given, else that of the environment, checked and wrapped."""
        source = ""
        if value is None and self.env is not None and environment.get(self.env):
            value = environment[self.env]
            source = f" (from {self.env})"
        if value is None:
            if self.optional:
                return None
            hint = f" or set {self.env}" if self.env else ""
            raise self._refusal(f"missing: pass {self.name}={hint}")
        if not isinstance(value, (str, Secret)):
            raise self._refusal(f"must be a str, not {type(value).__name__}")
        text = value.reveal() if isinstance(value, Secret) else str(value)
        if not text:
            raise self._refusal(f"is empty{source}")
        if _UNSAYABLE.search(text) is not None:
            raise self._refusal(f"holds a line break or control character{source}")
        if self.pattern is not None and _compiled(self.pattern).fullmatch(text) is None:
            raise self._refusal(f"does not match {self.pattern}{source}")
        return Secret(text) if self.hidden else text

    def needed(self, value: object, environment: Mapping[str, str]) -> str | Secret:
        """As `resolve`, of an optional one too."""
        found = self.resolve(value, environment)
        if found is None:
            hint = f" or set {self.env}" if self.env else ""
            raise self._refusal(f"missing: pass {self.name}={hint}")
        return found

    def _refusal(self, why: str) -> InvalidArgument:
        return InvalidArgument(f"{self.name}: {why}", parameter=self.name)


class Plain(Credential[str]):
    """A credential that may be seen, such as an account name."""

    __slots__ = ()


class Hidden(Credential[Secret]):
    """A credential that must not be seen."""

    __slots__ = ()
    hidden = True


class OptionalPlain(Credential["str | None"]):
    """A visible credential that some accounts do not have, or not every server needs."""

    __slots__ = ()
    optional = True


class OptionalHidden(Credential["Secret | None"]):
    """A hidden credential that some accounts do not have."""

    __slots__ = ()
    hidden = True
    optional = True


def _declared(namespace: Mapping[str, Any]) -> Iterator[Credential[object]]:
    for item in namespace.values():
        if isinstance(item, Credential):
            yield cast("Credential[object]", item)


class _CredentialsType(type):
    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> _CredentialsType:
        # No __dict__, so that vars() and debuggers have nothing to list.
        namespace.setdefault("__slots__", ())
        made = super().__new__(mcs, name, bases, namespace)
        type.__setattr__(made, "declared", tuple(_declared(namespace)))
        return made


class BaseCredentials(metaclass=_CredentialsType):
    """The credentials of one client: immutable, never printed, never pickled."""

    __slots__ = ("_values",)

    declared: ClassVar[tuple[Credential[object], ...]] = ()
    _values: dict[str, str | Secret | None]

    @sealed
    def __init__(self, **given: str | Secret | None) -> None:
        values = {
            credential.name: credential.resolve(
                given.pop(credential.name, None), os.environ
            )
            for credential in self.declared
        }
        if given:
            raise TypeError(f"no such credential: {', '.join(sorted(given))}")
        object.__setattr__(self, "_values", values)

    @classmethod
    @sealed
    def some(cls, given: Mapping[str, str | Secret | None]) -> Self:
        """A few of them, all of which must be there; None is read from the
        environment.

        Raises:
            InvalidArgument: one is missing, or not what its pattern says.
        """
        made = object.__new__(cls)
        values: dict[str, str | Secret | None] = {}
        for credential in cls.declared:
            if credential.name in given:
                name = credential.name
                values[name] = credential.needed(given[name], os.environ)
        object.__setattr__(made, "_values", values)
        return made

    @sealed
    def demand(self, *names: str) -> None:
        """Refuse to go on without these.

        Raises:
            InvalidArgument: one is missing.
        """
        for credential in self.declared:
            if credential.name in names:
                credential.needed(self._values[credential.name], {})

    def given(self, name: str) -> str | Secret | None:
        """The value of a credential by its name."""
        return self._values[name]

    def but(self, changes: Mapping[str, str | Secret]) -> Self:
        """These, with some of them replaced by name."""
        return type(self)(**{**self._values, **changes})

    def same(self, other: BaseCredentials) -> bool:
        """Whether all values are the same."""
        return self._values == other._values

    @property
    def visible(self) -> dict[str, str]:
        """Those that are no secret, by name."""
        return {k: v for k, v in self._values.items() if isinstance(v, str)}

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must be struck out of everything that is shown."""
        return tuple(
            value for value in self._values.values() if isinstance(value, Secret)
        )

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{name}={'***' if isinstance(value, Secret) else repr(value)}"
            for name, value in self._values.items()
        )
        return f"{type(self).__name__}({shown})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("credentials are immutable: make another client")

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("credentials cannot be pickled or copied")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
