"""The careful reviewer: each question at its place."""

import re
from pathlib import Path
from typing import cast

import pytest

from tests.support.reviewed import CASES, HEAD, HTTPS, asked, reviewed, told, written
from wirebook.document import MapNode, Node
from wirebook.explain import rules
from wirebook.load import check
from wirebook.load import load as load_specs
from wirebook.problem import failed
from wirebook.review import SUBJECTS, answers, review
from wirebook.schema_parts import parts


def meaning(document: MapNode) -> str:
    """The model in words, without its places."""
    provider, problems = check({"provider.yaml": document})
    assert not failed(problems), problems
    return re.sub(r"Where\([^)]*\)", "", repr(provider))


@pytest.mark.parametrize("rule", CASES)
def test_a_question_stands_where_its_reason_is(rule: str, tmp_path: Path):
    text, expected = CASES[rule]
    assert [told(problem) for problem in asked(text, tmp_path, rule)] == expected


def test_every_question_is_shown_and_explained():
    stages = (*SUBJECTS, answers)
    explained = {each.rule for stage in stages for each in stage.EXPLANATIONS}
    assert explained == {
        *CASES,
        "foreign-word",
        "text-not-in-source",
        "source-changed",
    }
    assert explained <= set(rules())


def test_a_redundant_value_can_be_dropped(tmp_path: Path):
    """Each of them, and all together: the model stays what it is."""
    document = written(CASES["redundant-value"][0])
    before = meaning(document)
    asked_of = reviewed(document, tmp_path)
    places = {each.where for each in asked_of if each.rule == "redundant-value"}
    dropped = 0
    for part in parts(document, "provider"):
        entries = cast(dict[str, Node], part.node.entries)
        for key in [key for key in entries if part.node.keys[key] in places]:
            del entries[key]
            dropped += 1
            assert meaning(document) == before, key
    assert dropped == len(CASES["redundant-value"][1])


def test_a_word_that_no_other_provider_has(tmp_path: Path):
    """Asked once for each provider, and of none that is looked at alone."""
    for id, name in ("one", "recipients"), ("two", "phones"):
        operations = "operations:\n" + "".join(
            f"  send_{n}: {{does: submits, method: POST, path: /{n},\n"
            f"    reply: {{format: json}}, parameters: {{{name}: {{type: phone}}}}}}\n"
            for n in range(3 if id == "one" else 1)
        )
        file = tmp_path / id / "provider.yaml"
        file.parent.mkdir()
        file.write_text((HEAD + HTTPS + operations).replace("acme", id))
    providers = load_specs(tmp_path, tmp_path).providers
    (problem,) = review(providers, tmp_path)
    assert (problem.rule, problem.where.file) == ("foreign-word", "two/provider.yaml")
    assert told(problem) == (
        "6:41 'phones' of 'two' is somebody whom 3 operations of other providers call "
        "'recipient'"
    )
    assert review(providers[1:], tmp_path) == []
    path = tmp_path / "two/provider.yaml"
    answer = "{lint: {foreign-word: Its own word.}, type: phone}"
    path.write_text(path.read_text().replace("{type: phone}", answer))
    providers = load_specs(tmp_path, tmp_path).providers
    assert review(providers, tmp_path) == []
    assert review(providers[1:], tmp_path) == []


QUOTED = (
    HTTPS
    + "sources: {doc: {title: Page, file: page.txt%s}, other: {title: Elsewhere}}\n"
    + "statuses:\n"
    + "  result: {type: int, success: [0], src: doc, codes: {\n"
    + '    0: {name: OK, text: "It\'s ok"},\n'
    + "    -1: {name: LOW, text: Balance is low, reaction: balance},\n"
    + "    -2: {name: AWAY, text: Gone, reaction: wait, src: other}}}\n"
)


def test_an_edited_text_is_found_and_folded_ones_are_not(tmp_path: Path):
    (tmp_path / "page.txt").write_text("0 It’s\u00a0ok\n-1\nBalance is too low\n")
    (problem,) = asked(QUOTED % "", tmp_path)
    assert problem.rule == "text-not-in-source"
    assert told(problem) == "8:5 the text 'Balance is low' is not in 'doc'"
    assert problem.hint == "the document has 'Balance is too low'"


def test_a_source_that_is_not_here_is_not_missed(tmp_path: Path):
    assert asked(QUOTED % "", tmp_path) == []


def test_another_edition_of_a_source_is_noticed(tmp_path: Path):
    (tmp_path / "page.txt").write_text("It's ok; Balance is low")
    digest = "0" * 64
    (problem,) = asked(QUOTED % f', sha256: "{digest}"', tmp_path)
    assert problem.rule == "source-changed"
    assert (problem.where.line, problem.where.column) == (4, 11)


def test_our_own_specs_are_answered_for():
    root = Path(__file__).resolve().parents[2]
    loaded = load_specs(root / "specs", root)
    assert loaded.problems == ()
    assert review(loaded.providers, root) == []
