"""Readers of pages: the same list of codes, however it is written."""

import time
from pathlib import Path

import pytest

from wirebook.drift import html, text
from wirebook.drift.codes import code_lists
from wirebook.drift.names import first_mentions, name_tables
from wirebook.drift.page import PageError, together
from wirebook.drift.read import read

SHAPES = {
    "markdown": "SMS status codes:\n\n| code | text |\n|---|:---:|\n"
    "| 0 | Success |\n| -1 | **Low** balance |\n| -2 | Too\\|fast |\n",
    "markdown without outer pipes": "SMS status codes:\n\ncode | text\n--- | ---\n"
    "0 | Success\n-1 | Low balance\n-2 | Too\\|fast\n\nThe end.\n",
    "a cell a line": "SMS status codes:\ncode | text |\n---|---|\n0 |\nSuccess |\n"
    "-1 |\nLow\nbalance |\n-2 |\nToo|fast |\nThe end.\n",
    "pipes without a rule": "SMS status codes:\nNo | code | text |\n1 | 0 | Success |\n"
    "2 | -1 | Low\nbalance |\n3 | -2 | Too|fast |\nThe end.\n",
    "lines of text": "SMS status codes:\n\ncode text\n\n0\n\nSuccess\n\n-1\n\n"
    "Low balance\n\n-2\n\nToo|fast\n\nThe end.\n",
    "columns of a PDF": "\fSMS status codes:\n   code     text\n   0        Success\n"
    "   -1       Low balance\n   −2       Too|fast\n",
    "numbered columns of a PDF": "SMS status codes:\n No   code   text\n 1    0      Success\n"
    " 2    -1     Low  balance\n 3    -2     Too|fast\n",
    "one line each": "SMS status codes:\n0: Success\n-1 - Low balance\n-2 Too|fast\n",
    "html": "<html><body><h2>SMS status codes:</h2>\n<table><thead><tr><th>code<th>text"
    "</thead>\n<tr><td>0</td><td>Success</td></tr>\n<tr><td>-1<td>Low <b>balance</b>\n"
    "<tr><td><p>-2</p></td>\n<td>Too|<span>fast</span></td></tr></table></body></html>",
    "html list": "<p>SMS status codes:</p><ul><li>0 - Success</li>\n<li>-1 - Low\nbalance"
    "</li>\n<li>-2 - Too|fast</li></ul><script>var x = '-3: Not seen'</script>",
}
ROWS = [("0", "Success"), ("-1", "Low balance"), ("-2", "Too|fast")]
LINES = {
    "markdown": [5, 6, 7],
    "markdown without outer pipes": [5, 6, 7],
    "a cell a line": [5, 7, 10],
    "pipes without a rule": [3, 4, 6],
    "lines of text": [7, 11, 15],
    "columns of a PDF": [3, 4, 5],
    "numbered columns of a PDF": [3, 4, 5],
    "one line each": [2, 3, 4],
    "html": [3, 4, 6],
    "html list": [1, 2, 4],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_is_found_in_every_shape(shape: str):
    page = (html if "html" in shape else text).read(SHAPES[shape], "page")
    (listed,) = code_lists(page, set())
    assert [(row.code, row.text.text) for row in listed.rows] == ROWS
    assert [row.text.at.line for row in listed.rows] == LINES[shape]
    assert listed.heading is not None
    assert listed.heading.text == "SMS status codes:"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_are_counted_by_any_line_end(end: str):
    page = text.read(SHAPES["markdown"].replace("\n", end), "page")
    (listed,) = code_lists(page, set())
    assert [row.text.at.line for row in listed.rows] == LINES["markdown"]


def test_codes_that_are_words_are_known_from_the_spec():
    page = text.read(
        "state | text |\n---|---|\nSENT | on its way |\nGONE | lost |\n", "p"
    )
    assert code_lists(page, set()) == []
    (listed,) = code_lists(page, {"SENT", "GONE"})
    assert [row.code for row in listed.rows] == ["SENT", "GONE"]
    columns = text.read("SENT   on its way\nGONE   lost\nHELD   kept\n", "p")
    (listed,) = code_lists(columns, {"SENT", "GONE", "HELD"})
    assert [row.text.text for row in listed.rows] == ["on its way", "lost", "kept"]


def test_two_lists_in_one_text_are_two():
    page = text.read("One:\n0\nA\n1\nB\n2\nC\n0\nD\n1\nE\n2\nF\n", "page")
    assert [len(listed.rows) for listed in code_lists(page, set())] == [3, 3]


def test_numbers_in_prose_are_no_list():
    page = text.read("Send 5\nof them.\n100 numbers at most\nand so on\n", "page")
    assert code_lists(page, set()) == []


def test_tables_inside_tables_and_unfinished_ones():
    page = html.read(
        "<table><tr><td>x<table><tr><td>0<td>A<tr><td>1<td>B</table></td></tr>"
        "<tr><td>2<td>C",
        "page",
    )
    (listed,) = code_lists(page, set())
    assert [(row.code, row.text.text) for row in listed.rows] == [
        ("0", "A"),
        ("1", "B"),
    ]


PARAMETERS = """\
<h3>Send</h3>
<table><tr><th>Name</th><th>Type</th><th>Required</th><th>Description</th></tr>
<tr><td>appId</td><td>String</td><td>Yes</td><td>The app</td></tr>
<tr><td>params.strTime*</td><td>String</td><td>No</td><td>From</td></tr>
<tr><td>3</td><td>String</td><td>No</td><td>A code</td></tr>
<tr><td>list[]</td><td>Integer</td><td>No</td><td>Some</td></tr></table>
<p>p1 to p10 are values</p>
"""


def test_tables_of_parameters():
    page = html.read(PARAMETERS, "page")
    (rows,) = name_tables(page, set())
    assert [(row.wire, row.cell.at.line) for row in rows] == [
        ("appId", 3),
        ("strTime", 4),
        ("list", 6),
    ]
    assert rows[0].about == ("String", "Yes", "The app")


def test_where_a_name_stands_first():
    mentions = first_mentions(html.read(PARAMETERS, "page"))
    assert mentions["strTime"].at.line == 4
    assert mentions["p1"].at.line == 7
    assert mentions["p"].at.line == 7, "of numbered names, the part that is the same"
    assert "td" not in mentions


def test_files_of_every_kind(tmp_path: Path):
    utf16 = tmp_path / "a.txt"
    utf16.write_bytes("0 不\n1 B\n2 C\n".encode("utf-16"))
    latin = tmp_path / "b.html"
    latin.write_bytes('<meta charset="gb18030"><p>0 不<p>1 B<p>2 C'.encode("gb18030"))
    marked = tmp_path / "c.md"
    marked.write_bytes("\ufeff0 不\n1 B\n2 C\n".encode())
    page = together(read(path) for path in (utf16, latin, marked))
    lists = code_lists(page, set())
    assert [listed.rows[0].text.text for listed in lists] == ["不"] * 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n", "pdftotext -layout"),
        (b"\x89PNG\0\0", "save the page as HTML"),
        (b"0 \xff\xfa", "save it as UTF-8"),
        (b'<p><meta charset="klingon">', "klingon"),
    ],
)
def test_what_cannot_be_read_says_the_way_out(
    tmp_path: Path, content: bytes, words: str
):
    path = tmp_path / "page"
    path.write_bytes(content)
    with pytest.raises(PageError, match=words):
        read(path)


def test_a_large_page_takes_seconds(tmp_path: Path):
    """A megabyte of tables and text; measured: under a second."""
    rows = "".join(
        f"<tr><td>{n}</td><td>Text number {n}</td></tr>\n" for n in range(500)
    )
    block = (
        f"<h2>Some codes:</h2><table>{rows}</table>" + "<p>words in a row</p>\n" * 900
    )
    path = tmp_path / "page.html"
    path.write_text(block * 25)
    assert path.stat().st_size > 1_000_000
    started = time.monotonic()
    page = read(path)
    assert len(code_lists(page, set())) == 25
    assert time.monotonic() - started < 10
