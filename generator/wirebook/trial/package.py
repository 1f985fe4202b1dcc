"""The client of a spec, importable while it is needed and gone afterwards."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from wirebook import plan, render
from wirebook.config import Config
from wirebook.model import Operation, Provider
from wirebook.problem import Problem, format_text
from wirebook.tool import FLOOR

NAME = "wirebook_trial"
"""No package of a project has it, so nothing that is imported is replaced."""


class Unprintable(Exception):
    """A template could not be rendered: what is wrong, and where."""


class Trial:
    """The imported package of one provider."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.module = import_module(f"{NAME}.{provider.id}")

    def floor(self, name: str) -> ModuleType:
        """A module of the floor that this package carries."""
        return import_module(f"{NAME}._runtime.{name}")

    def find(self, operation: Operation) -> Any:
        """Looks up a public name of the operation's product, or of the provider."""
        holder = self.module
        if operation.product:
            holder = import_module(f"{NAME}.{self.provider.id}.{operation.product}")

        def find(name: str) -> Any:
            return getattr(holder, name, None) or getattr(self.module, name)

        return find


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
