"""The command line, as its users meet it."""

import builtins
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from wirebook import __version__, cli
from wirebook.commands.generate import generate
from wirebook.commands.group import COMMANDS, group
from wirebook.problem import FORMATS


def run(*arguments: str):
    return CliRunner().invoke(group, arguments, prog_name="wirebook")


def test_help_teaches():
    for flag in ("-h", "--help"):
        result = run(flag)
        assert result.exit_code == 0
        for name, entry in COMMANDS.items():
            assert f"  {name}" in result.output
            assert entry.summary in result.output
        assert "Examples:" in result.output
        assert "Exit codes:" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    result = run(name, "-h")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Usage: wirebook {name}")


def test_a_misspelt_command():
    result = run("genrate")
    assert result.exit_code == 2
    assert "there is no command 'genrate'; did you mean 'generate'?" in result.output


def test_version_and_help_import_no_library_of_the_commands():
    code = (
        "import sys; from wirebook.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'yaml', 'jsonschema', 'jinja2', 'black', 'rich', 'msgspec'}\n"
        "heavy &= sys.modules.keys()\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    for flag in ("--version", "--help"):
        done = subprocess.run(
            [sys.executable, "-c", code, flag],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert __version__ in run("--version").output


@pytest.mark.parametrize(
    ("library", "extra"),
    [("click", "generator"), ("yaml", "generator"), ("redis", "redis")],
)
def test_a_missing_library_names_the_extra(monkeypatch, capsys, library, extra):
    real = builtins.__import__

    def missing(name, *rest):
        if name == "wirebook.commands.group":
            raise ModuleNotFoundError(
                f"No module named '{library}'", name=f"{library}.part"
            )
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert f"needs {library}" in said
    assert f"pip install 'wirebook[{extra}]'" in said


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (click.ClickException("the disk is full"), 2),
        (click.UsageError("no such flag"), 2),
        (PermissionError(13, "Permission denied", "specs"), 2),
        (click.exceptions.Exit(1), 1),
    ],
)
def test_exit_codes(monkeypatch, problem, code):
    def fail(*_, **__):
        raise problem

    command = click.Command("lint", callback=fail)
    monkeypatch.setattr(group, "get_command", lambda *_: command)
    result = run("lint")
    assert result.exit_code == code
    assert "Traceback" not in result.output
    if isinstance(problem, OSError):
        assert "Permission denied" in result.output


def test_a_mistake_of_the_tool_is_no_finding(monkeypatch, capsys):
    def fail(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(
        group, "get_command", lambda *_: click.Command("lint", callback=fail)
    )
    monkeypatch.setattr(sys, "argv", ["wirebook", "lint"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "boom" in capsys.readouterr().err


def test_problems_are_offered_in_every_format_there_is():
    (option,) = (each for each in generate.params if each.name == "style")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == tuple(FORMATS)
