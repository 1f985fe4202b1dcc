"""Specs of invented providers: generated, imported, and called over loopback.

A family's spec stands in `tests/families/<id>/`; its test plays the provider with a
handler of its own, which checks every request before it answers.
"""

from __future__ import annotations

import asyncio
import inspect
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.loopback import Answer, Received, serving
from wirebook import plan, render
from wirebook import specs as folders
from wirebook.load import read
from wirebook.model import Provider
from wirebook.problem import Severity
from wirebook.tool import FLOOR
from wirebook.trial import still
from wirebook.trial.package import Trial

FAMILIES = Path(__file__).parents[1] / "families"
PACKAGE = "family_clients"
KINDS = ("sync", "async")

UNPROVEN = frozenset({"unproven-signature", "operation-without-vector"})
"""What a vector proves of a spec; here the provider that the test plays does."""

Handler = Callable[["Request"], "Answer | str | bytes | tuple[int, str | bytes]"]


class Request:
    """One request, taken apart with nothing but the standard library."""

    def __init__(self, received: Received) -> None:
        self.method = received.method
        self.target = received.target
        self.headers = received.headers
        self.body = received.body
        self.header = received.header
        self.path, _, self.query_text = received.target.partition("?")

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.query_text, keep_blank_values=True, strict_parsing=False)

    def form(self, charset: str = "utf-8") -> list[tuple[str, str]]:
        text = self.body.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, encoding=charset)


@cache
def folder() -> Path:
    """A folder on `sys.path` that holds the package of the families."""
    made = Path(mkdtemp(prefix="families-"))
    package = made / PACKAGE
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(FLOOR, package / "_runtime", ignore=ignored)
    sys.path.insert(0, str(made))
    return made


@cache
def provider(specs: Path) -> Provider:
    """The provider of a folder; any error in its spec fails the test."""
    found, problems = read(folders.files(specs, specs.parent))
    shown = [
        f"{problem.where}: {problem.rule}: {problem.message}"
        for problem in problems
        if problem.severity is Severity.ERROR and problem.rule not in UNPROVEN
    ]
    assert not shown, "\n".join(shown)
    assert found is not None
    return found


@cache
def sources(specs: Path) -> dict[str, str]:
    """Path to text of every file that a spec becomes."""
    renderer = render.Renderer()
    texts: dict[str, str] = {}
    for artefact in plan.package((provider(specs),), PACKAGE):
        made = renderer.render(artefact)
        assert isinstance(made, bytes), made
        texts[artefact.path] = made.decode()
    return texts


@cache
def generated(specs: Path) -> Any:
    """The client package of a spec, imported."""
    root = folder()
    for path, text in sources(specs).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or f"{PACKAGE}/{specs.name}/" in path:
            file.write_text(text, "utf-8")
    return import_module(f"{PACKAGE}.{specs.name}")


class Played:
    """A provider that a handler plays, and what reached it."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.requests: list[Request] = []
        self.problems: list[BaseException] = []
        self.url = ""

    def answer(self, received: Received) -> Answer:
        request = Request(received)
        self.requests.append(request)
        try:
            made = self.handler(request)
        except BaseException as problem:
            # Told to the test when the server ends.
            self.problems.append(problem)
            return Answer(b"the request was refused by the test", 418)
        if isinstance(made, Answer):
            return made
        status, body = made if isinstance(made, tuple) else (200, made)
        data = body.encode("utf-8") if isinstance(body, str) else body
        return Answer(data, status)


@contextmanager
def played(handler: Handler) -> Iterator[Played]:
    """Serve with a handler; what it complains about fails the test at the end."""
    record = Played(handler)
    with serving(record.answer) as record.url:
        yield record
    if record.problems:
        raise record.problems[0]


class Caller:
    """One client, of either kind, whose calls look alike."""

    def __init__(self, module: Any, kind: str, options: dict[str, Any]) -> None:
        self.module = module
        self.errors = import_module(f"{PACKAGE}._runtime.errors")
        self.runner = asyncio.Runner() if kind == "async" else None
        if self.runner is None:
            self.client = module.Client(**options)
        else:
            self.client = self.runner.run(self._made(options))

    async def _made(self, options: dict[str, Any]) -> Any:
        return self.module.AsyncClient(**options)

    def call(self, name: str, /, **arguments: Any) -> Any:
        """Call an operation, `name` or `product.name`; an iteration as a list."""
        method = self.client
        for part in name.split("."):
            method = getattr(method, part)
        if self.runner is None:
            result = method(**arguments)
            return list(result) if isinstance(result, Iterator) else result
        return self.runner.run(self._awaited(method, arguments))

    async def _awaited(self, method: Any, arguments: dict[str, Any]) -> Any:
        result = method(**arguments)
        if isinstance(result, AsyncIterator):
            return [item async for item in result]
        return await result if inspect.isawaitable(result) else result

    def fails(self, name: str, /, **arguments: Any) -> Any:
        """Call an operation that must fail; the error, with its class as `kind`."""
        try:
            result = self.call(name, **arguments)
        except self.errors.Error as error:
            return error
        raise AssertionError(f"{name} was taken for a success: {result!r}")

    def close(self) -> None:
        if self.runner is None:
            self.client.close()
        else:
            self.runner.run(self.client.close())
            self.runner.close()


@contextmanager
def connected(
    specs: Path, kind: str, handler: Handler, *, path: str | None = None, **options: Any
) -> Iterator[tuple[Caller, Played]]:
    """A client of a family, connected to the provider that a handler plays.

    path: the path of the base URL; the first server's own if not given.
    """
    module = generated(specs)
    with played(handler) as server:
        if path is None:
            path = urlsplit(provider(specs).servers[0].url).path
        # Nobody waits, however long a provider asks for.
        clock = still.clock(Trial(provider(specs), PACKAGE), None)
        settled = {"base_url": server.url + path, "retries": 0, "clock": clock}
        caller = Caller(module, kind, {**settled, **options})
        try:
            yield caller, server
        finally:
            caller.close()
