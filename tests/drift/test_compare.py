"""What a page has that a spec has not, and the other way, at their places."""

from pathlib import Path

import pytest

from tests.support.project import Project
from wirebook.document import read
from wirebook.drift import html, text
from wirebook.drift.finding import Drift
from wirebook.drift.fragment import proposed_name
from wirebook.drift.hold import hold
from wirebook.drift.page import Page
from wirebook.load import check
from wirebook.problem import failed

SPEC = """\
spec: 1
provider: {id: acme, title: Acme}
servers: {main: {url: "https://api.example.com"}}
sources: {doc: {title: Page}, other: {title: Elsewhere}}
credentials: {key: {secret: true}}
auth: {one: {parameters: {apiKey: $key}}}
statuses:
  result:
    type: int
    src: doc#Purse errors
    success: [0]
    codes:
      0: {name: SUCCESS, text: Success}
      -1: {name: LOW, text: Balance is low, reaction: balance, aliases: [-101]}
      -2: {name: AWAY, text: Gone, reaction: wait, src: other}
enums:
  state:
    type: string
    src: doc#States
    values: {SENT: {name: SENT, text: On its way}, GONE: {name: GONE, text: Lost}}
operations:
  send:
    does: submits
    method: POST
    path: /send
    src: doc#Send
    parameters:
      app_id: {wire: appId, type: string}
      values: {wire: "p{i}", type: rows, list: {columns: ","}}
      numbers: {type: phone, list: {join: ","}}
      hint: {type: string, optional: true, src: other}
    rules:
      - same_count: [values, numbers]
        text: As many values as there are numbers in a call.
        src: doc
    statuses: {table: result, texts: {-1: Your purse is empty}}
    reply: {format: json, status: code}
"""
PAGE = """\
<h2>Send</h2>
<table><tr><th>Name<th>Type<th>Required<th>About
<tr><td>apiKey<td>String<td>Yes<td>Key
<tr><td>appId<td>String<td>Yes<td>App
<tr><td>p1<td>String<td>No<td>Values
<tr><td>numbers<td>String<td>Yes<td>Phones
</table>
<p>As many values as there
are numbers in a call. States: On its way, Lost.</p>
<h2>Errors</h2>
<table><tr><th>code<th>text
<tr><td>0<td>Success
<tr><td>-101<td>Balance is low
</table>
<table><tr><th>code<th>text
<tr><td>0<td>Success
<tr><td>-1<td>Your purse is empty
</table>
"""


def held(page: Page, *sources: str) -> Drift:
    document, problems = read(SPEC, "provider.yaml")
    assert not problems
    assert document is not None
    documents = {"provider.yaml": document}
    provider, problems = check(documents)
    assert provider is not None
    assert not failed(problems), problems
    return hold(provider, documents, page, ["page"], sources)


def told(page: str, *sources: str) -> list[str]:
    return [
        f"{found.change} {found.subject} {found.name}"
        f" {found.spec.line if found.spec else '-'}"
        f" {found.page.line if found.page else '-'}"
        for found in held(html.read(page, "page"), *sources).findings
    ]


def test_a_page_that_says_the_same():
    """Aliases, other wordings of one call, numbered names and split lines included;
    what comes from elsewhere is not looked for."""
    drift = held(html.read(PAGE, "page"))
    assert drift.findings == []
    assert drift.sources == ("doc",)
    assert drift.fragment == ""


