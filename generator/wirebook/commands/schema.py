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
@click.option(
    "--reference",
    is_flag=True,
    help="Print the whole language for people, as Markdown.",
)
def command(kind: str, reference: bool) -> None:
    """Print the JSON Schema of one kind of spec file: provider, product or vectors.

    Editors complete and check specs with it.
    """
    if reference:
        from wirebook.schema.reference import reference as written

        click.echo(written(), nl=False)
    else:
        click.echo(text(cast(Kind, kind)), nl=False)
