"""Every fault an author can make is named at its place, and nothing else is."""

import pytest

from tests.support.bad_specs import BadSpec, bad_specs, told
from wirebook.document import character, explained, read_file, scalar, syntax
from wirebook.load import check
from wirebook.problem import Problem, in_order
from wirebook.schema_check import words

BAD_SPECS = bad_specs()
TESTED_WITHOUT_A_FILE = {
    *("file-too-large", "text-too-long", "too-many-problems", "too-many-values"),
}


@pytest.mark.parametrize("spec", BAD_SPECS, ids=lambda spec: spec.path.stem)
def test_a_bad_spec_is_told_what_it_expects(spec: BadSpec):
    assert spec.expected, "say what is expected: # expect: 1:1: error[rule]: message"
    assert [told(problem) for problem in problems(spec)] == list(spec.expected)


def test_a_file_is_named_after_its_fault():
    for spec in BAD_SPECS:
        rules = [line.partition("[")[2].partition("]")[0] for line in spec.expected]
        names = {rule.replace("-", "_") for rule in rules}
        exact = any(spec.path.stem.startswith(name) for name in names)
        assert exact or spec.path.stem.startswith("schema_"), spec.path.name


def test_every_rule_of_reading_and_schema_has_a_bad_spec():
    seen = {
        line.partition("[")[2].partition("]")[0]
        for s in BAD_SPECS
        for line in s.expected
    }
    stages = (character, explained, scalar, syntax, words)
    rules = {rule.rule for stage in stages for rule in stage.EXPLANATIONS}
    assert rules - seen == TESTED_WITHOUT_A_FILE


def problems(spec: BadSpec) -> list[Problem]:
    node, found = read_file(spec.path, spec.file)
    if node is not None:
        found += check({spec.file: node}, whole=not found)[1]
    return in_order(found)
