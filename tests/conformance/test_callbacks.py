"""Every vector of a callback: through its parser, and by a real HTTP request to the
provider's application, mounted in Starlette and served by uvicorn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.support.asgi_server import Server, serving
from wirebook.load import load
from wirebook.model import Callback, Provider, Vector
from wirebook.proof import compare

ROOT = Path(__file__).parents[2]
CALLBACK = "callback:"


@cache
def providers() -> tuple[Provider, ...]:
    return load(ROOT / "specs", ROOT).providers


def callbacks(provider: Provider) -> dict[str, Callback]:
    return {
        f"{product.key}.{callback.key}" if product.key else callback.key: callback
        for product in provider.products
        for callback in product.callbacks
    }


CASES = [
    pytest.param(provider, vector, id=f"{provider.id}-{vector.id}")
    for provider in providers()
    for vector in provider.vectors
    if vector.operation.startswith(CALLBACK)
]

received: list[Any] = []


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    mounts = []
    for provider in providers():
        known = callbacks(provider)
        if known:
            module = import_module(f"telecoms.{provider.id}.callbacks")
            handlers = {f"on_{one.key}": received.append for one in known.values()}
            application = module.Application(**handlers)
            mounts.append(Mount(f"/hooks/{provider.id}", application))
    with serving(Starlette(routes=mounts)) as found:
        yield found


def test_every_callback_has_a_vector() -> None:
    for provider in providers():
        proven = {vector.operation for vector in provider.vectors}
        assert {f"{CALLBACK}{name}" for name in callbacks(provider)} <= proven


@pytest.mark.parametrize(("provider", "vector"), CASES)
def test_parser(provider: Provider, vector: Vector) -> None:
    callback, parts = found(provider, vector)
    home = f".{callback.product}" if callback.product else ""
    module = import_module(f"telecoms.{provider.id}{home}.callbacks")
    parse = getattr(module, f"parse_{callback.key}")

    if vector.raises is None:
        assert compare.result(vector.result, parse(**parts)) == []
    else:
        error = getattr(import_module("telecoms"), vector.raises.error)
        with pytest.raises(error):
            parse(**parts)


@pytest.mark.parametrize(("provider", "vector"), CASES)
def test_application(provider: Provider, vector: Vector, server: Server) -> None:
    callback, parts = found(provider, vector)
    received.clear()

    answer = server.request(
        parts["method"],
        f"/hooks/{provider.id}/{callback.key}?{parts['query']}",
        parts["body"],
        parts["headers"],
    )

    if vector.raises is not None:
        assert answer.status == 400
        assert received == []
        return
    assert answer.status == callback.answer_status
    assert answer.body == callback.answer.encode()
    assert len(received) == 1
    assert compare.result(vector.result, received[0]) == []


def found(provider: Provider, vector: Vector) -> tuple[Callback, dict[str, Any]]:
    """The callback, and the parts of the request that the vector records."""
    request = vector.request or {}
    return callbacks(provider)[vector.operation.removeprefix(CALLBACK)], {
        "method": str(request.get("method", "POST")),
        "query": urlsplit(str(request.get("target", "/"))).query,
        "headers": {k: str(v) for k, v in (request.get("headers") or {}).items()},
        "body": str(request.get("body", "")).encode("utf-8"),
    }
