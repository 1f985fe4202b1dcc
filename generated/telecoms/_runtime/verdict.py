"""A refusing code becomes the error that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from .errors import DuplicateRequest, ProviderError
from .status import Does, Effect, Outcome, Retry, Row, Submitted, Table

if TYPE_CHECKING:
    from .call import Operation

_PROOF = {
    Effect.NONE: (Outcome.REJECTED, Submitted.NO),
    Effect.MAYBE: (Outcome.UNKNOWN, Submitted.MAYBE),
    Effect.DONE: (Outcome.REJECTED, Submitted.YES),
}


def refusal(
    operation: Operation,
    table: Table[Any],
    code: str,
    *,
    message: str = "",
    http_status: int | None = None,
    attempt: int = 1,
) -> tuple[ProviderError, Row | None]:
    """The error of a code that is no success, and the row that says how it may be
    retried (None where no row can be relied upon).

    Where something may have been submitted all the same, the error is the provider's
    OutcomeUnknownError, whatever the row's own class: a code that no table lists, a row
    that proves nothing, and a duplicate that the client itself may have caused.
    """
    row = table.row(code)
    text = operation.texts.get(table.code(code), row.text if row is not None else "")
    usual = row.effect if row is not None else Effect.MAYBE
    effect = operation.effects.get(table.code(code), usual)
    if row is not None and effect is not usual:
        # What a repetition is judged by must be what holds for this operation.
        row = copy(row)
        row.effect = effect
    if operation.does is Does.READS:
        kind = row.error if row is not None else table.unknown
        effect = Effect.NONE
    elif row is None or effect is Effect.MAYBE:
        kind = table.undecided
    elif attempt > 1 and issubclass(row.error, DuplicateRequest):
        kind, effect, row = table.undecided, Effect.MAYBE, None
    else:
        kind = row.error
    outcome, submitted = _PROOF[effect]
    error = kind(
        operation=operation.id,
        status=table.member(code),
        code=code,
        text=text,
        provider_message=message,
        http_status=http_status,
        outcome=outcome,
        submitted=submitted,
        attempts=attempt,
    )
    return error, row


def strictest(rows: Sequence[Row | None]) -> Row | None:
    """The row that speaks for refusals together: the one that allows the least.

    None where one of them has no row, and so nothing that could be relied upon.
    """
    strict: Row | None = None
    for row in rows:
        if row is None:
            return None
        if strict is None or _strictness(row) > _strictness(strict):
            strict = row
    return strict


def _strictness(row: Row) -> tuple[bool, bool, bool, float]:
    return (
        row.effect is not Effect.NONE,
        row.retry is Retry.NEVER,
        row.retry is Retry.AFTER_DELAY,
        row.wait or 0.0,
    )
