"""`wirebook drift`: a spec held against the provider's pages as they are today."""

from __future__ import annotations

from pathlib import Path

import click

from wirebook.config import Config
from wirebook.document import MapNode, read_file
from wirebook.drift.formats import FORMATS
from wirebook.drift.hold import hold
from wirebook.drift.page import PageError, together
from wirebook.drift.read import read
from wirebook.load import load
from wirebook.model import Provider
from wirebook.problem import did_you_mean, failed, format_text, quote

from .findings import format_option
from .project import project


@click.command(
    name="drift",
    epilog="""\b
Examples:
  wirebook drift aisix page.html           the page, saved today
  wirebook drift onbuka a.md b.txt --source support
  wirebook drift onbuka page.txt --format markdown > issue.md
  pdftotext -layout page.pdf page.txt      then hold page.txt

\b
Exit codes: 0 the pages say what the spec says; 1 they do not; 2 they could not
be compared.""",
)
@click.argument("provider", metavar="PROVIDER")
@click.argument(
    "pages",
    nargs=-1,
    required=True,
    metavar="PAGE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="KEY",
    help="The source that the pages are, if not the one that they have most of.",
)
@format_option(FORMATS, "How the differences are printed; markdown makes an issue.")
@project("specs")
def command(
    config: Config,
    provider: str,
    pages: tuple[Path, ...],
    sources: tuple[str, ...],
    style: str,
) -> None:
    """Say what the provider's PAGEs have that the spec has not, and the other way.

    A PAGE is a file: HTML, Markdown, plain text, or the text of a PDF.  Codes and
    their words, parameters and rules are held against it; spaces, quotes and dashes
    that only look different are no change.  Ends with YAML to paste into the spec.
    """
    loaded = load(config.specs, config.root, [provider])
    if failed(loaded.problems):
        click.echo(format_text(loaded.problems), err=True, nl=False)
        raise click.UsageError(f"{quote(provider)} cannot be compared")
    (spec,) = loaded.providers
    _known(sources, spec)
    try:
        page = together(read(path) for path in pages)
        names = [path.as_posix() for path in pages]
        drift = hold(spec, _documents(config, spec), page, names, sources)
    except (PageError, OSError) as problem:
        raise click.UsageError(str(problem)) from problem
    click.echo(FORMATS[style](drift), nl=False)
    if drift.findings:
        raise click.exceptions.Exit(1)


def _known(sources: tuple[str, ...], spec: Provider) -> None:
    known = [source.key for source in spec.sources]
    for key in sources:
        if key not in known:
            near = did_you_mean(key, known)
            raise click.UsageError(f"{spec.id} has no source {quote(key)}{near}")


def _documents(config: Config, spec: Provider) -> dict[str, MapNode]:
    found = {file: read_file(config.root / file, file)[0] for file in spec.files}
    return {file: node for file, node in found.items() if node is not None}
