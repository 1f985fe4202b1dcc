"""`wirebook init`: begin the spec of a provider."""

from __future__ import annotations

import os
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wirebook.config import Config
from wirebook.importers import Proposal, Unreadable, propose, read
from wirebook.importers.found import Found
from wirebook.importers.read import LARGEST
from wirebook.problem import printable

from .project import project

if TYPE_CHECKING:
    from wirebook.trial.exchange import Exchange

FILES = ("provider.yaml", "vectors.yaml")
SCHEMAS = ".schema"
"""Folder for copies of the schemas, which reading specs passes over."""
_TOO_MUCH = frozenset(
    {"file-too-large", "too-many-values", "too-many-entries", "text-too-long"}
)
SAMPLE = "acme"
"""The id that the skeleton is written for."""


@click.command(
    name="init",
    epilog="""\b
Examples:
  wirebook init acme                       writes specs/acme/
  wirebook init acme --title "Acme SMS"
  wirebook init acme --dir other/specs
  wirebook init acme --from page.md --from calls.har

\b
--from reads curl command lines, lists of URLs, tables (pasted text, Markdown, HTML),
HAR files, Postman collections and OpenAPI documents (JSON or YAML), by what they hold.
Values of requests and replies stay behind; what remains are names, shapes, words of tables,
and the values that choose an operation (action=send).  Look it through before sharing it.""",
)
@click.argument("provider", metavar="ID")
@click.option("--title", help="What the provider calls its API.")
@click.option(
    "--dir", "folder", metavar="FOLDER", help="Folder of specs to begin it in."
)
@click.option(
    "--from",
    "origins",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Propose it from what a file holds; may be given several times.",
)
@project("specs")
def command(
    config: Config,
    provider: str,
    title: str | None,
    folder: str | None,
    origins: tuple[Path, ...],
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
    taken = [name for name in FILES if os.path.lexists(target / name)]
    if taken:
        raise click.ClickException(
            f"{target / taken[0]} is there already; nothing was written"
        )
    contents = _proposed(config, provider, title, origins) if origins else {}
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        modeline = _modeline(name, target, config)
        if origins:
            content = f"# {modeline}\n{contents[name]}"
        else:
            content = _content(name, provider, title, modeline)
        with (target / name).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
        click.echo(f"wrote {printable(config.relative(target / name))}")
    click.echo("next: put the provider's facts in, then `wirebook lint`", err=True)


def _proposed(
    config: Config, provider: str, title: str | None, origins: tuple[Path, ...]
) -> dict[str, str]:
    """The files that what was found suggests; says what it could not know."""
    found = Found()
    for origin in origins:
        try:
            found.add(read(_text(origin), origin.name))
        except UnicodeDecodeError as problem:
            raise click.ClickException(f"{origin}: it is no UTF-8 text") from problem
        except Unreadable as problem:
            raise click.ClickException(str(problem)) from problem
    names = ", ".join(origin.name for origin in origins)
    proposal = propose(provider, title, found, names)
    for remark in proposal.remarks:
        click.echo(f"to be found out: {printable(remark)}", err=True)
    shown = proposal.shown(_sent(config, provider, proposal))
    return dict(zip(FILES, (proposal.provider, shown), strict=True))


def _sent(config: Config, provider: str, proposal: Proposal) -> dict[str, Exchange]:
    """The request of each operation; none where the proposal has to be mended first."""
    from wirebook.load import read as read_spec
    from wirebook.problem import failed, summary
    from wirebook.proof.play import sent
    from wirebook.trial.package import trial

    texts = (proposal.provider, proposal.vectors)
    files = {
        f"{provider}/{name}": text.encode()
        for name, text in zip(FILES, texts, strict=True)
    }
    made, problems = read_spec(files)
    if any(problem.rule in _TOO_MUCH for problem in problems):
        raise click.ClickException(
            "what was read is more than a spec may hold; hand in the part that matters"
        )
    if made is None or failed(problems):
        click.echo(f"to be mended: {summary(problems)}; run `wirebook lint`", err=True)
        return {}
    found: dict[str, Exchange] = {}
    with trial(made, config) as package:
        for vector in made.vectors:
            exchange = sent(package, vector)
            if exchange is not None:
                found[vector.operation] = exchange
    return found


def _text(origin: Path) -> str:
    with origin.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unreadable(f"{origin.name}: it has more than {LARGEST} bytes")
    return content.decode("utf-8-sig")


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
