"""The package that the vocabulary's specs become, planned, rendered and importable."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from wirebook import plan, render
from wirebook.load import load
from wirebook.model import Provider
from wirebook.tool import FLOOR

SPECS = Path(__file__).parent / "vocabulary"
PACKAGE = "vocabulary_clients"


@cache
def providers() -> tuple[Provider, ...]:
    loaded = load(SPECS, SPECS.parent)
    assert [provider.id for provider in loaded.providers] == ["narrow", "wide"], [
        f"{p.where}: {p.message}" for p in loaded.problems
    ]
    return loaded.providers


@cache
def sources() -> dict[str, str]:
    """Path to text, of every file but the floor."""
    renderer = render.Renderer()
    texts: dict[str, str] = {}
    for artefact in plan.package(providers(), PACKAGE):
        made = renderer.render(artefact)
        assert isinstance(made, bytes), made
        texts[artefact.path] = made.decode()
    return texts


@cache
def written() -> Path:
    """A folder on `sys.path` that holds the package."""
    folder = Path(mkdtemp(prefix="vocabulary-"))
    for path, text in sources().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(FLOOR, folder / PACKAGE / "_runtime", ignore=ignored)
    sys.path.insert(0, str(folder))
    return folder
