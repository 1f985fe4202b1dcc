"""The group of all commands."""

from __future__ import annotations

import importlib
from typing import NamedTuple

import click

from wirebook import __version__
from wirebook.cli import COULD_NOT_RUN


class Entry(NamedTuple):
    """One command: `module:attribute`, and what `wirebook -h` says of it."""

    target: str
    summary: str


COMMANDS = {
    "init": Entry("wirebook.commands.init:command", "Begin the spec of a provider."),
    "lint": Entry("wirebook.commands.lint:command", "Find mistakes in specs."),
    "explain": Entry("wirebook.commands.explain:command", "Say what a rule means."),
    "try": Entry(
        "wirebook.commands.try_call:command", "Make one call, or show its bytes."
    ),
    "prove": Entry(
        "wirebook.commands.prove:command", "Play vectors against the clients."
    ),
    "list": Entry(
        "wirebook.commands.list:command", "List providers, operations and codes."
    ),
    "schema": Entry(
        "wirebook.commands.schema:command", "Print a JSON Schema for editors."
    ),
    "diff": Entry(
        "wirebook.commands.diff:command",
        "Say what a change of specs does to callers.",
    ),
    "drift": Entry(
        "wirebook.commands.drift:command",
        "Hold a spec against the provider's pages of today.",
    ),
    "show": Entry("wirebook.commands.show:command", "Print what a spec resolves to."),
    "export": Entry(
        "wirebook.commands.export:command", "Write a spec for other tools: OpenAPI."
    ),
    "generate": Entry(
        "wirebook.commands.generate:generate", "Write the clients and their docs."
    ),
    "check": Entry(
        "wirebook.commands.check:check",
        "Compare the output with what the specs produce.",
    ),
    "simulate": Entry(
        "wirebook.commands.simulate:command",
        "Run stand-ins of the providers, with an inbox.",
    ),
}
"""In the order in which an author meets them."""


class CouldNotRun(click.ClickException):
    """Click exits 1 for what it cannot do, and 1 means findings here."""

    exit_code = COULD_NOT_RUN


class Group(click.Group):
    """Imports a command when it runs: `--version` and `-h` import none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, entry.summary) for name, entry in COMMANDS.items()]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            # Imported here, as below: it takes as long as finding nothing to do.
            from wirebook.problem import did_you_mean

            near = did_you_mean(name, COMMANDS)
            raise click.UsageError(f"there is no command '{name}'{near}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except click.UsageError as problem:
            # Names of files are in it, and a file may have any name.
            said = _shown(problem.format_message())
            raise click.UsageError(said, problem.ctx) from problem
        except (click.ClickException, OSError) as problem:
            said = (
                problem.format_message()
                if isinstance(problem, click.ClickException)
                else ""
            )
            raise CouldNotRun(_shown(said or str(problem))) from problem


def _shown(said: str) -> str:
    from wirebook.problem import lines_shown

    return lines_shown(said)


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="""\b
Examples:
  wirebook init acme         begin specs/acme with a commented skeleton
  wirebook lint              find every mistake in specs/
  wirebook explain plain-time
  wirebook generate          write the clients and their docs
  wirebook check             in CI: fail when they are not up to date

\b
Exit codes: 0 all is well; 1 there are findings; 2 the command could not run.
Folders stand in [tool.wirebook] of pyproject.toml or in flags.""",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def group() -> None:
    """Turn a provider's documented HTTP API into a typed Python client.

    A spec is a folder of YAML files that say what a provider's documents say.
    """
