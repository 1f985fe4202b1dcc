"""`wirebook init`: begin the spec of a provider."""

from __future__ import annotations

import os
import re
from importlib import resources
from pathlib import Path

import click

from wirebook.config import Config

from .project import project

FILES = ("provider.yaml", "vectors.yaml")
SCHEMAS = ".schema"
"""Folder for copies of the schemas, which reading specs passes over."""
SAMPLE = "acme"
"""The id that the skeleton is written for."""


@click.command(
    name="init",
    epilog="""\b
Examples:
  wirebook init acme                       writes specs/acme/
  wirebook init acme --title "Acme SMS"
  wirebook init acme --dir other/specs""",
)
@click.argument("provider", metavar="ID")
@click.option("--title", help="What the provider calls its API.")
@click.option(
    "--dir", "folder", metavar="FOLDER", help="Folder of specs to begin it in."
)
@project("specs")
def command(
    config: Config, provider: str, title: str | None, folder: str | None
) -> None:
    """Begin the spec of a provider: a commented skeleton that is valid as it is.

    ID becomes the name of the provider's module.  Files that are there already
    are never touched.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", provider, re.ASCII):
        raise click.UsageError(
            f"{provider!r} cannot be the name of a module: write lower-case letters,"
            " digits and underscores, beginning with a letter"
        )
    target = (Path(folder).resolve() if folder else config.specs) / provider
    taken = [name for name in FILES if (target / name).exists()]
    if taken:
        raise click.ClickException(
            f"{target / taken[0]} is there already; nothing was written"
        )
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        content = _content(name, provider, title, _modeline(name, target, config))
        with (target / name).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
        click.echo(f"wrote {config.relative(target / name)}")
    click.echo("next: put the provider's facts in, then `wirebook lint`", err=True)


def _content(name: str, provider: str, title: str | None, modeline: str) -> str:
    skeleton = resources.files("wirebook").joinpath("skeleton", name).read_text("utf-8")
    words = provider.replace("_", " ").strip().title()
    skeleton = skeleton.replace(SAMPLE.upper(), provider.upper())
    skeleton = skeleton.replace(SAMPLE, provider).replace(SAMPLE.title(), words)
    if title:
        line = f"  title: {_quoted(title)}"
        skeleton = re.sub(r"(?m)^  title: .*$", lambda _: line, skeleton, count=1)
    return f"# {modeline}\n{skeleton}"


def _quoted(title: str) -> str:
    """A YAML text in double quotes, whatever it holds."""
    return '"' + "".join(map(_escaped, title)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def _modeline(name: str, target: Path, config: Config) -> str:
    """Tell editors the schema, by a path that means the same on every machine."""
    kind = name.removesuffix(".yaml")
    schema = Path(str(resources.files("wirebook.schema").joinpath(f"{kind}.json")))
    shared = schema.is_relative_to(config.root) and "site-packages" not in schema.parts
    if not shared or not target.is_relative_to(config.root):
        schema = _copy(schema, target.parent / SCHEMAS)
    path = Path(os.path.relpath(schema, target)).as_posix()
    return f"yaml-language-server: $schema={path}"


def _copy(schema: Path, folder: Path) -> Path:
    """A copy of the schema beside the specs, for projects without the tool's sources."""
    copy = folder / schema.name
    folder.mkdir(exist_ok=True)
    if not copy.exists():
        copy.write_bytes(schema.read_bytes())
    return copy
