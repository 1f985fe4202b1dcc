"""Alternate replies: each must be recognisable, and come to its turn."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Alternate, Provider
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import operations


def check(provider: Provider, report: Report) -> None:
    for operation, _ in operations(provider):
        earlier: list[Alternate] = []
        for alternate in operation.alternates:
            if any(_takes(other, alternate) for other in earlier):
                report.error(
                    "unreachable-reply",
                    alternate.reply.where,
                    "an alternate above takes every reply that this one could",
                    "the first match wins: put the narrower one first",
                )
            if alternate.status_is is not None and alternate.reply.status:
                report.error(
                    "two-statuses",
                    alternate.reply.where,
                    f"the status is said to be {quote(alternate.status_is)} and read as well",
                    "keep `status`, or `status_is` where the reply carries none",
                )
            earlier.append(alternate)


def _takes(earlier: Alternate, later: Alternate) -> bool:
    """Whether every condition of the earlier one is part of the later one."""
    if earlier.starts_with is not None and not (later.starts_with or "").startswith(
        earlier.starts_with
    ):
        return False
    if earlier.root and not (later.root and set(later.root) <= set(earlier.root)):
        return False
    if earlier.content_type not in (None, later.content_type):
        return False
    if earlier.http and not (later.http and set(later.http) <= set(earlier.http)):
        return False
    return earlier.parameter in (None, later.parameter)


EXPLANATIONS = (
    Explanation(
        "unreachable-reply",
        "A shape of reply that never gets its turn",
        "Alternates are tried in order before the main reply, and the first match wins.",
        'alternates: [{when: {starts_with: "S"}}, {when: {starts_with: "Scheduled"}}]\n',
        'alternates: [{when: {starts_with: "Scheduled"}}, {when: {starts_with: "S"}}]\n',
    ),
    Explanation(
        "two-statuses",
        "A status that is given and read",
        "`status_is` stands for the status of a reply that carries none.",
        'status_is: "1701"\nstatus: code\n',
        'status_is: "1701"\n',
    ),
)
