"""`wirebook export openapi`: the nearest document that other tools understand."""

from __future__ import annotations

from pathlib import Path

import click

from wirebook.config import Config
from wirebook.load import load
from wirebook.openapi import export
from wirebook.problem import as_json, failed, format_text, printable

from .project import project


@click.group(name="export")
def command() -> None:
    """Write what a spec says in a form that other tools read."""


@command.command(
    name="openapi",
    epilog="""\b
Examples:
  wirebook export openapi aisix > aisix.json      what is lost goes to stderr
  wirebook export openapi aisix -o aisix.json""",
)
@click.argument("provider", metavar="PROVIDER")
@click.option("-o", "--to", metavar="FILE", help="Write there, not to stdout.")
@project("specs")
def openapi(config: Config, provider: str, to: str | None) -> None:
    """Print PROVIDER as OpenAPI 3.0.3, and name what that has no place for.

    The document describes requests and replies as far as it can; clients made from
    it know no codes, no signatures and nothing of what may be sent twice.
    """
    loaded = load(config.specs, config.root, [provider])
    if failed(loaded.problems):
        click.echo(format_text(loaded.problems), err=True, nl=False)
        raise click.exceptions.Exit(1)
    exported = export(loaded.providers[0])
    text = as_json(exported.document) + "\n"
    if to is None:
        click.echo(text, nl=False)
    else:
        Path(to).write_text(text, "utf-8")
    for loss in exported.losses:
        click.echo(f"lost: {printable(loss.at)}: {printable(loss.what)}", err=True)
