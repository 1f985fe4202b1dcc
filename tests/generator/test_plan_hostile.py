"""Whatever a spec says, the output keeps its shape: texts become constants, no more."""

import ast
from functools import cache

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.support.vocabulary_package import PACKAGE, providers
from wirebook import plan, render

WORDS = frozenset(
    {
        *("summary", "text", "description", "title", "src", "deprecated", "version"),
        *("unit", "url", "wire", "wire_aliases", "pattern", "separator", "example"),
        *("status", "message", "expect", "templates", "starts_with", "content_type"),
        *("spelling", "server_default", "answer", "headers", "fixed", "texts", "path"),
        *("xml_root", "xml_namespace", "root", "at", "env", "prefixes", "fields"),
    }
)
"""Where strangers' texts stand in the model."""

HOSTILE = [
    '"""\nimport os\nos.system("true")\n"""',
    "'''; import os #",
    "\\",
    'ends in a quote"',
    '"',
    "a\r\nimport os\r",
    "a\u2028import os\u2029\x0b\x0c\x85",
    "{{ 7 * 7 }}{% raw %}{# no",
    "\u202eevil\u202c \u200b\ufeff \x00\x1b[31m",
    "\ud800",
    "x" * 300,
    "测试" * 60,
    "# -*- coding: utf-7 -*-",
]


def poisoned(value, text, name=""):
    if isinstance(value, Struct):
        changed = {
            field: poisoned(getattr(value, field), text, field)
            for field in value.__struct_fields__
            if field != "where"
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poisoned(item, text, name) for item in value)
    # What is empty or a sign of the language decides; only words are exchanged.
    if type(value) is str and name in WORDS and value and not value.startswith("$"):
        return text if "{i}" not in value else "{i}" + text
    return value


def shape(source):
    """The tree without the texts of its constants."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for field in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
            if hasattr(node, field):
                setattr(node, field, 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = "text"
    return ast.dump(tree)


def rendered(found):
    renderer = render.Renderer()
    texts = {}
    for artefact in plan.package(found, PACKAGE):
        if artefact.path.endswith(".py"):
            content = renderer.render(artefact)
            assert isinstance(content, bytes), content
            texts[artefact.path] = content.decode()
    return texts


@cache
def harmless():
    """The shape of every file, with words that need no care."""
    files = rendered(poisoned(providers(), "harmless"))
    return {path: shape(source) for path, source in files.items()}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_words_change_no_line_of_code(text, monkeypatch):
    monkeypatch.setattr(render, "laid_out", lambda text: text)
    shapes = harmless()
    hostile = rendered(poisoned(providers(), text))
    assert shapes.keys() == hostile.keys()
    for path, source in hostile.items():
        assert shapes[path] == shape(source), path
        assert all(c.isprintable() or c == "\n" for c in source), path


@pytest.mark.parametrize("text", HOSTILE[:4] + HOSTILE[-3:], ids=ascii)
def test_black_leaves_hostile_words_as_they_are(text, monkeypatch):
    laid_out = render.laid_out
    monkeypatch.setattr(render, "laid_out", lambda text: text)
    for path, source in rendered(poisoned(providers()[1:], text)).items():
        assert source == laid_out(source), path
