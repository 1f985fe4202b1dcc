"""Status tables: each code has one meaning, and success is one of them."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import (
    Effect,
    Family,
    Provider,
    RetryAdvice,
    Status,
    StatusTable,
    Success,
)
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.resolve.statuses import succeeds as is_success

from .lookup import holders


def check(provider: Provider, report: Report) -> None:
    for product, _ in holders(provider):
        for table in product.tables:
            _duplicates(table, report)
            _success(table, report)
            _rows(table, report)


def _duplicates(table: StatusTable, report: Report) -> None:
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    retired = dict(table.retired)
    for row in table.statuses:
        if row.name in names:
            report.error(
                "duplicate-member",
                row.where,
                f"{quote(row.name)} is the name of code {quote(names[row.name])} already",
                "each code has a name of its own; the provider's words stand in `text`",
            )
        if row.name in retired:
            report.error(
                "retired-name",
                row.where,
                f"{quote(row.name)} was retired: {retired[row.name]}",
                "programs may still know the old meaning: take another name",
            )
        names.setdefault(row.name, row.code)
        for code in (row.code, *row.aliases):
            if code in codes:
                report.error(
                    "duplicate-code",
                    row.where,
                    f"the code {quote(code)} means {quote(codes[code])} already",
                    "integer codes are compared as numbers: 01 is 1",
                )
            codes.setdefault(code, row.name)


def _success(table: StatusTable, report: Report) -> None:
    known = {code for row in table.statuses for code in (row.code, *row.aliases)}
    success = table.success
    for code in success.codes:
        if code not in known:
            report.error(
                "success-code-missing",
                table.where,
                f"the success code {quote(code)} has no row in {quote(table.key)}",
                "add it under `codes`, or correct `success`",
            )
    if success == Success():
        report.error(
            "success-code-missing",
            table.where,
            f"{quote(table.key)} says of no code that it is a success",
            "name the codes in `success`, or a prefix or a range; `success: []` where only "
            "failures carry a code",
        )
    check_range(table.key, success.minimum, success.maximum, table, report)


def check_range(
    name: str,
    least: int | None,
    most: int | None,
    at: StatusTable | Family,
    report: Report,
) -> None:
    if least is not None and most is not None and least > most:
        report.error(
            "empty-range",
            at.where,
            f"{quote(name)}: the minimum {least} is above the maximum {most}",
        )


def succeeds(table: StatusTable, code: str) -> bool:
    """Whether a table takes a code for a success."""
    return is_success(table.success, code)


def _rows(table: StatusTable, report: Report) -> None:
    for row in table.statuses:
        good = any(succeeds(table, code) for code in (row.code, *row.aliases))
        if good and row.reaction is not None:
            report.error(
                "success-with-reaction",
                row.where,
                f"{quote(row.name)} is a success, so nothing needs a reaction",
                "drop `reaction`, or take the code out of `success`",
            )
        if not good and row.reaction is None:
            report.error(
                "failure-without-reaction",
                row.where,
                f"nothing says what a caller can do about {quote(row.name)}",
                "add `reaction`; `give_up` where nothing can be done",
            )
        check_retry(row, report)


def check_retry(row: Status | Family, report: Report) -> None:
    if row.retry is not RetryAdvice.NEVER and row.effect is Effect.DONE:
        report.error(
            "retry-after-done",
            row.where,
            f"{quote(row.name)} proves that it was done, yet allows to repeat it",
            "drop `retry`, or correct `effect`",
        )
    if row.wait is not None and row.retry is not RetryAdvice.AFTER_DELAY:
        report.error(
            "wait-without-retry",
            row.where,
            f"{quote(row.name)} names a wait, but no retry after a delay",
            "add `retry: after_delay`, or drop `wait`",
        )


EXPLANATIONS = (
    Explanation(
        "duplicate-member",
        "Two rows with one name",
        "Each row becomes a member of an enum; a name that stands for two codes would "
        "make one of them an alias of the other.",
        "codes: {-2: {name: LIMITED, ...}, -15: {name: LIMITED, ...}}\n",
        "codes: {-2: {name: IP_LIMITED, ...}, -15: {name: TOO_OFTEN, ...}}\n",
    ),
    Explanation(
        "duplicate-code",
        "One code with two meanings",
        "A reply must be judged the same way every time. Integer codes are compared as "
        "numbers, so `01` and `1` are one code.",
        'codes: {1: {name: OK, ...}, "01": {name: DONE, ...}}\n',
        "codes: {1: {name: OK, ...}}\n",
    ),
    Explanation(
        "retired-name",
        "A name that was given up comes back",
        "Programs written against an older version would compile and mean another code.",
        "codes: {-5: {name: LOCKED, ...}}\nretired: {LOCKED: the page dropped it}\n",
        "codes: {-5: {name: ACCOUNT_LOCKED, ...}}\nretired: {LOCKED: the page dropped it}\n",
    ),
    Explanation(
        "success-code-missing",
        "No row for success",
        "Only a code that is listed can be told from a failure; without a success code "
        "every reply would be an error.",
        "success: [1701]\ncodes: {1702: {...}}\n",
        "success: [1701]\ncodes: {1701: {name: SUCCESS, ...}, 1702: {...}}\n",
    ),
    Explanation(
        "success-with-reaction",
        "A success that asks for a reaction",
        "Reactions choose the exception of a failure; a success raises none.",
        "1701: {name: SUCCESS, reaction: give_up}\n",
        "1701: {name: SUCCESS}\n",
    ),
    Explanation(
        "failure-without-reaction",
        "A failure without a reaction",
        "The reaction says what a caller can do and chooses the exception class.",
        "-9: {name: BALANCE_TOO_LOW}\n",
        "-9: {name: BALANCE_TOO_LOW, reaction: balance}\n",
    ),
    Explanation(
        "retry-after-done",
        "A retry of something that was done",
        "The status proves that the request took effect: sending it again would do it, "
        "and bill it, twice.",
        "1041: {name: DUPLICATE, reaction: duplicate, effect: done, retry: allowed}\n",
        "1041: {name: DUPLICATE, reaction: duplicate, effect: done}\n",
    ),
    Explanation(
        "wait-without-retry",
        "A wait that leads nowhere",
        "`wait` is how long to wait before a retry; without `retry: after_delay` it is "
        "never used.",
        "-1: {name: TOO_FAST, reaction: slow_down, wait: 60}\n",
        "-1: {name: TOO_FAST, reaction: slow_down, retry: after_delay, wait: 60}\n",
    ),
)
