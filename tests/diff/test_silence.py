"""What is no change is not reported: the same meaning, written in another way."""

import shutil
from pathlib import Path

import pytest

from tests.support.specimens import ACME, DUO, between, copy

REFACTORED = {
    "a comment": [("spec: 1\n", "spec: 1\n# a remark\n")],
    "quotes": [("title: Acme Messages", 'title: "Acme Messages"')],
    "flow for block": [
        (
            '  main: {url: "https://api.acme.example/{region}", src: doc}',
            '  main:\n    url: "https://api.acme.example/{region}"\n    src: [doc]',
        )
    ],
    "a default written out": [("  ping:\n", "  ping:\n    charset: utf-8\n")],
    "a default left out": [("    encoding: form\n", "")],
    "the default of a table in each row": [
        ("defaults: {effect: none, retry: never}", "defaults: {effect: none}")
    ],
    "the order of keys": [
        ("    method: POST\n    path: /send\n", "    path: /send\n    method: POST\n")
    ],
    "the order of things": [
        ("  old: {title: An older page}\n", ""),
        ("sources:\n", "sources:\n  old: {title: An older page}\n"),
    ],
    "white space": [("operations:\n", "\n\noperations:\n")],
}


@pytest.mark.parametrize("edits", REFACTORED.values(), ids=REFACTORED)
def test_refactoring_is_silent(edits, tmp_path: Path):
    base, head = copy(tmp_path / "base"), copy(tmp_path / "head")
    head.edit("acme", edits)
    comparison = between(base, head)
    assert comparison.findings == ()
    assert comparison.spacing == 0


@pytest.mark.parametrize("source", [ACME, DUO], ids=["acme", "duo"])
def test_nothing_differs_from_itself(source: Path, tmp_path: Path):
    comparison = between(copy(tmp_path / "a", source), copy(tmp_path / "b", source))
    assert comparison.findings == ()


def test_vectors_may_move_to_another_file(tmp_path: Path):
    base, head = copy(tmp_path / "base"), copy(tmp_path / "head")
    folder = head.specs / "acme"
    shutil.move(folder / "vectors.yaml", folder / "vectors-all.yaml")
    assert between(base, head).findings == ()


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000"])
def test_spaces_that_look_alike_are_counted_and_no_finding(space: str, tmp_path: Path):
    base, head = copy(tmp_path / "base"), copy(tmp_path / "head")
    head.edit("acme", [("No money left", f"No{space}money left")])
    comparison = between(base, head)
    assert comparison.findings == ()
    assert comparison.spacing == 1


def test_what_follows_from_a_change_is_told_with_it(tmp_path: Path):
    base, head = copy(tmp_path / "base"), copy(tmp_path / "head")
    head.edit(
        "acme",
        [
            ("  person:\n", "  human:\n"),
            ("model: person", "model: human"),
        ],
    )
    (finding,) = between(base, head).findings
    assert (finding.rule.id, finding.at) == ("R037", "models/human")
    assert finding.claims == 2, "the key and the class that follows from it"


def test_a_removed_table_is_one_finding(tmp_path: Path):
    base, head = copy(tmp_path / "base", DUO), copy(tmp_path / "head", DUO)
    extra = (
        "  spare:\n    type: int\n    src: guide\n    success: [0]\n    codes:\n"
        "      0: {name: FINE, text: Fine}\n      1: {name: BAD, text: Bad,"
        " reaction: request}\n"
    )
    base.edit("acme", [("calls.yaml", "statuses:\n", f"statuses:\n{extra}")])
    (finding,) = between(base, head).findings
    assert finding.rule.id == "S001"
    assert finding.at == "calls/statuses/spare"
    assert finding.text == "table removed, 2 codes"
    assert finding.claims > 20
