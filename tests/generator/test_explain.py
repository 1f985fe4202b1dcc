"""Every rule that can be raised is explained."""

import re
from pathlib import Path

import wirebook
from wirebook import explain

SOURCES = Path(wirebook.__file__).parent
RAISED = re.compile(r'(?:error|warning|_report)\(\s*"([a-z][a-z0-9-]+)"')


def test_rules_are_written_alike():
    for name, rule in explain.rules().items():
        assert name == rule.rule
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)
        assert rule.title, name
        assert rule.why.rstrip().endswith((".", "?")), name
        for text in (rule.bad, rule.good):
            assert text.endswith("\n"), name


def test_whatever_is_raised_is_explained():
    raised = {
        rule
        for path in SOURCES.rglob("*.py")
        if "runtime" not in path.parts
        for rule in RAISED.findall(path.read_text("utf-8"))
    }
    assert len(raised) > 30
    assert raised <= explain.rules().keys()
