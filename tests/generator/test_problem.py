"""Problems: what authors, tools and pull requests are told."""

import json

import pytest

from wirebook.model.place import Where
from wirebook.problem import (
    did_you_mean,
    error,
    failed,
    format_github,
    format_json,
    format_text,
    in_order,
    printable,
    quote,
    summary,
    warning,
)

WHERE = Where("specs/x/provider.yaml", 42, 7)
PROBLEM = error("schema-unknown-key", WHERE, "unknown key 'metod'", "write 'method'")


def test_text_names_place_rule_and_way_out():
    assert format_text([PROBLEM]) == (
        "specs/x/provider.yaml:42:7: error[schema-unknown-key]: unknown key 'metod'\n"
        "    hint: write 'method'\n"
    )


def test_json_is_for_tools():
    (row,) = json.loads(format_json([PROBLEM]))["problems"]
    assert row == {
        "file": "specs/x/provider.yaml",
        "line": 42,
        "column": 7,
        "severity": "error",
        "rule": "schema-unknown-key",
        "message": "unknown key 'metod'",
        "hint": "write 'method'",
    }


def test_github_makes_a_note_at_the_line():
    assert format_github([PROBLEM]) == (
        "::error file=specs/x/provider.yaml,line=42,col=7,title=schema-unknown-key"
        "::unknown key 'metod'%0Ahint: write 'method'\n"
    )


def test_spec_text_cannot_forge_a_workflow_command():
    forged = error("r", Where("a,b:c\n.yaml", 1, 1), "x\n::set-env name=A::b 100%\r")
    line = format_github([forged])
    assert line.count("\n") == 1
    assert line.startswith("::error file=a%2Cb%3Ac%0A.yaml,line=1")
    assert line.endswith("x%0A::set-env name=A::b 100%25\\r\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("pay \u202eeerf", "pay \\u202eeerf"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
        ("测试 ok é", "测试 ok é"),
    ],
)
def test_what_a_terminal_would_act_on_is_escaped(text, shown):
    assert printable(text) == shown
    assert shown in format_text([error("r", WHERE, text, text)])


def test_order_and_counts():
    later = warning("b", Where("a", 2, 1), "later")
    first = error("a", Where("a", 1, 9), "first")
    assert in_order([later, first, later]) == [first, later]
    assert summary([first, later, later]) == "1 error, 2 warnings"
    assert summary([]) == ""
    assert failed([later, first])
    assert not failed([later])


def test_suggestions():
    assert did_you_mean("metod", ["path", "method"]) == "; did you mean 'method'?"
    assert did_you_mean("get", ["GET", "POST"]) == "; did you mean 'GET'?"
    assert did_you_mean("zzz", ["path"]) == ""
    assert len(quote("x" * 500)) < 70
