"""How reports are printed, a module per format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wirebook.diff.report import Report

from .data import data, schema
from .github import github
from .markdown import markdown
from .text import text

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text,
    "markdown": markdown,
    "json": data,
    "github": github,
}

__all__ = ["FORMATS", "schema"]
