"""A mutation for every rule, and what the opposite edit is called."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.mutation import Mutation
from tests.support.mutations import MUTATIONS, OTHERWISE
from tests.support.specimens import ACME, DUO, Copy, copy
from wirebook.diff.comparison import compare
from wirebook.diff.rule import Direction, Group, Verdict
from wirebook.diff.rules import NOT_HERE, RULES
from wirebook.diff.side import Side
from wirebook.model import Where


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The specimens as they are, read once, by their source."""
    root = tmp_path_factory.mktemp("whole")
    return {
        source: _read(copy(root / str(number), source))
        for number, source in enumerate((ACME, DUO))
    }


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.id)
def test_a_mutation_is_named_by_its_rule_and_the_way_back_by_the_mirror(
    mutation: Mutation, tmp_path: Path, whole
):
    base = whole[mutation.source]
    if mutation.before:
        base = _edited(tmp_path / "base", mutation, mutation.before)
    head = _edited(tmp_path / "head", mutation, [*mutation.before, *mutation.edits])

    forth = compare(base.side, head.side).findings
    assert mutation.rule in _rules(forth), [(f.rule.id, f.at, f.text) for f in forth]

    back = compare(head.side, base.side).findings
    mirror = mutation.mirror or RULES[mutation.rule].mirror or mutation.rule
    assert mirror in _rules(back), [(f.rule.id, f.at, f.text) for f in back]

    # What shows one way shows the other way, in the same projections.
    assert _groups(forth) == _groups(back)
    assert not {"M002"} & (_rules(forth) | _rules(back))

    for finding in forth:
        for part, read in ((finding.base, base), (finding.head, head)):
            if part is not None:
                _stands(part.where, read.specs)


def test_every_rule_has_a_mutation():
    proven = {mutation.rule for mutation in MUTATIONS}
    assert proven | OTHERWISE.keys() == RULES.keys()
    assert not proven & OTHERWISE.keys()


def test_rules_are_written_alike():
    for id, rule in RULES.items():
        assert id == rule.id
        assert rule.why.rstrip().endswith("."), id
        assert rule.name == rule.name.upper(), id
        assert id not in NOT_HERE
    names = [rule.name for rule in RULES.values()]
    assert len(names) == len(set(names))


def test_every_direction_has_its_mirror():
    for id, rule in RULES.items():
        if rule.direction is Direction.CHANGED:
            # Its own mirror, or what drops the alias that it has left behind.
            assert rule.mirror in ("", "N001", "P002"), id
        else:
            mirror = RULES[rule.mirror]
            assert mirror.direction is not rule.direction, id


def test_silent_rules_are_never_raised():
    silent = {id for id, rule in RULES.items() if rule.verdict is Verdict.NONE}
    assert silent == {"Q024", "D010"}


class Read(NamedTuple):
    specs: Copy
    side: Side


def _read(specs: Copy) -> Read:
    side = specs.side()
    assert not side.problems, side.problems
    return Read(specs, side)


def _edited(root: Path, mutation: Mutation, edits) -> Read:
    made = copy(root, mutation.source)
    made.edit(mutation.source.name, edits)
    return _read(made)


def _stands(where: Where, specs: Copy) -> None:
    """A finding points at something that is written."""
    lines = (specs.root / where.file).read_text("utf-8").splitlines()
    line = lines[where.line - 1]
    assert line[where.column - 1 :].strip(), where
    assert not line[where.column - 1].isspace(), where


def _rules(findings) -> set[str]:
    return {finding.rule.id for finding in findings}


def _groups(findings) -> set[Group]:
    """Projections of the changes themselves, without what reviewing adds."""
    return {
        group
        for finding in findings
        if not finding.rule.id.startswith("M")
        for group in finding.groups
    }
