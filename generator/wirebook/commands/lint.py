"""`wirebook lint`: find mistakes in specs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from wirebook.config import Config
from wirebook.load import Loaded, load
from wirebook.problem import did_you_mean, failed, in_order, quote, summary
from wirebook.review import review

from .findings import format_option, show
from .project import project


@click.command(
    name="lint",
    epilog="""\b
Examples:
  wirebook lint                            all providers
  wirebook lint aisix                      one, by its id
  wirebook lint specs/aisix/provider.yaml  one, by a folder or a file
  wirebook lint --format github            notes at the lines of a pull request""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@format_option()
@project("specs")
def command(config: Config, paths: tuple[str, ...], strict: bool, style: str) -> None:
    """Find every mistake in the specs, at its line, and say the way out.

    Beyond mistakes it asks what a careful reviewer would: warnings, which a spec
    can answer in place, `lint: {rule: why it is right as it is}`.

    Reads and checks everything and writes nothing.  PATH is a provider's id, its
    folder or a file in it, or a folder of specs; without PATH all are checked.
    """
    loaded = _reviewed(config, _load(config, paths))
    show(loaded.problems, style)
    if style == "text":
        found = summary(loaded.problems) or "no problems"
        names = ", ".join(provider.id for provider in loaded.providers)
        click.echo(f"{found}; sound: {names}" if names else found, err=True)
    if failed(loaded.problems) or (strict and loaded.problems):
        raise click.exceptions.Exit(1)


def _reviewed(config: Config, loaded: Loaded) -> Loaded:
    asked = review(loaded.providers, config.root)
    return Loaded(loaded.providers, tuple(in_order([*loaded.problems, *asked])))


def _load(config: Config, paths: Sequence[str]) -> Loaded:
    if not paths:
        return load(config.specs, config.root)
    wanted: dict[Path, list[str]] = {}
    for path in paths:
        specs, only = _target(config, path)
        wanted.setdefault(specs, []).extend(only)
    loads = [load(specs, config.root, only) for specs, only in wanted.items()]
    return Loaded(
        tuple(provider for each in loads for provider in each.providers),
        tuple(in_order(problem for each in loads for problem in each.problems)),
    )


def _target(config: Config, name: str) -> tuple[Path, list[str]]:
    """The folder of specs that a PATH means, and which providers in it."""
    path = Path(name)
    if not path.exists():
        path = config.specs / name
    if not path.exists():
        folders = [each.name for each in config.specs.glob("*") if each.is_dir()]
        raise click.UsageError(
            f"there is no file or folder {quote(name)}{did_you_mean(name, folders)}"
        )
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    if any(folder.glob("*.yaml")):
        return folder.parent, [folder.name]
    return folder, []
