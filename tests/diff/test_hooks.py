"""The files by which others run wirebook: a workflow, and hooks for pre-commit."""

import re
from pathlib import Path

import pytest
import yaml

from wirebook.commands.group import COMMANDS
from wirebook.diff.formats import FORMATS
from wirebook.diff.formats.markdown import MARKER
from wirebook.diff.report import THRESHOLDS

ROOT = Path(__file__).resolve().parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
WORKFLOW = (ROOT / ".github" / "workflows" / "spec-changes.yml").read_text("utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_run_commands_that_exist(hook):
    program, command = hook["entry"].split()
    assert program == "wirebook"
    assert command in COMMANDS
    assert hook["id"] == f"wirebook-{command}"
    # Without it only what generated clients need would be installed.
    assert hook["additional_dependencies"] == [".[generator]"]


def test_there_is_a_hook_for_lint_check_and_diff():
    names = {"wirebook-lint", "wirebook-check", "wirebook-diff"}
    assert {hook["id"] for hook in HOOKS} == names


def test_the_workflow_speaks_the_language_of_the_command():
    job = yaml.safe_load(WORKFLOW)["jobs"]["diff"]
    script = "\n".join(step.get("run", "") for step in job["steps"])
    assert set(re.findall(r"--format (\w+)", script)) <= FORMATS.keys()
    assert set(re.findall(r"--fail-on (\w+)", script)) <= set(THRESHOLDS)
    assert f'startswith("{MARKER}")' in script


def test_no_step_of_the_workflow_pastes_what_others_wrote():
    job = yaml.safe_load(WORKFLOW)["jobs"]["diff"]
    assert not [step for step in job["steps"] if "${{" in step.get("run", "")]
