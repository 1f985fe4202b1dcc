"""How a report is printed: four formats of the same findings."""

import json
from pathlib import Path

import click
import jsonschema
import pytest

from tests.support.specimens import Copy, between, copy
from wirebook.diff.formats import FORMATS, schema
from wirebook.diff.formats.markdown import LONGEST, MARKER
from wirebook.diff.report import Report, report

EDITS = [
    ("name: NO_MONEY", "name: BROKE"),
    ("text: No money left", "text: No credit left"),
    ("path: /search", "path: /find"),
    ("      L: {name: LOST, text: It is lost, state: failed}\n", ""),
    ("summary: Send to people.", "summary: Send to some people."),
]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Copy, Copy]:
    return copy(tmp_path / "base"), copy(tmp_path / "head")


@pytest.fixture
def made(pair) -> Report:
    pair[1].edit("acme", EDITS)
    return report(between(*pair), file="specs/accepted.yaml")


def test_json_follows_its_schema(made):
    document = json.loads(FORMATS["json"](made))
    contract = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(contract)
    jsonschema.validate(document, contract)
    assert document["totals"]["break"] == len(
        [each for each in document["findings"] if each["verdict"] == "break"]
    )
    renamed = next(each for each in document["findings"] if each["rule"] == "S006")
    assert renamed["base"]["value"] == "NO_MONEY"
    assert renamed["head"]["value"] == "BROKE"
    assert renamed["class"] == "source"
    assert renamed["blocks"] is True
    gone = next(each for each in document["findings"] if each["rule"] == "R018")
    assert gone["head"] is None


def test_text_shows_places_reasons_and_what_is_needed(made):
    text = FORMATS["text"](made)
    assert "\x1b[31m" in text, "colours are there for terminals"
    lines = click.unstyle(text).splitlines()
    place = lines.index(" ~ break S006 statuses/result/codes/3  name: NO_MONEY → BROKE")
    assert lines[place + 1] == "     specs/acme/provider.yaml:64:11 (was 64:11)  source"
    assert lines[place + 2] == "     The same code under another member name."
    assert "     needs a new or changed vector or source" in lines


def test_github_notes_stand_at_lines_of_the_newer_side(made):
    lines = FORMATS["github"](made).splitlines()
    assert any(
        line.startswith(
            "::error file=specs/acme/provider.yaml,line=64,col=11,title=S006::"
        )
        for line in lines
    )
    assert any(line.startswith("::warning ") and "S008" in line for line in lines)
    assert not any("R018" in line for line in lines if "M001" not in line)
    assert not any("D001" in line for line in lines), "words are no note"


def test_github_escapes_what_the_runner_reads(pair):
    pair[1].edit("acme", [("text: No money left", 'text: "100% left\\n::error::x"')])
    text = FORMATS["github"](report(between(*pair)))
    assert "100%25 left" in text
    assert len(text.splitlines()) == 1
    assert text.startswith("::warning file=")


def test_markdown_begins_with_its_marker_and_ends_with_the_block(made):
    comment = FORMATS["markdown"](made)
    assert comment.splitlines()[0] == MARKER
    assert "<details><summary>Words only (1)</summary>" in comment
    block = comment[comment.index("```yaml") :]
    assert "{id: S006," in block
    assert "{id: D001," not in block


def test_markdown_of_hostile_words_stays_words(pair):
    hostile = "</details><script>x</script> @everyone | [a](http://b) `c`"
    pair[1].edit("acme", [("text: No money left", f"text: '{hostile}'")])
    comment = FORMATS["markdown"](report(between(*pair)))
    assert "<script>" not in comment
    assert "`[a](http://b`" in comment, "an exact value and no link"
    assert comment.count("</details>") == comment.count("<details")


def test_markdown_stays_below_what_sites_show_and_says_what_was_cut(pair):
    base, head = pair
    rows = "".join(
        f"      {code}: {{name: CODE_{code}, text: Text {code}, reaction: request}}\n"
        for code in range(1000, 1700)
    )
    base.edit(
        "acme",
        [("    families:\n      upstream", f"{rows}    families:\n      upstream")],
    )
    made = report(between(base, head), file="specs/accepted.yaml")
    comment = FORMATS["markdown"](made)
    assert len(comment) < LONGEST
    assert comment.startswith(MARKER)
    cut = int(comment.partition(" more findings do not fit")[0].rpartition("**")[2])
    assert cut > 0
    listed = [line for line in comment.splitlines() if line.startswith("| 🔴")]
    assert len(listed) + cut == len(made.listed)


def test_nothing_to_say(pair):
    made = report(between(*pair))
    assert FORMATS["text"](made) == "no differences\n"
    assert FORMATS["github"](made) == ""
    assert "### Spec changes: none" in FORMATS["markdown"](made)
    jsonschema.validate(json.loads(FORMATS["json"](made)), json.loads(schema()))
