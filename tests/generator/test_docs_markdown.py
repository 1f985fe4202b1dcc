"""Markdown writers: no word of a spec gains power over a page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from wirebook import markdown
from wirebook.markdown import Markdown

RENDER = MarkdownIt("gfm-like", {"linkify": False}).enable("table")

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- x -->",
    "<https://evil.example/>",
    "https://evil.example/a_b_c",
    "www.evil.example",
    "me@evil.example",
    "[click](https://evil.example)",
    "[x]: https://evil.example",
    "![x](y.png)",
    "`code`",
    "``",
    "``` python",
    "~~~",
    "~~gone~~",
    "*a* **b** _c_ __d__",
    "# Title",
    "## Title ##",
    "Title\n===",
    "Title\n---",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a | b",
    "a \\| b",
    "trailing \\",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7 * 7 }} {% raw %} {: .x}",
    "$x$ $$y$$",
    ":smile: @octocat",
    "::: warning",
    "[!NOTE] [ ] [x] [^1]",
    "***",
    "line\u2028two\u202ethree\u200b",
    "a\x00b\x1b[31m",
    "tab\there\nline",
]


def words_of(html: str) -> str:
    """The text a reader sees, without the tags that we made."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def seen(text: str) -> str:
    shown = markdown._visible(markdown._flat(text))
    return " ".join(re.sub("(?<!`)`([^`]+)`(?!`)", r"\1", shown).split())


ALLOWED = {"paragraph", "inline", "text", "code_inline", "html_inline", "softbreak"}


def kinds(page: str) -> set[str]:
    tokens = RENDER.parse(page)
    found = set()
    for token in tokens:
        for part in (token, *(token.children or ())):
            found.add(part.type.removesuffix("_open").removesuffix("_close"))
            if part.type == "html_inline":
                assert part.content in ("<code>", "</code>")
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str) -> None:
    page = markdown.paragraph(markdown.text(words))
    assert kinds(page) <= {*ALLOWED, "text_special"}
    assert words_of(RENDER.render(page)) == seen(words)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words_in_a_list_and_a_table(words: str) -> None:
    cell = markdown.text(words)
    page = markdown.bullets([cell, cell])
    assert kinds(page) <= {*ALLOWED, "bullet_list", "list_item"}
    page = markdown.table(["A", "B"], [[cell, markdown.code(words)]] * 2)
    tokens = RENDER.parse(page)
    assert [token.type for token in tokens].count("td_open") == 4
    assert kinds(page) <= {
        *ALLOWED,
        *("table", "thead", "tbody", "tr", "th", "td"),
    }


@pytest.mark.parametrize("value", [*HOSTILE, "", " ", " a ", "a  b", "`", "``x`", "|"])
def test_an_exact_value_is_shown_exactly(value: str) -> None:
    page = markdown.paragraph(markdown.code(value))
    assert kinds(page) <= ALLOWED
    shown = words_of(RENDER.render(page))
    assert shown == (
        " ".join(markdown._visible(value).split()) or "(empty)" * (not value)
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_a_block_of_code_holds_what_it_is_given(value: str) -> None:
    page = markdown.fence("json", value + "\n```\n````")
    tokens = RENDER.parse(page + "\n\nend")
    assert [token.type for token in tokens][1:] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
    assert tokens[0].type in ("fence", "html_block")


@given(
    st.text(max_size=60), st.text(alphabet="`*_[]()<>|\\#-+.1:~!&{}$@ \n", max_size=60)
)
def test_any_words_stay_words(plain: str, spiced: str) -> None:
    for words in (plain, spiced, plain + spiced):
        page = markdown.paragraph(markdown.text(words))
        assert kinds(page) <= ALLOWED
        assert words_of(RENDER.render(page)) == seen(words)


@given(st.text(alphabet="ab`|\\ <>&", max_size=20))
def test_any_value_is_shown_in_a_table(value: str) -> None:
    page = markdown.table(["A"], [[markdown.code(value)]])
    tokens = RENDER.parse(page)
    assert [token.type for token in tokens].count("td_open") == 1
    assert kinds(page) <= {*ALLOWED, *("table", "thead", "tbody", "tr", "th", "td")}


def test_long_paragraphs_are_wrapped_and_code_is_not_broken() -> None:
    words = markdown.joined(
        [markdown.text("word " * 30), markdown.code("- not a list"), markdown.text("x")]
    )
    page = markdown.paragraph(words)
    assert max(len(line) for line in page.split("\n")) <= 88
    assert "`- not a list`" in page


def test_plain_words_read_plainly() -> None:
    words = "Send time, e.g. 5-10 minutes (UTC+8); snake_case is fine: 100%!"
    assert markdown.text(words) == words


def test_code_that_touches_code_stays_apart() -> None:
    page = markdown.text("`a`$b and `c``d`")
    assert page == "`a`<code>&#36;b</code> and \\`c\\`\\`d\\`"
    assert words_of(RENDER.render(page)) == "a$b and `c``d`"


def test_columns_without_content_are_left_out() -> None:
    cell, empty = markdown.text("x"), markdown.text("")
    page = markdown.table(["A", "B", "C"], [[cell, empty, empty], [cell, empty, cell]])
    assert page == "| A | C |\n| --- | --- |\n| x |  |\n| x | x |"
    assert markdown.table(["A"], []) == ""


def test_only_writers_make_markdown() -> None:
    with pytest.raises(TypeError):
        Markdown("x")
    assert type(markdown.text("x") + "y") is str


@pytest.mark.parametrize(
    "target", ["https://x", "javascript:x", "", "/x.md", "x.md#A b", "../../x) y"]
)
def test_links_lead_to_our_own_pages_only(target: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        markdown.link(markdown.text("x"), target)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a b", "http://x/>"]
)
def test_a_strange_address_is_no_link(address: str) -> None:
    assert markdown.url(address) == markdown.code(address)


def test_the_first_line_names_plain_paths_only() -> None:
    line = markdown.comment("specs/a/provider.yaml", "docs/index.md.jinja")
    assert line.startswith("<!-- Generated by wirebook from specs/a/provider.yaml")
    for path in ("a--b", "a b", "a>", "é"):
        with pytest.raises(ValueError, match="comment"):
            markdown.comment(path, "x")
