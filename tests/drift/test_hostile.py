"""Pages that were written to slow the reader down, or to act on a terminal."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.support.project import project

EVIL = "\x1b[31m\u202e\u200b\x9b<script>alert(1)</script>`[l](javascript:1)"
SECONDS = 4.0
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
PAGES: dict[str, str | bytes] = {
    "deep HTML": "<div>" * 100_000 + "0: x",
    "tables in tables": "<table><tr><td>" * 10_000 + "0</td><td>x",
    "open tags": "<" * 300_000,
    "open attributes": "<table " + "a='" * 100_000,
    "open scripts": "<script>" + "0: x\n" * 20_000,
    "references": "<p>" + "&#27;&#0;&#x202e;&#999999999999;&amp" * 5_000,
    "a wide row": "<table><tr>" + "<td>1" * 50_000 + "</table>",
    "spans": "<table>" + "<tr><td colspan=1000 rowspan=65534>1<td>x" * 500,
    "rows of HTML": "<table><tr><th>code<th>text" + "<tr><td>1<td>x" * 10_000,
    "the same words": "<table><tr><th>code<th>text" + "<tr><td>1<td>x" * 4_000,
    "rows of Markdown": "| code | text |\n|---|---|\n" + "| 1 | a |\n" * 10_000,
    "many codes": "".join(f"{n}: text {n}\n" for n in range(30_000)),
    "codes": "".join(f"{n}: text {n}\n" for n in range(10_000)),
    "the same code": "1: a\n" * 20_000,
    "bars": "|" * 300_000,
    "brackets": "[a](" * 50_000,
    "marks": "_a*`>" * 50_000,
    "an endless line": "1: " + "a" * 1_000_000,
    "spaces": " " * 1_000_000 + "\n" * 100_000 + "\f" * 10_000,
    "terminal": f"Status codes:\n\n0: {EVIL}\n1: Wrong {EVIL}\n2: {EVIL}\n{EVIL}: x\n",
    "HTML for a terminal": f"<h2>{EVIL}</h2><table><tr><th>code<th>text<tr><td>0<td>"
    f"&#27;[31m&#x202e;{EVIL}<tr><td>1<td>&lt;script&gt;<tr><td>9<td>&#7;</table>",
    "zeros": "\0" * 10_000,
    "another charset": bytes(range(256)),
}


SHOWN = ("spans", "codes", "terminal", "HTML for a terminal", "bars", "zeros")
"""Pages whose words are printed, and one of each other end; all are read alike."""
CASES = [(name, "text") for name in PAGES] + [(name, "markdown") for name in SHOWN]


@pytest.mark.parametrize(("name", "style"), CASES)
def test_a_page_is_compared_or_refused(
    name: str, style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = project(tmp_path)
    content = PAGES[name]
    file = tmp_path / "\x1b[31mpage"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    began = time.process_time()
    result = made.run("drift", "ping", file.name, "--format", style)
    assert time.process_time() - began < SECONDS
    assert result.exit_code in (1, 2), result.output
    assert "mistake in wirebook" not in result.output
    if result.exit_code == 1:
        assert "specs/ping/provider.yaml:" in result.output
    kinds = {unicodedata.category(letter) for letter in result.output if letter != "\n"}
    assert not kinds & {"Cc", "Cf", "Zl", "Zp"}
    if style == "markdown" and result.exit_code == 1:
        tokens = MARKDOWN.parse(result.stdout)
        parts = {part.type for token in tokens for part in token.children or ()}
        types = {token.type for token in tokens} | parts
        assert not types & {"html_block", "html_inline", "link_open", "image"}
