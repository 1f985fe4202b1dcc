"""The client of a spec, importable while it is needed and gone afterwards."""

from __future__ import annotations

import asyncio
import inspect
import shutil
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from wirebook import plan, render
from wirebook.arguments import typed_arguments
from wirebook.config import Config
from wirebook.model import Operation, Provider
from wirebook.problem import Problem, format_text
from wirebook.tool import FLOOR

NAME = "wirebook_trial"
"""No package of a project has it, so nothing that is imported is replaced."""


class Unprintable(Exception):
    """A template could not be rendered: what is wrong, and where."""


class Trial:
    """The imported clients of one provider.

    package: the name of the generated package that they are in.
    """

    def __init__(self, provider: Provider, package: str = NAME) -> None:
        self.provider = provider
        self.module = import_module(f"{package}.{provider.id}")
        self._package = package

    def floor(self, name: str) -> ModuleType:
        """A module of the floor that this package carries."""
        return import_module(f"{self._package}._runtime.{name}")

    def part(self, product: str | None, name: str = "") -> ModuleType:
        """A product, or a module of it such as `callbacks`."""
        path = [self.module.__name__, product or "", name]
        return import_module(".".join(filter(None, path)))

    def find(self, operation: Operation) -> Any:
        """Looks up a public name of the operation's product, or of the provider."""
        holder = self.part(operation.product)

        def find(name: str) -> Any:
            return getattr(holder, name, None) or getattr(self.module, name)

        return find

    def typed(
        self, operation: Operation, given: Mapping[str, object]
    ) -> dict[str, Any]:
        """Arguments as a program gives them, of what a vector says."""
        return typed_arguments(self.provider, operation, given, self.find(operation))

    def call(
        self,
        operation: Operation,
        options: Mapping[str, Any],
        arguments: Mapping[str, Any],
        asynchronous: bool = False,
    ) -> Any:
        """What the operation returns to a client that is made for this call."""
        if asynchronous:
            return asyncio.run(self._call(operation, options, arguments))
        with self.module.Client(**options) as client:
            return method(client, operation)(**arguments)

    async def _call(
        self,
        operation: Operation,
        options: Mapping[str, Any],
        arguments: Mapping[str, Any],
    ) -> Any:
        async with self.module.AsyncClient(**options) as client:
            result = method(client, operation)(**arguments)
            return await result if inspect.isawaitable(result) else result


def method(client: Any, operation: Operation) -> Any:
    """The operation as a method of a client."""
    holder = getattr(client, operation.product) if operation.product else client
    return getattr(holder, operation.name)


@contextmanager
def trial(provider: Provider, config: Config) -> Generator[Trial]:
    """Generate a provider into a temporary folder and import it.

    Raises Unprintable where a template of the project cannot be rendered.
    """
    with TemporaryDirectory(prefix="wirebook-") as made:
        folder = Path(made)
        _write(provider, config, folder)
        sys.path.insert(0, made)
        invalidate_caches()
        try:
            yield Trial(provider)
        finally:
            sys.path.remove(made)
            for name in [*sys.modules]:
                if name == NAME or name.startswith(f"{NAME}."):
                    del sys.modules[name]


def _write(provider: Provider, config: Config, folder: Path) -> None:
    renderer = render.Renderer(config.templates, imports=config.imports)
    for artefact in plan.package((provider,), NAME):
        content = renderer.render(artefact)
        if isinstance(content, Problem):
            raise Unprintable(format_text([content]).rstrip())
        path = folder / artefact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(FLOOR, folder / NAME / "_runtime", ignore=ignored)
