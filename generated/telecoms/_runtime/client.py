"""What generated clients derive from."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self, TypeVar, Unpack

from . import options as _options
from .call import Call
from .core import AsyncCore, SyncCore
from .credentials import BaseCredentials
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


def _name(client: object) -> str:
    """`aisix.Client`: the package of a client's module, and its class."""
    kind = type(client)
    package = kind.__module__.rpartition(".")[0]
    return f"{package.rpartition('.')[2]}.{kind.__name__}".lstrip(".")