EDITS = {
    "a parameter that went": (
        ("<tr><td>appId<td>String<td>Yes<td>App\n", ""),
        ["missing parameter send app_id 28 -"],
    ),
    "a parameter that came": (
        ("<tr><td>p1", "<tr><td>orderId<td>Long<td>No<td>Own id\n<tr><td>p1"),
        ["new parameter send orderId - 5"],
    ),
    "a rule with other words": (
        ("are numbers in a call", "are phone numbers in one call"),
        ["reworded text As many values as there are numbers in a call. 33 8"],
    ),
    "a rule that went": (
        ("<p>As many values as there\nare numbers in a call.", "<p>"),
        ["missing text As many values as there are numbers in a call. 33 -"],
    ),
    "a row with other words": (
        ("<td>Balance is low", "<td>No money"),
        [],
    ),
    "a value that went": (("Lost.", ""), ["missing row state GONE 20 -"]),
    "all words of a row": (
        ("<td>Balance is low", "<td>No money", "<td>Your purse is empty", "<td>None"),
        [
            "missing text Your purse is empty 22 -",
            "reworded row result -1 14 17",
        ],
    ),
    "a new code": (
        ("<tr><td>-101", "<tr><td>-7<td>Too fast\n<tr><td>-101"),
        ["new row result -7 - 13"],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_of_the_page_is_one_finding(name: str):
    replacements, expected = EDITS[name]
    page = PAGE
    for old, new in zip(replacements[::2], replacements[1::2], strict=True):
        assert page.count(old) == 1
        page = page.replace(old, new)
    assert told(page, "doc") == expected


def test_a_new_parameter_is_written_as_the_table_has_it():
    page = PAGE.replace(
        "<tr><td>p1", "<tr><td>orderId<td>Long<td>No<td>Own id\n<tr><td>p1"
    )
    assert held(html.read(page, "page"), "doc").fragment == (
        "# new in send; see to the types, and what is optional\n"
        "parameters:\n"
        "  order_id: {wire: orderId, type: integer, optional: true}"
        "    # page:5: Long | No | Own id\n"
    )


def test_a_reworded_row_keeps_all_that_is_said_of_it():
    page = PAGE.replace("<td>Balance is low", "<td>No: “money”").replace(
        "Your purse is empty", "No: “money”"
    )
    fragment = held(html.read(page, "page"), "doc").fragment
    assert fragment.startswith(
        "# provider.yaml:8:3: in statuses/result\n"
        'codes:\n  -1: {name: LOW, text: "No: \\"money\\"", reaction: balance,'
        " aliases: [-101]}\n"
    )


def test_a_table_of_another_source_is_not_missed():
    page = text.read("Nothing at all\n", "page")
    names = {found.name for found in held(page, "doc").findings}
    assert {"result", "state"} <= names
    assert not {"send hint", "result -2"} & names


def test_a_rewritten_table_is_known_by_its_heading():
    page = text.read("Purse errors\n0\nFine\n-1\nPoor\n-3\nElse\n", "page")
    drift = held(page, "doc")
    found = {(each.change, each.name) for each in drift.findings if each.table}
    assert ("reworded", "result 0") in found
    assert ("reworded", "result -1") in found
    assert ("new", "result -3") in found


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        ("Insufficient balance", "-10", "INSUFFICIENT_BALANCE"),
        (
            "The customer's balance is insufficient",
            "1",
            "CUSTOMERS_BALANCE_INSUFFICIENT",
        ),
        ("余额不足", "-10", "CODE_MINUS_10"),
        ("24 hours", "7", "CODE_7"),
        ("is", "E.1", "IS"),
    ],
)
def test_names_are_proposed(words: str, code: str, name: str):
    assert proposed_name(words, code) == name


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    made.configure("")
    folder = tmp_path / "specs/acme"
    folder.mkdir(parents=True)
    (folder / "provider.yaml").write_text(SPEC)
    (tmp_path / "page.html").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acme",), "Missing argument 'PAGE...'"),
        (("acme", "nothing.html"), "does not exist"),
        (("acne", "page.html"), "did you mean 'acme'?"),
        (("acme", "page.html", "--source", "dok"), "did you mean 'doc'?"),
        (("acme", "page.pdf"), "pdftotext -layout page.pdf page.txt"),
    ],
)
def test_what_cannot_be_compared_exits_2(project: Project, arguments, words: str):
    (project.root / "page.pdf").write_bytes(b"%PDF-1.7\n")
    result = project.run("drift", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


def test_the_words_of_a_page_cannot_act_on_a_terminal(project: Project):
    project.replace("page.html", "Balance is low", "No \x1b[2Jmoney")
    project.replace("page.html", "Your purse is empty", "No \x1b[2Jmoney")
    result = project.run("drift", "acme", "page.html")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    markdown = project.run("drift", "acme", "page.html", "--format", "markdown")
    assert "\x1b" not in markdown.stdout
