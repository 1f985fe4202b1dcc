"""Charsets: encodings that Python knows and that keep every character."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Provider, Where
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import operations


def check(provider: Provider, report: Report) -> None:
    for operation, _ in operations(provider):
        _charset(operation.charset, operation.where, report)
        for reply in (
            operation.reply,
            *(alternate.reply for alternate in operation.alternates),
        ):
            _charset(reply.charset, reply.where, report)


def _charset(name: str, where: Where, report: Report) -> None:
    try:
        # Codecs such as base64 have names too, but take no text.
        "a".encode(name)
    except (LookupError, ValueError):
        report.error(
            "unknown-charset",
            where,
            f"there is no charset {quote(name)}",
            "a name that Python knows: utf-8, gbk, latin-1, ascii",
        )


EXPLANATIONS = (
    Explanation(
        "unknown-charset",
        "A charset that nobody knows",
        "The texts of a request and of a reply are encoded by name.",
        "send: {charset: utf8mb4}\n",
        "send: {charset: utf-8}\n",
    ),
)
