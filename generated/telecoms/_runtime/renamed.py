"""Former names: they go on working, with a DeprecationWarning that says the new one."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, ParamSpec, TypeVar

from . import sealed

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def warn(old: str, new: str, level: int = 3) -> None:
    """Say that `old` is now `new`, at the line that used it."""
    # Loaded by those who use former names only.
    from inspect import currentframe

    frame = currentframe()
    for _ in range(level - 1):
        frame = frame.f_back if frame is not None else None
    while frame is not None and frame.f_globals.get("__name__") == sealed.__name__:
        frame, level = frame.f_back, level + 1
    warnings.warn(f"{old} is now {new}", DeprecationWarning, stacklevel=level)


def parameters(
    **former: str,
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """Accept parameters by their former names: `parameters(old="new")`."""

    def decorate(
        function: Callable[_Arguments, _Result],
    ) -> Callable[_Arguments, _Result]:
        @functools.wraps(function)
        def renamed(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
            given: dict[str, Any] = kwargs
            for old, new in former.items():
                if old not in given:
                    continue
                if new in given:
                    raise TypeError(f"{old} is now {new}: give one of them")
                warn(f"{function.__name__}({old}=…)", f"{new}=…")
                given[new] = given.pop(old)
            return function(*args, **kwargs)

        return renamed

    return decorate


class _Former:
    """A member of an enum under the name that it had."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def __get__(self, instance: object, owner: type[Enum]) -> Enum:
        warn(f"{owner.__name__}.{self._old}", self._new)
        return owner[self._new]


def members(enum: type[Enum], **former: str) -> None:
    """Let members be found by their former names: `members(Status, OLD="NEW")`."""
    for old, new in former.items():
        setattr(enum, old, _Former(old, new))


def names(module: str, former: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a module whose classes had other names."""

    def find(name: str) -> Any:
        if name not in former:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        warn(f"{module}.{name}", former[name])
        return getattr(sys.modules[module], former[name])

    return find
