"""What generated clients derive from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack, cast

from . import options as _options
from .call import Call
from .core import AsyncCore, SyncCore
from .credentials import BaseCredentials
from .errors import Error, InvalidArgument
from .options import AsyncOptions, Options
from .servers import Server

__all__ = [
    "AsyncCore",
    "AsyncOptions",
    "BaseAsyncClient",
    "BaseClient",
    "Options",
    "SyncCore",
]

T = TypeVar("T")


class BaseClient:
    """A client: a context manager that threads may share and that can be reused."""

    def __init__(
        self,
        credentials: BaseCredentials,
        server: Server,
        *,
        settings: Mapping[str, str] | None = None,
        **options: Unpack[Options],
    ) -> None:
        account = _options.account(credentials, server, settings, options)
        self._core = SyncCore(
            _name(self),
            account,
            options.get("transport"),
            options.get("limiter"),
            _options.transport_options(account.server, options),
        )

    def _perform(self, call: Call[T]) -> T:
        return self._core.perform(call)

    def reconcile(self, error: Error, /, **arguments: Any) -> Any:
        """Ask the provider what became of a call whose outcome is unknown.

        Makes the call that `error.recovery` names, with what the lost call has sent
        for the same parameters (`error.recovery_arguments`) and with `arguments`.

        Raises:
            InvalidArgument: the provider documents no operation that tells.
        """
        return recovering(self, error)(**{**error.recovery_arguments, **arguments})

    def close(self) -> None:
        """Close the connections. A second time is no error; calling then is one."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{_name(self)} {self._core.account.server.url}>"


class BaseAsyncClient:
    """A client for event loops: an asynchronous context manager, reusable, for any
    number of tasks."""

    def __init__(
        self,
        credentials: BaseCredentials,
        server: Server,
        *,
        settings: Mapping[str, str] | None = None,
        **options: Unpack[AsyncOptions],
    ) -> None:
        account = _options.account(credentials, server, settings, options)
        self._core = AsyncCore(
            _name(self),
            account,
            options.get("transport"),
            options.get("limiter"),
            _options.transport_options(account.server, options),
        )

    async def _perform(self, call: Call[T]) -> T:
        return await self._core.perform(call)

    async def reconcile(self, error: Error, /, **arguments: Any) -> Any:
        """Ask the provider what became of a call whose outcome is unknown.

        Makes the call that `error.recovery` names, with what the lost call has sent
        for the same parameters (`error.recovery_arguments`) and with `arguments`.

        Raises:
            InvalidArgument: the provider documents no operation that tells.
        """
        method = recovering(self, error)
        return await method(**{**error.recovery_arguments, **arguments})

    async def close(self) -> None:
        """Close the connections. A second time is no error; calling then is one."""
        await self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<{_name(self)} {self._core.account.server.url}>"


def recovering(client: object, error: Error) -> Callable[..., Any]:
    """The client's method that tells what became of a call.

    Raises:
        InvalidArgument: there is none.
    """
    if error.recovery is None:
        raise InvalidArgument(
            "error: nothing to ask: the call came to nothing, or the provider has no "
            "operation that tells",
            operation=error.operation,
            parameter="error",
        )
    provider, *names = error.recovery.split(".")
    found: Any = client
    for name in names:
        found = getattr(found, name, None)
    if not callable(found):
        raise InvalidArgument(
            f"error: it is of another client: {provider} is asked",
            operation=error.operation,
            parameter="error",
        )
    return cast("Callable[..., Any]", found)


def _name(client: object) -> str:
    """`aisix.Client`: the package of a client's module, and its class."""
    kind = type(client)
    package = kind.__module__.rpartition(".")[0]
    return f"{package.rpartition('.')[2]}.{kind.__name__}".lstrip(".")
