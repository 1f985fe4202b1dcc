"""Answers: suppressions that answer nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from wirebook.explain import Explanation, rules
from wirebook.problem import Problem, Severity, did_you_mean, quote, warning
from wirebook.suppression import Suppression


def check(
    given: Iterable[Suppression], asked: Collection[Problem]
) -> Iterator[Problem]:
    """The suppressions that none of the problems needs."""
    questions = [each for each in asked if each.severity is Severity.WARNING]
    known = rules()
    for suppression in given:
        rule = suppression.rule
        if rule not in known:
            yield warning(
                "unused-suppression",
                suppression.where,
                f"there is no rule {quote(rule)}{did_you_mean(rule, known)}",
            )
        elif not any(suppression.covers(question) for question in questions):
            yield warning(
                "unused-suppression",
                suppression.where,
                f"nothing in here breaks {quote(rule)}",
                "drop it; errors cannot be suppressed",
            )


EXPLANATIONS = (
    Explanation(
        "unused-suppression",
        "An answer to a question that nobody asks",
        "A suppression that is not needed any more would hide the next mistake of its "
        "kind. Only warnings can be answered.",
        "operations: {send: {lint: {operation-without-vector: No sample.}}}"
        "    # has a vector\n",
        "operations: {send: {...}}\n",
    ),
)
