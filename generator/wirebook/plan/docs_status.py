"""Status tables and enumerations as tables."""

from __future__ import annotations

from msgspec import Struct

from wirebook.markdown import Markdown, code, codes, joined, stacked, table, text
from wirebook.markdown import sentence as full
from wirebook.model import (
    Effect,
    Enumeration,
    Family,
    RetryAdvice,
    Status,
    StatusTable,
    Success,
)
from wirebook.reactions import class_of
from wirebook.resolve.statuses import succeeds

from .docs_page import NOTHING, Page, seconds, source, sourced
from .docs_vector import Example

_EFFECTS = {
    Effect.NONE: "nothing happened",
    Effect.MAYBE: "unknown",
    Effect.DONE: "done",
}


class Section(Struct, frozen=True):
    """A part of a page with an anchor of its own."""

    anchor: Markdown
    title: Markdown
    lead: Markdown
    body: Markdown
    vectors: tuple[Example, ...] = ()


def status_table(page: Page, entry: StatusTable) -> Markdown:
    """Every code, with the provider's words and what to make of it."""
    rows = [_status(page, entry, status) for status in entry.statuses]
    rows += [_family(page, family) for family in entry.families]
    header = ("Code", "Name", "The provider's words", "Raises", "Took effect", "Retry")
    return table((*header, "Notes", "Source"), rows)


def status_lead(page: Page, entry: StatusTable) -> Markdown:
    """What the table is for, and what it takes for a success."""
    words = [full(entry.summary), joined([text("Success:"), _success(entry.success)])]
    return page.noted(sourced(joined(words), entry.src), entry.notes)


def retired(entry: StatusTable) -> Markdown:
    """Names that the table no longer has."""
    rows = [(code(name), text(reason)) for name, reason in entry.retired]
    return table(("Retired name", "Why"), rows)


def enum_table(page: Page, entry: Enumeration) -> Markdown:
    """Every value, with the provider's words."""
    rows = [
        (
            stacked([code(value.value), *(code(alias) for alias in value.aliases)]),
            code(value.name),
            text(value.text),
            text(value.state or ""),
            stacked(
                words
                for words in (
                    text("reserved" if value.reserved else ""),
                    page.notes(value.notes),
                )
                if words
            ),
            NOTHING if value.src == entry.src else source(value.src),
        )
        for value in entry.values
    ]
    header = ("Value", "Name", "The provider's words", "State", "Notes", "Source")
    return table(header, rows)


def enum_lead(page: Page, entry: Enumeration) -> Markdown:
    words = sourced(full(entry.summary), entry.src)
    if entry.unlisted_state is not None:
        unlisted = text(f"Every other value: {entry.unlisted_state}.")
        words = joined([words, unlisted])
    return page.noted(words, entry.notes)


def family_codes(family: Family) -> Markdown:
    """`13…`, `1` to `255`, or the codes one by one."""
    if family.prefix is not None:
        return code(f"{family.prefix}…")
    if family.codes:
        return codes(family.codes)
    return _numbers(family.minimum, family.maximum)


def _status(page: Page, entry: StatusTable, status: Status) -> tuple[Markdown, ...]:
    success = succeeds(entry.success, status.code)
    notes = [
        text(status.summary),
        text(
            "Success where an earlier try was lost." if status.success_on_retry else ""
        ),
        text("The session is renewed." if status.renews_session else ""),
        text(f"Deprecated: {status.deprecated}" if status.deprecated else ""),
        page.notes(status.notes),
    ]
    return (
        stacked([code(status.code), *(code(alias) for alias in status.aliases)]),
        code(status.name),
        text(status.text),
        text("success") if success else _raises(page, status),
        NOTHING if success else text(_EFFECTS[status.effect]),
        _retry(status),
        stacked(words for words in notes if words),
        source(status.src),
    )


def _family(page: Page, family: Family) -> tuple[Markdown, ...]:
    return (
        family_codes(family),
        NOTHING,
        text(family.text),
        code(class_of(family.reaction)),
        text(_EFFECTS[family.effect]),
        _retry(family),
        page.notes(family.notes),
        source(family.src),
    )


def _raises(page: Page, status: Status) -> Markdown:
    if status.reaction is None:
        return code(f"{page.provider.class_prefix}Error")
    return code(class_of(status.reaction))


def _retry(row: Status | Family) -> Markdown:
    match row.retry:
        case RetryAdvice.NEVER:
            return NOTHING
        case RetryAdvice.ALLOWED:
            return text("allowed")
        case RetryAdvice.AFTER_DELAY:
            wait = f"after {seconds(row.wait)}" if row.wait else "after a delay"
            return text(wait)


def _success(success: Success) -> Markdown:
    if success.codes:
        return joined([codes(success.codes)])
    if success.prefix is not None:
        return joined([text("every code that begins with"), code(success.prefix)])
    if success.pattern is not None:
        return joined([text("every code that looks like"), code(success.pattern)])
    if success.minimum is None and success.maximum is None:
        return text("none of these; only failures have a code")
    return _numbers(success.minimum, success.maximum)


def _numbers(least: int | None, most: int | None) -> Markdown:
    if least is None:
        return joined([text("up to"), code(str(most))])
    if most is None:
        return joined([text("from"), code(str(least))])
    return joined([code(str(least)), text("to"), code(str(most))])
