"""`wirebook generate`: write the clients and their docs."""

from __future__ import annotations

import sys

import click

from wirebook import __version__
from wirebook.config import Config
from wirebook.seen import FOLDER, Seen

from .findings import format_option
from .project import project

providers_argument = click.argument("providers", metavar="[PROVIDER]...", nargs=-1)
executor_option = click.option(
    "--executor",
    metavar="WHERE",
    help="Where the work is done: here, processes[:N] or dask://HOST:PORT;"
    " else in processes where that is faster.",
)


@click.command()
@providers_argument
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; show what would change, and exit 1 if anything would.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace files that were edited, or that wirebook did not write.",
)
@click.option("--no-cache", is_flag=True, help="Make everything again.")
@executor_option
@format_option()
@project()
def generate(
    config: Config,
    providers: tuple[str, ...],
    check: bool,
    force: bool,
    no_cache: bool,
    executor: str | None,
    style: str,
) -> None:
    """Write the clients and their docs from the specs.

    Everything is computed before the first file is written, so a mistake in a
    spec changes nothing.  With PROVIDER only that provider's files are written;
    pages that speak of all providers wait for a run without names.  So does everything
    after an upgrade of wirebook, for all clients stand on the same floor.

    What earlier runs made is kept in .wirebook-cache, which may be deleted at any
    time; --check makes everything itself.
    """
    if check and force:
        raise click.UsageError("--check writes nothing, so there is nothing to force")
    seen = Seen(None if check or no_cache else config.root / FOLDER)
    # All that decides a run besides the files that it looks at.
    settings = repr((__version__, __file__, sys.version, sys.prefix, config, providers))
    if style == "text" and (said := seen.unchanged(settings)):
        if said.err:
            click.echo(said.err, err=True)
        click.echo(said.out)
        return

    # Imported here: a run without changes needs none of it.
    from wirebook.cache import Cache, CacheLost

    from .outcome import prepare, show, write

    if check:
        show(config, *prepare(config, providers, style, executor), style)
        return
    cache = None if no_cache else Cache(config.root / FOLDER)
    try:
        made = prepare(config, providers, style, executor, cache, seen)
        nothing_to_do = write(config, *made, style, force, seen)
    except CacheLost:
        made = prepare(config, providers, style, executor)
        nothing_to_do = write(config, *made, style, force)
    seen.keep(settings, nothing_to_do)
