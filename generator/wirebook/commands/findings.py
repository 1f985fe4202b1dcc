"""How commands print problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wirebook.problem import Problem

format_option = click.option(
    "--format",
    "style",
    type=click.Choice(("text", "json", "github")),
    default="text",
    show_default=True,
    help="How problems are printed; github makes them notes in a pull request.",
)


def show(problems: Sequence[Problem], style: str) -> None:
    """Print the problems to stdout."""
    # Imported here: a run without changes prints none.
    from wirebook.problem import FORMATS

    click.echo(FORMATS[style](problems), nl=False)
