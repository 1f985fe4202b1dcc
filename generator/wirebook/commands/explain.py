"""`wirebook explain`: say what a rule means."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict

import click

from wirebook.explain import Explanation, rules
from wirebook.problem import did_you_mean, printable, quote

from .table import columns


@click.command(
    name="explain",
    epilog="""\b
Examples:
  wirebook explain                  all rules, a line each
  wirebook explain duplicate-key    what it means, why, and how to do it right""",
)
@click.argument("names", nargs=-1, metavar="[RULE]...")
@click.option(
    "--format",
    "style",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How rules are printed.",
)
def command(names: tuple[str, ...], style: str) -> None:
    """Say what a rule means, why it exists, and what right and wrong look like.

    RULE is the word in brackets of a problem.  Without RULE all are listed.
    """
    known = rules()
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            raise click.UsageError(f"there is no rule {quote(name)}{near}")
    chosen = [known[name] for name in names] if names else list(known.values())
    if style == "json":
        click.echo(json.dumps([asdict(rule) for rule in chosen], indent=2))
    elif names:
        click.echo("\n".join(_page(rule) for rule in chosen), nl=False)
    else:
        click.echo(columns([(rule.rule, rule.title) for rule in chosen]), nl=False)


def _page(rule: Explanation) -> str:
    why = textwrap.fill(" ".join(rule.why.split()), 80)
    return (
        f"{rule.rule}: {rule.title}\n\n{why}\n\n"
        f"Wrong:\n{_quoted(rule.bad)}\nRight:\n{_quoted(rule.good)}"
    )


def _quoted(text: str) -> str:
    return "".join(f"    {printable(line)}\n" for line in text.rstrip("\n").split("\n"))
