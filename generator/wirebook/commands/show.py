"""`wirebook show`: what a spec resolves to, and spec files as flat lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from wirebook.config import Config
from wirebook.diff.projection import document, lines, outline
from wirebook.diff.rule import Group
from wirebook.diff.tree import Thing, tree
from wirebook.document import read_bytes
from wirebook.load import load
from wirebook.problem import did_you_mean, failed, format_text, lines_shown, quote

from .project import project

VIEWS = {
    "surface": Group.SOURCE,
    "wire": Group.WIRE,
    "behaviour": Group.BEHAVIOUR,
    "doc": Group.DOC,
    "test": Group.TEST,
}


@click.command(
    name="show",
    epilog="""\b
Examples:
  wirebook show aisix --op send_once          one operation, every default written out
  wirebook show aisix --op send_once --as wire
  wirebook show --flat specs/aisix/provider.yaml

\b
As git's textconv, so that `git diff` names the table that a line belongs to:
  git config diff.wirebook.textconv "wirebook show --flat"
  echo "specs/**/*.yaml diff=wirebook" >> .gitattributes""",
)
@click.argument("target", metavar="PROVIDER|FILE")
@click.option("--flat", is_flag=True, help="One line for each value, with its path.")
@click.option("--op", "operation", metavar="NAME", help="Only this operation.")
@click.option(
    "--as",
    "view",
    type=click.Choice(tuple(VIEWS)),
    help="Only what shows in one projection.",
)
@project("specs")
def command(
    config: Config, target: str, flat: bool, operation: str | None, view: str | None
) -> None:
    """Print what the spec of a PROVIDER resolves to, or a FILE as flat lines."""
    path = Path(target)
    if path.is_file():
        if operation or view:
            raise click.UsageError(
                "--op and --as speak about a provider; name it by its id"
            )
        click.echo(_file(path), nl=False)
        return
    loaded = load(config.specs, config.root, [target])
    if failed(loaded.problems):
        click.echo(format_text(loaded.problems), err=True, nl=False)
        raise click.ClickException(f"{quote(target)} cannot be shown")
    (provider,) = loaded.providers
    root = tree(provider)
    things = [root] if operation is None else [_operation(root, operation)]
    group = VIEWS[view] if view else None
    shape = lines if flat else outline
    for thing in things:
        _print(shape(thing, group))


def _print(found: Iterable[str]) -> None:
    click.echo("".join(f"{line}\n" for line in found), nl=False)


def _file(path: Path) -> str:
    """Flat lines; the text itself where it is no spec, so that git always gets one."""
    content = path.read_bytes()
    node, _ = read_bytes(content, path.as_posix())
    if node is None:
        return lines_shown(content.decode("utf-8", "replace"))
    return "".join(f"{line}\n" for line in document(node))


def _operation(root: Thing, name: str) -> Thing:
    """An operation by its id, or by its name where one product only has it."""
    found = {
        ".".join((*thing.path[:-2], thing.key)): thing
        for thing in root.walk()
        if thing.role == "operation"
    }
    if name in found:
        return found[name]
    named = [thing for thing in found.values() if thing.key == name]
    if len(named) == 1:
        return named[0]
    near = f"; it is {' or '.join(key for key in found if found[key] in named)}"
    hint = near if named else did_you_mean(name, found)
    raise click.UsageError(f"there is no operation {quote(name)}{hint}")
