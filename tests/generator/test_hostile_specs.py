"""Hostile words in every place of every spec: a located error, or the same shape."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.support.hostile import (
    FOLDERS,
    Documents,
    Place,
    documents,
    output,
    replaced,
    shape,
    texts,
)
from wirebook import render
from wirebook.grammar import FLOOR
from wirebook.render import Renderer

HARMLESS = "harmless words"
HOSTILE = {
    "everything": "\"\"\"'''\nimport os\nos.system('x')\\ {{ 7*7 }}{% raw %}\r\u2028"
    "\u202e\x00\x1b[31m\u200b#{0}%s$x`<b>[l](javascript:x)|",
    "end of a docstring": '"""\nimport os\n"""',
    "placeholder": "{x}",
    "reference": "$evil",
    "path": "../../etc/passwd",
    "nothing": "",
    "blank": " ",
    "keyword": "import",
    "dunder": "__class__",
    "digits": "9" * 5_000,
    "minus": "-1",
    "backslash": "\\",
    "quote": '"',
    "line end": "a\nb",
    "null": "\0",
    "wide": "测试" * 300,
    "html": "</summary></details><script>alert(1)</script>",
    "cookie": "# -*- coding: utf-7 -*-",
}
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
TAGS = ("<a id=", "</a>", "<br>", "<code>", "</code>", "<pre>", "</pre>")
BLOCKS = (
    "<details>",
    "</details>",
    "<summary>",
    "<pre><code>",
    "<!-- Generated",
    "<a id",
)


def places(found: Documents) -> list[tuple[str, Place, bool]]:
    return [(f, *text) for f, node in found.items() for text in texts(node)]


def hold(found: Documents, file: str, place: Place, is_key: bool, word: str) -> bool:
    """Whether the word was taken; then everything kept its shape."""

    def made(text: str) -> dict[str, str] | None:
        return output(replaced(found, file, place, is_key, text), RENDERER)

    hostile = made(word)
    if hostile is None:
        return False
    harmless = made(HARMLESS)
    for path, source in hostile.items():
        assert all(c.isprintable() or c == "\n" for c in source), path
        if path.endswith(".md"):
            inert(source)
        elif harmless is not None and source != harmless[path]:
            same = shape(source) == shape(harmless[path])
            # An empty text may be left out, a reference is one: neither is code.
            assert same or not word or word[0] == "$" or "join" in place, path
    assert harmless is None or harmless.keys() == hostile.keys()
    return True


def inert(page: str) -> None:
    """No link but to our own pages, no image, no tag but our own."""
    for token in MARKDOWN.parse(page):
        if token.type == "html_block":
            for line in token.content.strip().split("\n"):
                # What is escaped throughout opens nothing.
                words = line.removesuffix("</code></pre>")
                assert line.startswith(BLOCKS) or "<" not in words, line
        for part in token.children or ():
            assert part.type != "image"
            if part.type == "html_inline":
                assert part.content.startswith(TAGS), part.content
            if part.type == "link_open":
                target = str(part.attrs["href"])
                assert (
                    target.startswith(("#", "https://", "http://")) or ".md" in target
                )


RENDERER = Renderer()


@pytest.mark.parametrize("name", HOSTILE)
def test_sampled_places(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "laid_out", lambda text: text)
    chosen = random.Random(name)
    for folder in FOLDERS:
        found = documents(folder)
        if sum(1 for _ in places(found)) > 5_000:
            continue
        for file, place, is_key in chosen.sample(places(found), 3):
            hold(found, file, place, is_key, HOSTILE[name])


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_many_places(folder: Path) -> None:
    found = documents(folder)
    everywhere = places(found)
    small = len(everywhere) < 150
    words = list(HOSTILE.values()) if small else [HOSTILE["everything"]]
    if len(everywhere) > 300:
        everywhere = random.Random(1).sample(
            everywhere, 60 if len(everywhere) > 5_000 else 300
        )
    taken = sum(hold(found, *place, word) for place in everywhere for word in words)
    assert taken > len(words)


WATCH = """
import importlib, pkgutil, sys
import httpx2, email.parser, xml.parsers.expat, zoneinfo
package = sys.argv[1]
sys.path.insert(0, package)
seen = []
def watch(event, args):
    if event == "open":
        if not str(args[0]).startswith(package) and not str(args[0]).endswith((".py", ".pyc")):
            seen.append((event, args[0]))
    elif event.startswith(("socket.", "subprocess.", "os.", "ctypes.", "exec.", "shutil.")):
        if event not in ("os.listdir", "os.scandir"):
            seen.append((event, args))
sys.addaudithook(watch)
import clients
for module in pkgutil.walk_packages(clients.__path__, "clients."):
    if "_runtime" not in module.name:
        importlib.import_module(module.name)
print(seen)
"""


def test_importing_the_output_touches_nothing(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for folder in FOLDERS:
        if folder.parent.name == "specs":
            found = documents(folder)
            title: Place = ("provider", "title")
            word = HOSTILE["everything"]
            hostile = output(
                replaced(found, "provider.yaml", title, False, word), RENDERER
            )
            assert hostile is not None
            files |= hostile
    for path, text in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    (tmp_path / "clients/_runtime").mkdir()
    for module in FLOOR.glob("*.py"):
        (tmp_path / "clients/_runtime" / module.name).write_bytes(module.read_bytes())
    watched = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert watched.stdout.strip() == "[]", watched.stderr
