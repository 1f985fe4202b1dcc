"""The living example: one provider's page in two editions."""

import json
import shutil
from pathlib import Path

import pytest

from tests.support.project import Project

DATA = Path(__file__).parent / "data"
OLD, NEW = "support_000.txt", "support_001.txt"
SPEC = "specs/onbuka/provider.yaml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The spec of the first edition, and both editions beside it."""
    made = Project(tmp_path)
    made.configure("")
    (tmp_path / SPEC).parent.mkdir(parents=True)
    shutil.copy(DATA / "onbuka.yaml", tmp_path / SPEC)
    for page in (OLD, NEW):
        shutil.copy(DATA / page, tmp_path / page)
    monkeypatch.chdir(tmp_path)
    return made


def found(project: Project, page: str) -> dict:
    result = project.run("drift", "onbuka", page, "--format", "json")
    return json.loads(result.stdout)


def test_the_edition_that_was_read_has_not_changed(project: Project):
    result = project.run("drift", "onbuka", OLD)
    assert result.exit_code == 0
    assert result.stdout == (
        "onbuka, support: no drift; 137 as before; 10 rows differ in spaces or "
        "punctuation only, which is no change\n"
    )


def test_the_ten_rows_are_those_of_voice(project: Project):
    """They hold no-break spaces on the page, and plain ones in the spec."""
    lines = (DATA / OLD).read_text("utf-8").split("\n")
    hard = [n + 1 for n, line in enumerate(lines) if "\u00a0" in line.strip("\u00a0 ")]
    assert len(hard) == 10
    assert hard[0] > 291
    assert hard[-1] < 435
    project.replace(OLD, "\u00a0", " ")
    assert found(project, OLD)["folded"] == 0


def test_the_other_edition_loses_a_table_gains_one_and_rewords_a_row(project: Project):
    assert project.run("drift", "onbuka", NEW).exit_code == 1
    drift = found(project, NEW)
    assert drift["findings"] == [
        {
            "change": "missing",
            "subject": "table",
            "name": "email_status",
            "spec": {"file": SPEC, "line": 43, "column": 3},
            "page": None,
            "before": "",
            "after": "",
            "rows": 39,
        },
        {
            "change": "reworded",
            "subject": "row",
            "name": "sms_status -19",
            "spec": {"file": SPEC, "line": 33, "column": 7},
            "page": {"file": NEW, "line": 43},
            "before": "Please contact our account manager for your SMS journey after "
            "the authentication",
            "after": "Confirm SMS pricing with the business team",
            "rows": 0,
        },
        {
            "change": "new",
            "subject": "table",
            "name": "Call Center response status code description:",
            "spec": None,
            "page": {"file": NEW, "line": 206},
            "before": "",
            "after": "",
            "rows": 62,
        },
    ]
    assert drift["same"] == 137 - 39 - 1
    assert drift["folded"] == 0


def test_the_places_are_those_of_the_files(project: Project):
    spec = (project.root / SPEC).read_text("utf-8").split("\n")
    page = (project.root / NEW).read_text("utf-8").split("\n")
    assert spec[42].startswith("  email_status:")
    assert spec[32].startswith("      -19:")
    assert page[42] == "Confirm SMS pricing with the business team |"
    assert page[205] == "Call Center response status code description:"


def test_what_is_pasted_ends_the_drift(project: Project):
    """Row, new table and the judgement that lint asks for, by hand as an author does."""
    fragment = found(project, NEW)["fragment"]
    assert f"# {SPEC}:8:3: in statuses/sms_status\ncodes:\n  -19: {{name: " in fragment
    row = next(line for line in fragment.split("\n") if line.startswith("  -19: "))
    table = fragment[fragment.index("  call_center_status:\n") :]
    assert table.count("\n      ") == 62
    text = (project.root / SPEC).read_text("utf-8")
    lines = text.split("\n")
    lines[32] = "    " + row
    email, voice = lines.index("  email_status:"), lines.index("  voice_status:")
    lines[email:voice] = []
    sourced = table.replace("type: int\n", "type: int\n    src: support\n", 1)
    (project.root / SPEC).write_text("\n".join(lines).rstrip() + "\n" + sourced)
    lint = project.run("lint")
    assert {line.split("[")[1].split("]")[0] for line in errors(lint.stdout)} == {
        "failure-without-reaction"
    }
    judged = [
        (
            line[:-1] + ", reaction: request}"
            if line.startswith("      -") and "reaction" not in line
            else line
        )
        for line in (project.root / SPEC).read_text("utf-8").split("\n")
    ]
    (project.root / SPEC).write_text("\n".join(judged))
    assert project.run("lint").exit_code == 0
    result = project.run("drift", "onbuka", NEW)
    assert result.stdout == "onbuka, support: no drift; 160 as before\n"
    assert result.exit_code == 0


def errors(text: str) -> list[str]:
    return [line for line in text.split("\n") if ": error[" in line]


def test_a_row_that_went_and_one_that_came(project: Project):
    project.replace(
        OLD, "\n-28\n\nPeriod phone send limit", "\n-29\n\nPeriod phone send limit"
    )
    drift = found(project, OLD)
    assert [(each["change"], each["name"]) for each in drift["findings"]] == [
        ("missing", "sms_status -28"),
        ("new", "sms_status -29"),
    ]
    gone, new = drift["findings"]
    assert gone["spec"]["line"] == 42
    assert new["page"]["line"] == 121
    assert (
        '  -29: {name: PERIOD_PHONE_SEND_LIMIT, text: "Period phone'
        in drift["fragment"]
    )
    assert (
        f"# {SPEC}:42:7: drop -28; its words have another code now" in drift["fragment"]
    )


def test_markdown_for_an_issue(project: Project):
    result = project.run("drift", "onbuka", NEW, "--format", "markdown")
    assert result.exit_code == 1
    assert "sms_status -19" in result.stdout
    assert f"`{SPEC}:33:7`" in result.stdout
    assert f"`{NEW}:43`" in result.stdout
    assert "```yaml\n" in result.stdout


def test_both_editions_together_lose_nothing(project: Project):
    result = project.run("drift", "onbuka", OLD, NEW, "--format", "json")
    drift = json.loads(result.stdout)
    assert [each["name"] for each in drift["findings"]] == [
        "Call Center response status code description:"
    ]
    assert drift["pages"] == [OLD, NEW]
