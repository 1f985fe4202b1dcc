"""Every rule is explained, and shown by a bad spec or a test."""

import re
from pathlib import Path

import pytest

from tests.support.bad_specs import bad_specs
from wirebook import explain

GENERATOR = Path(explain.__file__).parent
STAGES = [
    *sorted((GENERATOR / "resolve").glob("*.py")),
    *sorted((GENERATOR / "rules").glob("*.py")),
    GENERATOR / "load.py",
    GENERATOR / "specs.py",
]
TESTS = Path(__file__).parent
SHOWN_IN_TESTS = {
    "duplicate-vector": "test_rules_vectors",
    "file-name": "test_resolve_folder",
    "idle-vector": "test_rules_vectors",
    "misplaced-part": "test_resolve_folder",
    "no-provider": "test_resolve_folder",
    "no-specs": "test_load",
    "provider-too-large": "test_reading_limits",
    "specs-too-large": "test_reading_limits",
    "unknown-callback": "test_resolve_folder",
    "unknown-client-argument": "test_resolve_folder",
    "unknown-provider": "test_load",
    "unknown-variant": "test_rules_vectors",
    "vector-argument": "test_rules_vectors",
    "vector-clock": "test_resolve_vectors",
    "vector-raises": "test_rules_vectors",
    "vector-result": "test_rules_vectors",
    "wrong-shape": "test_resolve_shapes",
}


def raised() -> set[str]:
    """Rule ids that stand in calls which report."""
    call = re.compile(r"(?:\.error|\.warning|\berror)\(\s*\"([a-z-]+)\"", re.DOTALL)
    found = {rule for path in STAGES for rule in call.findall(path.read_text("utf-8"))}
    # Unknown names are reported by kind.
    return found | {rule for rule in explain.rules() if rule.startswith("unknown-")}


def own() -> set[str]:
    call = re.compile(r"Explanation\(\s*\"([a-z-]+)\"", re.DOTALL)
    found = {rule for path in STAGES for rule in call.findall(path.read_text("utf-8"))}
    return found | {rule for rule in explain.rules() if rule.startswith("unknown-")}


def test_what_is_raised_is_explained_and_nothing_else():
    assert raised() == own()
    assert own() <= set(explain.rules())


def test_every_rule_is_shown():
    shown = {
        line.partition("[")[2].partition("]")[0]
        for spec in bad_specs()
        for line in spec.expected
    }
    assert own() - shown == set(SHOWN_IN_TESTS)


@pytest.mark.parametrize(("rule", "module"), SHOWN_IN_TESTS.items())
def test_a_rule_without_a_bad_spec_has_a_test(rule: str, module: str):
    assert rule in (TESTS / f"{module}.py").read_text("utf-8")
