"""`wirebook schema`: print a JSON Schema for editors."""

from __future__ import annotations

from typing import cast

import click

from wirebook.schema import KINDS, Kind, text


@click.command(
    name="schema",
    epilog="""\b
Examples:
  wirebook schema vectors
  wirebook schema provider > provider.schema.json
A spec then begins with
  # yaml-language-server: $schema=provider.schema.json""",
)
@click.argument("kind", type=click.Choice(KINDS), default="provider")
def command(kind: str) -> None:
    """Print the JSON Schema of one kind of spec file: provider, product or vectors.

    Editors complete and check specs with it.
    """
    click.echo(text(cast(Kind, kind)), nl=False)
