"""The calls that may follow one that did not come to a good end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from .errors import Error, InvalidArgument
from .results import Results


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
    return _method(client, error.recovery, "error")


def resending(client: object, results: Results[Any]) -> Callable[..., Any]:
    """The client's method that was called, for those who may be sent to again.

    Raises:
        InvalidArgument: there is nobody, or the call was of another client.
    """
    again, parameter = results.resendable, results.parameter
    if results.operation is None or parameter is None or not again:
        words = "nobody was refused of whom it is known that nothing was submitted"
        raise InvalidArgument(
            f"results: {words}",
            operation=results.operation,
            parameter="results",
        )
    return partial(_method(client, results.operation, "results"), **{parameter: again})


def _method(client: object, operation: str, parameter: str) -> Callable[..., Any]:
    provider, *names = operation.split(".")
    found: Any = client
    for name in names:
        found = getattr(found, name, None)
    if not callable(found):
        raise InvalidArgument(
            f"{parameter}: of another client: {provider} is asked",
            operation=operation,
            parameter=parameter,
        )
    return cast("Callable[..., Any]", found)
