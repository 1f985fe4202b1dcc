"""How commands print problems."""

from __future__ import annotations

from collections.abc import Sequence

import click

from wirebook.problem import FORMATS, Problem

format_option = click.option(
    "--format",
    "style",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="How problems are printed; github makes them notes in a pull request.",
)


def show(problems: Sequence[Problem], style: str) -> None:
    """Print the problems to stdout."""
    click.echo(FORMATS[style](problems), nl=False)
