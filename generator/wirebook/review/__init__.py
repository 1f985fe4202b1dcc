"""The careful reviewer: what `wirebook lint` asks beyond validity.

Every rule is a warning, and an author answers it where it stands:

    lint: {rule: why it is right as it is}

One module per subject, with `check(spec, report)` and the explanations of its
rules.

* `credentials`: what gives secrets and people away
* `outcomes`: what a failure leaves open, and whether anything proves it
* `unused`: what nothing refers to
* `wording`: names and words that read differently from their neighbours
* `redundant`: values that say nothing
* `quotes`: texts that are not those of their source
* `answers`: suppressions that answer nothing
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wirebook.document import MapNode, read_file
from wirebook.model import Provider
from wirebook.problem import Problem, in_order
from wirebook.report import Report
from wirebook.resolve import kind_of
from wirebook.rules import check as check_rules
from wirebook.suppression import suppressions, unanswered

from . import answers, credentials, outcomes, quotes, redundant, unused, wording
from .spec import Spec

SUBJECTS = (credentials, outcomes, unused, wording, redundant, quotes)


def review(providers: Sequence[Provider], root: Path) -> list[Problem]:
    """What a reviewer asks about sound providers, by place.

    root: the folder that names of files, and of documents, are relative to.
    Raises OSError where a file has gone.
    """
    together = Report()
    wording.across(providers, together)
    several = len(providers) > 1
    problems: list[Problem] = []
    for provider in providers:
        spec = Spec(provider, _documents(provider, root), root)
        own = [each for each in together.problems if each.where.file in provider.files]
        problems += review_one(spec, own if several else None)
    return in_order(problems)


def review_one(spec: Spec, among: Sequence[Problem] | None = None) -> list[Problem]:
    """What a reviewer asks about one provider.

    among: what is asked of it among others; None where it is looked at alone.
    """
    report = Report()
    for subject in SUBJECTS:
        subject.check(spec, report)
    given = [
        suppression
        for file, document in spec.documents.items()
        for suppression in suppressions(document, kind_of(file))
        if among is not None or suppression.rule != "foreign-word"
    ]
    asked = [*report.problems, *(among or ())]
    # What the rules ask has been told; here it shows which answers are needed.
    unneeded = answers.check(given, [*check_rules(spec.provider), *asked])
    return [*unanswered(asked, given), *unneeded]


def _documents(provider: Provider, root: Path) -> dict[str, MapNode]:
    found = {file: read_file(root / file, file)[0] for file in provider.files}
    return {file: node for file, node in found.items() if node is not None}
