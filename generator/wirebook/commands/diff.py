"""`wirebook diff`: what a change of the specs does to users of the clients."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from wirebook.config import Config
from wirebook.diff import acceptance, stale
from wirebook.diff.acceptance import NOTHING, Accepted
from wirebook.diff.comparison import Comparison, compare
from wirebook.diff.endpoints import sides
from wirebook.diff.formats import FORMATS, schema
from wirebook.diff.report import THRESHOLDS, report
from wirebook.diff.rule import Group, Verdict
from wirebook.diff.rules import NOT_HERE, RULES
from wirebook.diff.side import Side, SideError
from wirebook.problem import did_you_mean, failed, format_text, quote

from .findings import format_option
from .project import project
from .table import columns


@click.command(
    name="diff",
    epilog="""\b
Examples:
  wirebook diff                            this branch, from where it left main
  wirebook diff v1.2.0                     since a tag
  wirebook diff HEAD~1 HEAD --format json
  wirebook diff main:specs/aisix specs/aisix
  wirebook diff --list-rules
  wirebook explain S008                    what a rule means

\b
Exit codes: 0 nothing to decide; 1 findings at --fail-on or worse that nobody
accepted; 2 the comparison could not be made.""",
)
@click.argument("old", required=False, metavar="[OLD]")
@click.argument("new", required=False, metavar="[NEW]")
@click.option(
    "--provider", "providers", multiple=True, metavar="ID", help="Only this provider."
)
@format_option(FORMATS, "markdown makes a comment, github notes in a pull request.")
@click.option(
    "--fail-on",
    "threshold",
    type=click.Choice(THRESHOLDS),
    default=Verdict.BREAK.value,
    show_default=True,
    help="From which verdict on a finding makes the exit code 1.",
)
@click.option(
    "--class",
    "classes",
    metavar="NAMES",
    default="",
    help="Only what shows in these: source,wire,behaviour,doc,test.",
)
@click.option(
    "--accept",
    "accept",
    metavar="FILE",
    help="Accepted findings, if not those of accepted.yaml in the specs.",
)
@click.option("--show-accepted", is_flag=True, help="List accepted findings too.")
@click.option("--list-rules", is_flag=True, help="List every rule and exit.")
@click.option(
    "--schema", "print_schema", is_flag=True, help="Print the schema of json."
)
@project("specs", "output", "package", "docs", "templates")
def command(
    config: Config,
    old: str | None,
    new: str | None,
    providers: tuple[str, ...],
    style: str,
    threshold: str,
    classes: str,
    accept: str | None,
    show_accepted: bool,
    list_rules: bool,
    print_schema: bool,
) -> None:
    """Say what a change of the specs does to callers, bytes, behaviour and words.

    OLD and NEW are a path, a git ref, or REF:path.  Without NEW the files as they
    are; without OLD the commit at which this branch left the main one.
    """
    if list_rules or print_schema:
        click.echo(schema() if print_schema else _rules(), nl=False)
        return
    groups = _groups(classes)
    try:
        base, head = sides(config, old, new)
    except SideError as problem:
        raise click.ClickException(str(problem)) from problem
    _readable(base, head)
    _known(providers, base, head)
    comparison = compare(base, head, providers)
    if head.working:
        found = stale.findings(config, providers)
        comparison = _with(comparison, found)
    file, accepted, has_file = _accepted(config, head, accept)
    made = report(
        comparison,
        accepted=accepted,
        providers=providers,
        groups=groups,
        threshold=threshold,
        file=file,
        has_file=has_file,
        show_accepted=show_accepted,
    )
    click.echo(FORMATS[style](made), nl=False)
    if made.blocking:
        raise click.exceptions.Exit(1)


def _with(comparison: Comparison, found: Sequence[stale.Finding]) -> Comparison:
    return Comparison(
        comparison.base,
        comparison.head,
        (*comparison.findings, *found),
        comparison.spacing,
    )


def _readable(*both: Side) -> None:
    """Exit 2 where a spec cannot be read: a provider that is not seen is not gone."""
    for side in both:
        if failed(side.problems):
            click.echo(format_text(side.problems), err=True, nl=False)
            raise click.ClickException(f"the specs of {side.name} cannot be compared")


def _known(providers: Sequence[str], base: Side, head: Side) -> None:
    known = {*base.specs, *head.specs}
    for name in providers:
        if name not in known:
            near = did_you_mean(name, known)
            raise click.UsageError(f"neither side has a provider {quote(name)}{near}")


def _groups(classes: str) -> frozenset[Group]:
    names = [name.strip() for name in classes.split(",") if name.strip()]
    for name in names:
        if name not in tuple(Group):
            near = did_you_mean(name, Group)
            raise click.UsageError(f"there is no class {quote(name)}{near}")
    return frozenset(Group(name) for name in names)


def _accepted(
    config: Config, head: Side, given: str | None
) -> tuple[str, Accepted, bool]:
    """The file's name, what it accepts, and whether it exists."""
    if given is not None:
        content = Path(given).read_bytes()
        name = given
    else:
        name = config.relative(config.specs / acceptance.FILE)
        found = head.files.get(name)
        if found is None:
            return name, NOTHING, False
        content = found
    accepted, problems = acceptance.read(content, name)
    if failed(problems):
        click.echo(format_text(problems), err=True, nl=False)
        raise click.ClickException(f"{name} cannot be used")
    return name, accepted, True


def _rules() -> str:
    rows = [
        (rule.id, rule.name, rule.group, rule.verdict, rule.direction, rule.why)
        for rule in sorted(RULES.values(), key=lambda rule: rule.id)
    ]
    taken = [
        (id, "(no such change here)", "", "", "", why) for id, why in NOT_HERE.items()
    ]
    return columns([*rows, *taken])
