"""A change of what is sent, read or repeated must bring a vector or a source."""

from pathlib import Path

import pytest

from tests.support.specimens import between, copy

PATH = ("path: /search", "path: /find")


def _found(tmp_path: Path, *edits):
    base, head = copy(tmp_path / "base"), copy(tmp_path / "head")
    head.edit("acme", edits)
    return {finding.rule.id: finding for finding in between(base, head).findings}


def test_a_wire_change_alone_lacks_evidence(tmp_path):
    found = _found(tmp_path, PATH)
    assert found["O007"].needs_evidence
    assert found["M001"].at == "operations/search"
    assert found["M001"].text == "O007 without a new or changed vector or source"


@pytest.mark.parametrize(
    "proof",
    [
        ("vectors.yaml", "target: /eu/search", "target: /eu/find"),
        ("src: doc#search", "src: doc#find"),
        ('version: "1.0", date: "2024-01-01"', 'version: "1.1", date: "2025-01-01"'),
    ],
    ids=["a vector", "a source", "another edition"],
)
def test_what_counts_as_evidence(proof, tmp_path):
    found = _found(tmp_path, PATH, proof)
    assert "O007" in found
    assert "M001" not in found
    assert not found["O007"].needs_evidence


@pytest.mark.parametrize(
    "proof",
    [
        ("vectors.yaml", "about: Nothing there.", "about: Nothing."),
        ("src: doc#book", "src: doc#people"),
    ],
    ids=["a vector of another operation", "a source of another operation"],
)
def test_what_does_not(proof, tmp_path):
    assert "M001" in _found(tmp_path, PATH, proof)


def test_a_name_of_ours_needs_no_evidence(tmp_path):
    assert "M001" not in _found(tmp_path, ("name: NO_MONEY", "name: BROKE"))


def test_a_status_is_proven_by_a_vector_that_it_judges(tmp_path):
    edit = ("reaction: balance", "reaction: permission")
    assert "M001" in _found(tmp_path, edit)


def test_what_is_safe_needs_no_evidence(tmp_path):
    edit = ("callbacks:\n", "callbacks:\n")
    assert _found(tmp_path, edit) == {}
    more = ("aliases: [fee]", "aliases: [fee, cost]")
    assert "M001" not in _found(tmp_path / "more", more)
