"""`wirebook prove`: play the vectors against the clients that specs become."""

from __future__ import annotations

import click

from wirebook.config import Config
from wirebook.load import load
from wirebook.model import Provider
from wirebook.problem import Problem, Severity, error, format_text, quote
from wirebook.proof.play import Proof, prove
from wirebook.proof.rule import BROKEN
from wirebook.trial import steps
from wirebook.trial.package import Unprintable, trial

from .findings import format_option, show
from .project import project


@click.command(
    name="prove",
    epilog="""\b
Examples:
  wirebook prove          every vector of every provider
  wirebook prove acme     those of one, with what a failing signature is made of""",
)
@click.argument("providers", nargs=-1, metavar="[PROVIDER]...")
@format_option()
@project("specs", "templates")
def command(config: Config, providers: tuple[str, ...], style: str) -> None:
    """Play each vector against both clients, and say what differs from it.

    The clients are made of the specs as they are now; nothing is sent, and nothing is
    generated on disk. Where a request is another one than its vector says, everything
    is printed that the scheme computed for it.
    """
    loaded = load(config.specs, config.root, providers)
    grave = [each for each in loaded.problems if each.severity is Severity.ERROR]
    if grave:
        click.echo(format_text(grave), err=True, nl=False)
        raise click.ClickException("the specs have errors")
    proofs = [
        (provider, proof)
        for provider in loaded.providers
        for proof in _proofs(config, provider)
    ]
    problems = [problem for _, proof in proofs for problem in _problems(proof)]
    show(problems, style)
    if style == "text":
        for provider, proof in proofs:
            if proof.differences:
                _say_steps(provider, proof)
        broken = sum(bool(proof.differences) for _, proof in proofs)
        held = len(proofs) - broken
        told = f"{held} of {len(proofs)} vectors hold"
        click.echo(told if proofs else "there are no vectors", err=True)
    if problems:
        raise click.exceptions.Exit(1)


def _proofs(config: Config, provider: Provider) -> list[Proof]:
    if not provider.vectors:
        return []
    try:
        with trial(provider, config) as package:
            return [prove(package, vector) for vector in provider.vectors]
    except Unprintable as problem:
        raise click.UsageError(str(problem)) from problem


def _problems(proof: Proof) -> list[Problem]:
    vector = proof.vector
    return [
        error(BROKEN, vector.where, f"{quote(vector.id)}: {difference}")
        for difference in proof.differences
    ]


def _say_steps(provider: Provider, proof: Proof) -> None:
    if not proof.steps or proof.scheme is None:
        return
    click.echo(f"{proof.vector.id}: computed by {proof.scheme.key}")
    for line in steps.lines(provider, proof.scheme, proof.steps, None):
        click.echo(f"  {line}")
