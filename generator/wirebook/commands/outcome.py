"""The outcome of a run: made in memory, held against the disk, written or shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor

import click

from wirebook.cache import Cache
from wirebook.config import Config
from wirebook.job import Unusable
from wirebook.manifest import ManifestError, PathRefused
from wirebook.pipeline import Means, Output, produce
from wirebook.problem import FORMATS, printable, summary
from wirebook.progress import progress
from wirebook.seen import Said, Seen
from wirebook.settled import settled
from wirebook.write import Change, Survey, apply

from . import findings


def prepare(
    config: Config,
    providers: Sequence[str],
    style: str,
    executor: str | None = None,
    cache: Cache | None = None,
    seen: Seen | None = None,
) -> tuple[Output, tuple[Survey, ...]]:
    """Make the output in memory and hold it against the disk.

    Prints the problems of the specs; exits 1 where they forbid any output.
    """
    try:
        with progress() as step:
            output = produce(config, providers, Means(cache, seen, executor, step))
        surveys = tuple(tree.survey(seen) for tree in output.trees)
    except (ManifestError, PathRefused, Unusable, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    except BrokenExecutor as problem:
        raise click.ClickException(
            "a worker process was ended from outside, as happens where memory is"
            " short; nothing was written. Try again with --executor here"
        ) from problem
    if output.failed:
        findings.show(output.problems, style)
        if style == "text":
            click.echo(f"{summary(output.problems)}; nothing was written", err=True)
        raise click.exceptions.Exit(1)
    if output.problems and style == "text":
        click.echo(_warned(output), err=True)
    return output, surveys


def write(
    config: Config,
    output: Output,
    surveys: Sequence[Survey],
    style: str,
    force: bool,
    seen: Seen | None = None,
) -> Said | None:
    """Bring the disk up to date; exits 1 where a file had to be left alone.

    Returns what a run says that has nothing to do, where `seen` can tell that the next
    one has not.
    """
    left_behind = sorted(
        {name for survey in surveys for name in _behind(survey, config.package)}
    )
    if left_behind:
        raise click.ClickException(
            f"the clients of {', '.join(left_behind)} were made for the floor of another"
            " wirebook, and all clients share one: run `wirebook generate` without"
            " names; nothing was written"
        )
    try:
        tallies = [apply(survey, force=force) for survey in surveys]
    except OSError as problem:
        raise click.ClickException(
            f"{problem}; what was written until then is complete, so generate again"
        ) from problem
    refused = [
        (survey, change)
        for survey in surveys
        for change in survey.changes
        if change.left_alone(force)
    ]
    for survey, change in refused:
        name = config.relative(survey.root / change.path)
        click.echo(f"{printable(name)} {change.conflict}", err=True)
    counts = {
        "written": sum(tally.written for tally in tallies),
        "unchanged": sum(tally.unchanged for tally in tallies),
        "removed": sum(tally.removed for tally in tallies),
    }
    if refused:
        counts["left alone"] = len(refused)
    files = sum(counts.values()) - counts["removed"]
    if style == "json":
        click.echo(_json(output, {"files": files, **counts}))
    else:
        click.echo(_fates(output, counts))
    if refused:
        raise click.exceptions.Exit(1)
    if (counts["written"] or counts["removed"]) and not (
        seen and all(settled(survey, seen) for survey in surveys)
    ):
        return None
    done = {"written": 0, "unchanged": files, "removed": 0}
    return Said(_fates(output, done), _warned(output))


def _behind(survey: Survey, package: str) -> set[str]:
    """Providers whose clients stay as they are, while the floor below them becomes
    another than the one that they were made for."""
    floor = f"{package}/_runtime/"
    before = {
        path: digest
        for path, digest in survey.known.files.items()
        if path.startswith(floor)
    }
    now = {
        change.path: change.content.digest
        for change in survey.changes
        if change.content is not None and change.path.startswith(floor)
    }
    if not before or before == now:
        return set()
    kept = (path.split("/") for path in survey.kept)
    return {parts[1] for parts in kept if len(parts) > 2 and parts[0] == package}


def show(config: Config, output: Output, surveys: Sequence[Survey], style: str) -> None:
    """Print what a run would change; exits 1 if that is anything."""
    stale = [
        (config.relative(survey.root), change)
        for survey in surveys
        for change in survey.stale
    ]
    if style == "json":
        states = {f"{root}/{change.path}": change.state.value for root, change in stale}
        click.echo(_json(output, {"stale": states}))
    for root, change in stale:
        if style == "text":
            _print_diff(root, change)
        elif style == "github":
            click.echo(
                f"::error file={root}/{change.path},title=stale::{root}/{change.path}"
                " is not what the specs produce: run `wirebook generate`"
            )
    files = _count(sum(len(survey.changes) for survey in surveys), "file")
    if not stale:
        click.echo(f"{_subject(output)}, {files}: up to date", err=True)
        return
    click.echo(
        f"{_subject(output)}, {files}: {len(stale)} not what the specs produce;"
        " run `wirebook generate`",
        err=True,
    )
    raise click.exceptions.Exit(1)


def _fates(output: Output, counts: Mapping[str, int]) -> str:
    files = sum(counts.values()) - counts["removed"]
    fates = ", ".join(f"{count} {fate}" for fate, count in counts.items())
    return f"{_subject(output)}, {_count(files, 'file')}: {fates}"


def _warned(output: Output) -> str:
    """Warnings are for the author of a spec, not for who builds from it."""
    if not output.problems:
        return ""
    return f"{summary(output.problems)}: see `wirebook lint`"


def _print_diff(root: str, change: Change) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in change.diff(f"{root}/"):
        click.secho(printable(line), fg=colours.get(line[:1]))


def _json(output: Output, content: dict[str, object]) -> str:
    problems: object = json.loads(FORMATS["json"](output.problems))
    assert isinstance(problems, dict)
    return json.dumps({**problems, **content}, indent=2)


def _subject(output: Output) -> str:
    operations = sum(entry.operations for entry in output.entries)
    providers = _count(len(output.entries), "provider")
    return f"{providers}, {_count(operations, 'operation')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
