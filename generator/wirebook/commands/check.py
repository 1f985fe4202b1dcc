"""`wirebook check`: is the output what the specs produce?"""

from __future__ import annotations

import click

from wirebook.config import Config

from .findings import format_option
from .generate import executor_option, providers_argument
from .project import project


@click.command()
@providers_argument
@executor_option
@format_option()
@project()
def check(
    config: Config, providers: tuple[str, ...], executor: str | None, style: str
) -> None:
    """Compare the output with what the specs produce; write nothing.

    Prints a unified diff of everything that is stale, and exits 1 if anything is.
    """
    from .outcome import prepare, show

    show(config, *prepare(config, providers, style, executor), style)
