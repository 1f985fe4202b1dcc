"""Run a vector of a spec against a generated client, over a real connection."""

from __future__ import annotations

import asyncio
import base64
import inspect
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from tests.support.loopback import Answer, Received, loopback
from wirebook.arguments import typed_arguments
from wirebook.model import Operation, Provider, Vector
from wirebook.proof import compare

SAMPLE_REPLY = Answer(b"", 200)


def fixed_clock(package: str, moment: datetime | None) -> Any:
    """A clock that stands still, of the floor that the package carries."""
    base: Any = import_module(f"{package}._runtime.moment").Clock

    async def sleep_async(self: Any, seconds: float) -> None:
        await asyncio.sleep(0)

    methods: dict[str, Any] = {
        "sleep": lambda self, seconds: None,
        "sleep_async": sleep_async,
    }
    if moment is not None:
        methods["now"] = lambda self: moment
    return type("Standing", (base,), methods)()


def fixed_random(package: str, nonce: str | None) -> Any:
    """Chance that gives the nonce of the vector, if it has one."""
    base: Any = import_module(f"{package}._runtime.moment").Random
    if nonce is None:
        return base()
    return type(
        "Fixed", (base,), {"nonce": lambda self, alphabet, length=None: nonce}
    )()


class Run:
    """What came of a vector: the request that arrived, and the result or error."""

    def __init__(self, received: list[Received], result: Any, error: Exception | None):
        self.received = received
        self.result = result
        self.error = error


def run_vector(
    package: str, provider: Provider, vector: Vector, *, asynchronous: bool
) -> Run:
    """Perform the vector's operation once against a loopback server."""
    operation = find_operation(provider, vector.operation)
    module = import_module(f"{package}.{provider.id}")
    product_module = (
        import_module(f"{package}.{provider.id}.{operation.product}")
        if operation.product
        else module
    )

    def find(name: str) -> Any:
        return getattr(product_module, name, None) or getattr(module, name)

    arguments = typed_arguments(provider, operation, vector.arguments, find)
    with loopback([answer_of(vector)]) as server:
        options: dict[str, Any] = dict(vector.client)
        chosen = next(
            (
                item
                for item in provider.servers
                if item.key == options.get("server", provider.servers[0].key)
            ),
        )
        options["base_url"] = server.url + urlsplit(chosen.url).path.rstrip("/")
        options["clock"] = fixed_clock(package, vector.at)
        options["random"] = fixed_random(package, vector.nonce)
        options["retries"] = 0
        try:
            if asynchronous:
                result = asyncio.run(_perform(module, operation, options, arguments))
            else:
                with module.Client(**options) as client:
                    result = _method(client, operation)(**arguments)
        except Exception as error:
            return Run(server.received, None, error)
        return Run(server.received, result, None)


async def _perform(
    module: Any,
    operation: Operation,
    options: Mapping[str, Any],
    arguments: Mapping[str, Any],
) -> Any:
    async with module.AsyncClient(**options) as client:
        result = _method(client, operation)(**arguments)
        return await result if inspect.isawaitable(result) else result


def _method(client: Any, operation: Operation) -> Any:
    holder = getattr(client, operation.product) if operation.product else client
    return getattr(holder, operation.name)


def find_operation(provider: Provider, identifier: str) -> Operation:
    return next(item for item in provider.operations if item.id == identifier)


def answer_of(vector: Vector) -> Answer:
    """The scripted reply; a vector of the request alone gets an empty one."""
    if vector.reply is None:
        return SAMPLE_REPLY
    reply = vector.reply
    body = (
        base64.b64decode(reply["body_base64"])
        if "body_base64" in reply
        else str(reply.get("body", "")).encode("utf-8")
    )
    headers = tuple((k, str(v)) for k, v in (reply.get("headers") or {}).items())
    return Answer(body, int(reply.get("http", 200)), headers)


def check(vector: Vector, run: Run) -> None:
    """Hold a run against all that the vector says."""
    if vector.request is not None:
        assert len(run.received) == 1, run.error
        check_request(vector.request, run.received[0])
    if vector.raises is not None:
        check_error(vector, run.error)
    elif vector.reply is not None:
        assert run.error is None, run.error
        if vector.has_result:
            assert compare.result(vector.result, run.result) == []


def check_request(expected: Any, received: Any) -> None:
    if "method" in expected:
        assert expected["method"] == received.method
    if "target" in expected:
        assert expected["target"] == received.target
    for name, value in (expected.get("headers") or {}).items():
        assert str(value) == received.header(name), name
    if "body" in expected:
        assert str(expected["body"]) == received.body.decode("utf-8")


def check_error(vector: Vector, error: Exception | None) -> None:
    assert error is not None, "the reply was taken for a success"
    expected = vector.raises
    assert expected is not None
    # Each package has classes of its own.
    raised: Any = error
    names = [kind.__name__ for kind in type(error).__mro__]
    assert expected.error in names, error
    if expected.status is not None:
        assert expected.status == raised.status.name
    if expected.code is not None:
        assert expected.code == raised.code
    if expected.submitted is not None:
        assert expected.submitted == raised.submitted.name
