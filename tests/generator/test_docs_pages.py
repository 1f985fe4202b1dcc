"""The reference: every link leads somewhere, every example is Python, and no word of
a spec acts on a page.
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec import Struct
from msgspec.structs import replace

from tests.support.browser import CHROMIUM, Browser
from wirebook import plan
from wirebook.load import load
from wirebook.model import Provider, Where
from wirebook.problem import Problem
from wirebook.render import Renderer

ROOT = Path(__file__).resolve().parents[2]
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
TAGS = {"a", "br", "code", "details", "summary", "pre"}


@pytest.fixture(scope="module")
def providers() -> tuple[Provider, ...]:
    loaded = load(ROOT / "specs", ROOT)
    assert len(loaded.providers) == 3
    return loaded.providers


def printed(providers: tuple[Provider, ...]) -> dict[str, str]:
    renderer = Renderer()
    pages = {}
    entries, artefacts = [], []
    for provider in providers:
        found, rows = plan.pages(provider, "telecoms")
        artefacts += found
        entries.append(plan.entry(provider, rows))
    for artefact in (plan.index(entries, "telecoms"), *artefacts):
        page = renderer.render(artefact)
        assert not isinstance(page, Problem), page
        pages[artefact.path] = page.decode()
    return pages


@pytest.fixture(scope="module")
def pages(providers: tuple[Provider, ...]) -> dict[str, str]:
    return printed(providers)


def test_every_provider_and_product_has_a_page(
    providers: tuple[Provider, ...], pages: dict[str, str]
) -> None:
    expected = {"index.md"}
    for provider in providers:
        keys = [product.key for product in provider.products]
        if keys == [None]:
            expected.add(f"{provider.id}.md")
        else:
            expected |= {f"{provider.id}/{key}.md" for key in ("index", *keys)}
    assert set(pages) == expected


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    anchors = {
        path: set(re.findall(r'<a id="([^"]+)">', page)) for path, page in pages.items()
    }
    links = 0
    for path, page in pages.items():
        assert len(re.findall(r'<a id="', page)) == len(anchors[path]), path
        for target in re.findall(r"\]\(([^)\s]*)\)", page):
            place, _, anchor = target.partition("#")
            folder = posixpath.dirname(path)
            page_path = posixpath.normpath(posixpath.join(folder, place))
            found = page_path if place else path
            assert found in pages, f"{path}: {target}"
            assert not anchor or anchor in anchors[found], f"{path}: {target}"
            links += 1
    assert links > 100


def test_every_operation_code_and_value_is_there(
    providers: tuple[Provider, ...], pages: dict[str, str]
) -> None:
    for provider in providers:
        for product in provider.products:
            path = f"{provider.id}/{product.key}.md"
            page = pages[path if product.key else f"{provider.id}.md"]
            for operation in product.operations:
                assert f"\n### `{operation.name}`\n" in page
                for field in operation.parameters:
                    assert f"| `{field.name}` |" in page
            for table in product.tables:
                for status in table.statuses:
                    assert f"| `{status.name}` |" in page


def test_examples_are_python(pages: dict[str, str]) -> None:
    examples = [
        example
        for page in pages.values()
        for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    ]
    assert len(examples) > 10
    for example in examples:
        ast.parse(example)
        assert max(map(len, example.split("\n"))) <= 88


def test_tables_and_lines_are_in_order(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        assert page.endswith("\n"), path
        assert not page.endswith("\n\n"), path
        outside = re.sub(r"```.*?```", "x", page, flags=re.DOTALL)
        assert "\n\n\n" not in outside, path
        for block in re.findall(r"(?:^\|.*\n)+", outside, re.MULTILINE):
            rows = block.strip().split("\n")
            assert len({row.count("|") for row in rows}) == 1, rows[0]
        for line in outside.split("\n"):
            if not line.startswith(("|", "<!--", "<summary>")) and " " in line[2:]:
                assert len(line) <= 120, line


HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://evil.example/p)\n"
    "# Title\n\n| a | b |\n|---|---|\n```\n</details> `code` **bold** {{ 7 * 7 }}"
    " https://evil.example me@evil.example \\ \u202e \x00"
)
WORDS = {"summary", "text", "description", "title", "about", "unit", "deprecated"}


def replaced(value: Any, words: str) -> Any:
    """The model with other words wherever it has words."""
    if isinstance(value, tuple):
        return tuple(replaced(item, words) for item in value)
    if not isinstance(value, Struct) or isinstance(value, Where):
        return value
    changes: dict[str, Any] = {}
    for field in value.__struct_fields__:
        old = getattr(value, field)
        if isinstance(old, str):
            if field in WORDS and old:
                changes[field] = words
        elif field == "missing":
            changes[field] = tuple(words for _ in old)
        else:
            changes[field] = replaced(old, words)
    return replace(value, **changes)


def structure(page: str) -> Iterator[str]:
    """The blocks of a page, and every link, image and tag in them."""
    for token in MARKDOWN.parse(page):
        yield token.type
        if token.type in ("fence", "html_block"):
            continue
        for part in token.children or ():
            if part.type == "html_inline" and part.content != "<code>":
                tag = re.match(r"</?([a-z]+)", part.content)
                assert tag, part.content
                assert tag[1] in TAGS, part.content
            if part.type in ("link_open", "image"):
                yield f"{part.type} {part.attrs}"


def test_no_word_of_a_spec_acts_on_a_page(providers: tuple[Provider, ...]) -> None:
    small = tuple(one for one in providers if len(one.products) == 1)
    harmless = printed(replaced(small, "words"))
    hostile = printed(replaced(small, HOSTILE))
    assert set(harmless) == set(hostile)
    for path, page in hostile.items():
        assert list(structure(page)) == list(structure(harmless[path])), path
        assert "<script" not in page
        assert "\x00" not in page
        assert "\u202e" not in page
        assert "{{" not in page


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
def test_a_browser_shows_words_as_words(
    providers: tuple[Provider, ...], tmp_path: Path
) -> None:
    """Every element and attribute, and whatever a page fetches, is the templates' own."""
    small = tuple(one for one in providers if len(one.products) == 1)
    browser = Browser(tmp_path / "profile")
    try:
        harmless = seen(browser, printed(replaced(small, "words")), tmp_path)
        hostile = seen(browser, printed(replaced(small, HOSTILE)), tmp_path)
        assert browser.problems == []
    finally:
        browser.close()
    assert len(harmless) > 1_000
    assert hostile == harmless


def seen(browser: Browser, pages: dict[str, str], folder: Path) -> list[str]:
    """The elements of all pages one after the other, with all they have but text."""
    body = "".join(f"<hr>{MARKDOWN.render(page)}" for page in pages.values())
    file = folder / "pages.html"
    text = f"<!doctype html><meta charset=utf-8><body>{body}<p id=list>"
    file.write_text(text, "utf-8")
    browser.open(file.as_uri())
    assert browser.run("performance.getEntriesByType('resource').length") == 0
    assert (
        browser.run("document.querySelectorAll('script, style, img, svg').length") == 0
    )
    # Words may be set as code; that has no attributes.
    found: list[str] = browser.run(
        "[...document.body.querySelectorAll('*:not(code:not([class]))')].map((e) => [e.localName,"
        " ...[...e.attributes].map((a) => `${a.name}=${a.value}`)].join(' '))"
    )
    return found
