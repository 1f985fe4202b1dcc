"""How commands print problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from wirebook.problem import Problem

Command = TypeVar("Command", bound=Callable[..., object])


def format_option(
    styles: Iterable[str] = ("text", "json", "github"),
    help: str = "How problems are printed; github makes them notes in a pull request.",
) -> Callable[[Command], Command]:
    """`--format`, which the command takes as `style`; the first one is the default."""
    offered = tuple(styles)
    return click.option(
        "--format",
        "style",
        type=click.Choice(offered),
        default=offered[0],
        show_default=True,
        help=help,
    )


def show(problems: Sequence[Problem], style: str) -> None:
    """Print the problems to stdout."""
    # Imported here: a run without changes prints none.
    from wirebook.problem import FORMATS

    click.echo(FORMATS[style](problems), nl=False)
