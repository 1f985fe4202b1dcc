"""`wirebook explain`: say what a rule means."""

from __future__ import annotations

import json
import textwrap

import click
from msgspec.structs import asdict

from wirebook.diff.rule import Rule, Verdict
from wirebook.diff.rules import NOT_HERE
from wirebook.diff.rules import RULES as DIFF_RULES
from wirebook.explain import Explanation, rules
from wirebook.problem import did_you_mean, printable, quote
from wirebook.topics import ALIASES, TOPICS, examples, title, topic

from .findings import format_option
from .table import columns

_SUBJECTS = frozenset((*TOPICS, *ALIASES))


@click.command(
    name="explain",
    epilog="""\b
Examples:
  wirebook explain                  all rules, a line each
  wirebook explain duplicate-key    what it means, why, and how to do it right
  wirebook explain S008             what a finding of `wirebook diff` means
  wirebook explain auth             the language by example: auth, request, reply, status,
                                    callback, more; and limits""",
)
@click.argument("names", nargs=-1, metavar="[RULE|SUBJECT]...")
@format_option(("text", "json"), "How they are printed.")
def command(names: tuple[str, ...], style: str) -> None:
    """Say what a rule means, why it exists, and what right and wrong look like.

    SUBJECT is a part of the language, shown by examples.  RULE is the word in
    brackets of a problem, or the number of a finding of `wirebook diff`.  Without
    either those of problems are listed; `wirebook diff --list-rules` lists the others.
    """
    known: dict[str, Explanation | Rule] = {**rules(), **DIFF_RULES}
    names = tuple(
        name.upper() if name.upper() in DIFF_RULES else name for name in names
    )
    for name in names:
        if name in NOT_HERE:
            raise click.UsageError(f"{name} is never raised: {NOT_HERE[name]}")
        if name not in known and name not in _SUBJECTS:
            near = did_you_mean(name, [*known, *_SUBJECTS])
            raise click.UsageError(f"there is no rule {quote(name)}{near}")
    if not names and style == "text":
        listed = [(name, f"(subject) {title(name)}") for name in TOPICS]
        listed += [(rule.rule, rule.title) for rule in rules().values()]
        click.echo(columns(listed), nl=False)
        return
    chosen = [known.get(name, name) for name in names] or list(rules().values())
    if style == "json":
        found = [_data(one) for one in chosen]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_page(one) for one in chosen), nl=False)


def _data(one: Explanation | Rule | str) -> dict[str, object]:
    """A rule by its fields; a subject with its page, and the YAML of that apart."""
    if not isinstance(one, str):
        return asdict(one)
    return {
        "subject": one,
        "title": title(one),
        "text": topic(one),
        "examples": examples(one),
    }


def _page(rule: Explanation | Rule | str) -> str:
    if isinstance(rule, str):
        return topic(rule)
    if isinstance(rule, Rule):
        return _difference(rule)
    why = textwrap.fill(" ".join(rule.why.split()), 80)
    return (
        f"{rule.rule}: {rule.title}\n\n{why}\n\n"
        f"Wrong:\n{_quoted(rule.bad)}\nRight:\n{_quoted(rule.good)}"
    )


def _difference(rule: Rule) -> str:
    """A rule of `wirebook diff`: what it names, how bad that is, what to do."""
    why = textwrap.fill(rule.why, 80)
    mirror = f"The opposite edit is {rule.mirror}.\n" if rule.mirror else ""
    return (
        f"{rule.id}: {rule.name}\n\n{why}\n\n"
        f"Shows in {rule.group}, direction {rule.direction}, verdict {rule.verdict}.\n"
        f"{mirror}{_ADVICE[rule.verdict]}\n"
    )


_ADVICE = {
    Verdict.BREAK: "Keep the old way too, or accept the finding with a reason.",
    Verdict.RISK: "A person must decide; accepting it says what was decided.",
    Verdict.NOTE: "Reviewers should know; nothing needs to be done.",
    Verdict.SAFE: "Nothing needs to be done.",
    Verdict.DOC: "Nothing needs to be done.",
    Verdict.NONE: "Never reported: such edits are no change.",
}


def _quoted(text: str) -> str:
    return "".join(f"    {printable(line)}\n" for line in text.rstrip("\n").split("\n"))
