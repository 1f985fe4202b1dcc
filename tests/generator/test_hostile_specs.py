"""Hostile words in every place of every spec: a located error, or the same shape."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.support.hostile import (
    FOLDERS,
    Documents,
    Sort,
    Spot,
    accepted,
    by_sort,
    documents,
    output,
    replaced,
    shape,
    spots,
    together,
)
from wirebook import render
from wirebook.document import plain
from wirebook.grammar import FLOOR
from wirebook.render import Renderer
from wirebook.schema_check.sound import sound

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


def hold(found: Documents, spot: Spot, word: str) -> bool:
    """Whether the word was taken; then everything kept its shape."""
    hostile = output(replaced(found, {spot: word}), RENDERER)
    if hostile is None:
        return False
    harmless = output(replaced(found, {spot: HARMLESS}), RENDERER)
    # An empty text may be left out, a reference is one: neither is code.
    alike = bool(word) and word[0] != "$"
    compare(hostile, harmless, alike)
    return True


def compare(
    hostile: dict[str, str], harmless: dict[str, str] | None, alike: bool = True
) -> None:
    assert harmless is None or harmless.keys() == hostile.keys()
    for path, source in hostile.items():
        if harmless is not None and source == harmless[path]:
            continue
        assert all(c.isprintable() or c == "\n" for c in source), path
        if path.endswith(".md"):
            inert(source)
        elif alike and harmless is not None:
            assert shape(source) == shape(harmless[path]), path


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
        everywhere = places(folder)
        if len(everywhere) > 5_000:
            continue
        for spot in chosen.sample(everywhere, 2):
            hold(documents(folder), spot, HOSTILE[name])


@cache
def places(folder: Path) -> list[Spot]:
    return spots(documents(folder))


@pytest.mark.slow
def test_every_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A word of its own in every place that takes one, all of them at once.

    What is refused beside others is tried alone.  Places of one sort (the summary of
    any parameter) are taken or refused together; a sort that the schema refuses, or
    that two folders refused, is not tried in a third.  What came of it is imported.
    """
    monkeypatch.setattr(render, "laid_out", lambda text: text)
    refused: Counter[Sort] = Counter()
    known: set[Sort] = set()
    filled: dict[str, int] = {}
    for folder in sorted(FOLDERS, key=lambda folder: len(spots(documents(folder)))):
        attempt = Attempt(documents(folder))
        open_sorts = [sort for sort in attempt.groups if refused[sort] < 2]
        if len(attempt.found) > 6:
            # Halving thousands takes minutes: here is what others are known to take.
            open_sorts = [sort for sort in open_sorts if sort in known]
        allowed = [sort for sort in open_sorts if attempt.allowed(sort)]
        taken = together(allowed, attempt.fits)
        hostile, harmless = attempt.outputs(taken)
        compare(hostile, harmless)
        # Ids of providers may be words of their own: a package for each.
        touches_nothing(tmp_path / folder.name, hostile)
        for sort in set(allowed) - set(taken):
            hold(attempt.found, attempt.groups[sort][0], HOSTILE["everything"])
        known.update(taken)
        refused.update(set(allowed) - set(taken))
        refused.update(dict.fromkeys(set(open_sorts) - set(allowed), 2))
        filled[folder.name] = sum(len(attempt.groups[sort]) for sort in taken)
    assert filled["aisix"] > 500
    assert filled["unified"] > 400
    assert filled["onbuka"] > 1_000


class Attempt:
    """The places of one folder, and hostile words in them."""

    def __init__(self, found: Documents) -> None:
        self.found = found
        self.groups = by_sort(spots(found))

    def filled(self, sorts: list[Sort], text: str) -> Documents:
        chosen = [spot for sort in sorts for spot in self.groups[sort]]
        words = {spot: f"{text}{number}" for number, spot in enumerate(chosen)}
        return replaced(self.found, words)

    def allowed(self, sort: Sort) -> bool:
        """Whether the schema lets the first of its places hold the word."""
        spot = self.groups[sort][0]
        file = replaced(self.found, {spot: HOSTILE["everything"]})[spot.file]
        return sound(plain(file), sort[0])

    def fits(self, sorts: list[Sort]) -> bool:
        return all(
            accepted(self.filled(sorts, text))
            for text in (HOSTILE["everything"], HARMLESS)
        )

    def outputs(self, sorts: list[Sort]) -> tuple[dict[str, str], dict[str, str]]:
        made = [
            output(self.filled(sorts, text), RENDERER)
            for text in (HOSTILE["everything"], HARMLESS)
        ]
        assert made[0] is not None
        assert made[1] is not None
        return made[0], made[1]


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
            title = Spot("provider.yaml", ("provider", "title"), False)
            hostile = output(replaced(found, {title: HOSTILE["everything"]}), RENDERER)
            assert hostile is not None
            files |= hostile
    touches_nothing(tmp_path, files)


def touches_nothing(home: Path, files: dict[str, str]) -> None:
    """Write a package, and import all of it under watch."""
    for path, text in files.items():
        target = home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    (home / "clients/_runtime").mkdir()
    for module in FLOOR.glob("*.py"):
        (home / "clients/_runtime" / module.name).write_bytes(module.read_bytes())
    watched = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, str(home)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert watched.stdout.strip() == "[]", watched.stderr
