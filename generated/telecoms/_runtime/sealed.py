"""Methods whose failures leave nothing behind in the frames of a traceback.

Crash reporters and debuggers print the variables of every frame that an error has
passed, and a method's arguments are such variables: credentials, texts, telephone
numbers. What fails inside of a sealed method therefore keeps its traceback, every
file and line of it, and loses the variables. Those of the caller stay the caller's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import CodeType, FunctionType, TracebackType
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

_COROUTINE = 0x80
"""The flag of a function whose calls are awaited (`inspect.CO_COROUTINE`)."""


def sealed(method: F) -> F:
    """The method, whose frames are emptied before an error leaves it."""
    code: CodeType = cast("Any", method).__code__
    seal = _sealed_coroutine if code.co_flags & _COROUTINE else _sealed
    made: Any = seal(method)
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(made, name, getattr(method, name))
    # Signatures, annotations and sources are looked up there.
    made.__wrapped__ = method
    return cast("F", made)


def seal(kind: type) -> None:
    """Seal every method that the class itself defines."""
    for name, value in list(vars(kind).items()):
        if isinstance(value, FunctionType):
            setattr(kind, name, sealed(value))


def _sealed(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except BaseException as error:
            arguments = ()
            named.clear()
            empty(error.__traceback__)
            raise

    return call


def _sealed_coroutine(method: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*arguments: Any, **named: Any) -> Any:
        try:
            return await method(*arguments, **named)
        except BaseException as error:
            arguments = ()
            named.clear()
            empty(error.__traceback__)
            raise

    return call


def empty(traceback: TracebackType | None) -> None:
    """Forget the variables of all frames that have ended."""
    while traceback is not None:
        # The sealed method's own frame still runs, and holds nothing.
        with suppress(RuntimeError):
            traceback.tb_frame.clear()
        traceback = traceback.tb_next
