"""A call whose steps are answered by a script, without a network."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.specimen import (
    Fixed,
    StillClock,
    call,
    credentials,
    operation,
    read,
)
from wirebook.runtime import errors
from wirebook.runtime.account import Account
from wirebook.runtime.flow import attempts
from wirebook.runtime.retry import RetryPolicy
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does
from wirebook.runtime.steps import Reserve, Send, Wait
from wirebook.runtime.transport import Kind, Response, TransportProblem

Answer = Response | TransportProblem | BaseException | float | None


def status(code: object, http: int = 200, **headers: str) -> Response:
    found = tuple((name.replace("_", "-"), text) for name, text in headers.items())
    return Response(http, found, f'{{"status": {code}, "id": "7"}}'.encode())


def lost(kind: Kind, written: bool) -> TransportProblem:
    return TransportProblem(kind, "detail", written=written)


class Play:
    """Drives the steps of a call by a script of answers to its Sends."""

    def __init__(
        self,
        *answers: Response | TransportProblem | BaseException,
        does: Does = Does.SUBMITS,
        reader: Callable[..., Any] | None = None,
        retry: RetryPolicy | None = None,
        options: dict[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        self.answers = list(answers)
        self.clock = StillClock()
        self.steps: list[Any] = []
        self.sends: list[Send] = []
        self.account = Account(
            credentials(),
            Server("http://127.0.0.1:9"),
            clock=self.clock,
            random=Fixed(),
            **(options or {}),
        )
        self.operation = operation(does, retry=retry or RetryPolicy(), **facts)
        self.call = call(self.operation, reader=reader or read)
        self.reserve = 0.0

    def run(self) -> Any:
        steps: Generator[Any, Any, Any] = attempts(self.call, self.account)
        answer: Any = None
        try:
            step = next(steps)
            while True:
                self.steps.append(step)
                failure: BaseException | None = None
                match step:
                    case Send():
                        self.sends.append(step)
                        answer = self.answers.pop(0)
                        if isinstance(answer, BaseException) and not isinstance(
                            answer, TransportProblem
                        ):
                            failure = answer
                    case Wait():
                        self.clock.sleep(step.seconds)
                        answer = None
                    case Reserve():
                        answer = self.reserve
                    case _:
                        answer = None
                step = steps.throw(failure) if failure else steps.send(answer)
        except StopIteration as end:
            return end.value

    def error(self) -> Any:
        with pytest.raises(errors.Error) as caught:
            self.run()
        return caught.value

    @property
    def waits(self) -> list[float]:
        return [step.seconds for step in self.steps if isinstance(step, Wait)]
