"""What generated clients derive from."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from . import options as _options
from .async_core import AsyncCore
from .call import Call
from .core import SyncCore
from .credentials import BaseCredentials
from .errors import Error
from .follow_up import recovering, resending
from .options import AsyncOptions, Options
from .results import Results
from .sealed import seal, sealed
from .servers import Server

__all__ = [
    "AsyncCore",
    "AsyncOptions",
    "BaseAsyncClient",
    "BaseAsyncProduct",
    "BaseClient",
    "BaseProduct",
    "Options",
    "SyncCore",
]

T = TypeVar("T")


class BaseClient:
    """A client: a context manager that threads may share and that can be reused."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # What users derive further is theirs.
        if BaseClient in cls.__bases__:
            seal(cls)

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

    @sealed
    def reconcile(self, error: Error, /, **arguments: Any) -> Any:
        """Ask the provider what became of a call whose outcome is unknown.

        Makes the call that `error.recovery` names, with what the lost call has sent
        for the same parameters (`error.recovery_arguments`) and with `arguments`.

        Raises:
            InvalidArgument: the provider documents no operation that tells.
        """
        return recovering(self, error)(**{**error.recovery_arguments, **arguments})

    @sealed
    def resend(self, results: Results[Any], /, **arguments: Any) -> Any:
        """Make a call again for those alone who were refused.

        results: what the call returned, or what its error holds. Only recipients of
            whom the provider's status proves that nothing was submitted are taken
            (`results.resendable`).
        arguments: those of the call, without the recipients.

        Raises:
            InvalidArgument: there is nobody to send to again.
        """
        return resending(self, results)(**arguments)

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

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if BaseAsyncClient in cls.__bases__:
            seal(cls)

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

    @sealed
    async def reconcile(self, error: Error, /, **arguments: Any) -> Any:
        """Ask the provider what became of a call whose outcome is unknown.

        Makes the call that `error.recovery` names, with what the lost call has sent
        for the same parameters (`error.recovery_arguments`) and with `arguments`.

        Raises:
            InvalidArgument: the provider documents no operation that tells.
        """
        method = recovering(self, error)
        return await method(**{**error.recovery_arguments, **arguments})

    @sealed
    async def resend(self, results: Results[Any], /, **arguments: Any) -> Any:
        """Make a call again for those alone who were refused.

        results: what the call returned, or what its error holds. Only recipients of
            whom the provider's status proves that nothing was submitted are taken
            (`results.resendable`).
        arguments: those of the call, without the recipients.

        Raises:
            InvalidArgument: there is nobody to send to again.
        """
        return await resending(self, results)(**arguments)

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


class BaseProduct:
    """One product of a client; both have the same connections."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        seal(cls)

    def __init__(self, core: SyncCore) -> None:
        self._core = core


class BaseAsyncProduct:
    """One product of a client for event loops; both have the same connections."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        seal(cls)

    def __init__(self, core: AsyncCore) -> None:
        self._core = core


def _name(client: object) -> str:
    """`aisix.Client`: the package of a client's module, and its class."""
    kind = type(client)
    package = kind.__module__.rpartition(".")[0]
    return f"{package.rpartition('.')[2]}.{kind.__name__}".lstrip(".")
