"""Rules: what no schema can say about a spec.

One module per subject; each has `check(provider, report)` and the explanations
of its rules.  References that `resolve` reported as unknown are passed over
here, so that one mistake is one problem.
"""

from __future__ import annotations

from wirebook.model import Provider
from wirebook.problem import Problem
from wirebook.report import Report

from . import (
    advice,
    alternates,
    auth,
    charsets,
    computed,
    conditions,
    enums,
    families,
    fields,
    follow_ups,
    lists,
    lookalikes,
    matching,
    moments,
    names,
    parameters,
    patterns,
    pushes,
    replies,
    reply_headers,
    reply_paths,
    servers,
    signed_headers,
    statuses,
    vectors,
)

SUBJECTS = (
    names,
    lookalikes,
    servers,
    auth,
    pushes,
    computed,
    signed_headers,
    statuses,
    families,
    enums,
    fields,
    moments,
    patterns,
    lists,
    parameters,
    charsets,
    conditions,
    replies,
    reply_paths,
    reply_headers,
    matching,
    alternates,
    follow_ups,
    vectors,
    advice,
)
"""In the order of a spec."""


def check(provider: Provider) -> list[Problem]:
    """Every problem of a resolved provider, by place."""
    report = Report()
    for subject in SUBJECTS:
        subject.check(provider, report)
    return report.problems
