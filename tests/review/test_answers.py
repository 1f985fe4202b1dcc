"""Questions of the reviewer are answered in place, and no others with them."""

from pathlib import Path
from typing import cast

import pytest

from tests.support.reviewed import CASES, HEAD, HTTPS, asked, reviewed, told, written
from wirebook.document import ListNode, MapNode, Node, ScalarNode, read
from wirebook.load import check
from wirebook.model import Where
from wirebook.problem import Problem
from wirebook.schema import load
from wirebook.schema_parts import Part, parts


@pytest.mark.parametrize(
    "rule", [rule for rule in CASES if rule != "unused-suppression"]
)
def test_an_answer_takes_the_question_away_where_it_stands(rule: str, tmp_path: Path):
    """The answer is put into the innermost mapping that the question points into."""
    document = written(CASES[rule][0])
    questions = [each for each in reviewed(document, tmp_path) if each.rule == rule]
    for question in questions:
        mappings = parts(document, "provider")
        inner = [
            each
            for each in mappings
            if spans(each, question) and "lint" in keys(each.definition)
        ][-1]
        reason = ScalarNode(inner.node.where, "It is so.", "It is so.", False)
        lint = MapNode(reason.where, {rule: reason}, {rule: reason.where})
        cast(dict[str, Node], inner.node.entries)["lint"] = lint
        cast(dict[str, Where], inner.node.keys)["lint"] = lint.where
    left = {problem.rule for problem in reviewed(document, tmp_path)}
    assert questions
    assert rule not in left
    assert "unused-suppression" not in left


def keys(definition: str) -> set[str]:
    found = load("provider")["$defs"].get(definition, {})
    return set(found.get("properties", ()))


def spans(part: Part, problem: Problem) -> bool:
    return part.where <= problem.where <= last(part.node)


def last(node: Node) -> Where:
    inner = node.entries.values() if isinstance(node, MapNode) else ()
    items = node.items if isinstance(node, ListNode) else inner
    return max([node.where, *map(last, items)])


def test_an_answer_holds_for_everything_inside(tmp_path: Path):
    text, expected = CASES["redundant-value"]
    answer = "lint: {redundant-value: Said for readers.}, "
    around = text.replace(
        "parameters: {encoding: {", f"parameters: {{encoding: {{{answer}"
    )
    left = [told(problem) for problem in asked(around, tmp_path, "redundant-value")]
    assert len(left) == len(expected) - 2
    assert not any("'wire: encoding'" in line or "'pii: true'" in line for line in left)


def test_a_parameter_may_be_called_lint(tmp_path: Path):
    text = (
        HTTPS
        + "operations: {get: {does: reads, method: GET, path: /a, reply: {format: json},\n"
        + "  parameters: {lint: {type: string}}, fixed: {other: a}}}\n"
    )
    assert not asked(text, tmp_path, "unused-suppression")


def test_warnings_of_every_stage_can_be_answered(tmp_path: Path):
    text = "operations: {get: {does: reads, method: GET, path: /a, reply: {format: json}%s}}\n"
    silent, loud = (
        read(HEAD + HTTPS + text % answer, "provider.yaml")[0]
        for answer in (", lint: {operation-without-vector: No sample.}", "")
    )
    assert silent is not None
    assert loud is not None
    assert [p.rule for p in check({"provider.yaml": loud})[1]] == [
        "operation-without-vector"
    ]
    assert check({"provider.yaml": silent})[1] == []
    assert not asked(HTTPS + text % "", tmp_path)
