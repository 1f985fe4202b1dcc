"""One operation on a reference page."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wirebook.derived import WAIT, iterator_name, waits
from wirebook.markdown import (
    Markdown,
    anchor,
    bullets,
    code,
    codes,
    joined,
    paragraph,
    sealed,
    table,
    text,
)
from wirebook.markdown import sentence as full
from wirebook.model import (
    Effect,
    Operation,
    RetryAdvice,
    Rule,
    Status,
    StatusTable,
)
from wirebook.reactions import UNKNOWN, class_of
from wirebook.resolve.statuses import succeeds

from . import docs_fields
from .docs_example import python
from .docs_page import NOTHING, Page, counted, seconds, sourced
from .docs_reply import reply_lines
from .docs_status import family_codes
from .docs_vector import Example, documented
from .documentation import DOES

SEVERAL = 30
"""Codes that an operation repeats; of a longer table it names the table only."""


class OperationSection(Struct, frozen=True):
    """What a page says of one operation; parts without content are empty."""

    anchor: Markdown
    title: Markdown
    summary: Markdown
    request: Markdown
    example: Markdown
    parameters: Markdown
    rules: Markdown
    reply: Markdown
    errors: Markdown
    facts: Markdown
    vectors: tuple[Example, ...]


def operation_section(
    page: Page, package: str, operation: Operation
) -> OperationSection:
    vectors = page.provider.vectors
    words = [full(operation.summary), full(operation.description)]
    if operation.deprecated:
        words.append(full(f"Deprecated: {operation.deprecated}"))
    summary = page.noted(sourced(joined(words), operation.src), operation.notes)
    return OperationSection(
        anchor(f"operation-{operation.name}"),
        code(operation.name),
        paragraph(summary),
        bullets(_request(page, operation)),
        python(page, package, operation, vectors),
        docs_fields.parameters(page, operation),
        bullets(_rules(operation.rules)),
        bullets(reply_lines(page, operation)),
        _errors(page, operation),
        bullets(_facts(page, operation)),
        documented(page, operation.name, operation),
    )


def _request(page: Page, operation: Operation) -> list[Markdown]:
    line = [code(f"{operation.method} {operation.path}")]
    if operation.parameters or operation.fixed:
        line.append(text(f"with its parameters {_place(operation)}"))
    lines = [joined(line)]
    if operation.fixed:
        fixed = codes(f"{wire}={value}" for _, wire, value in operation.fixed)
        lines.append(joined([text("Always sent:"), fixed]))
    if operation.headers:
        headers = codes(f"{key}: {value}" for key, value in operation.headers)
        lines.append(joined([text("Headers:"), headers]))
    for variant in operation.variants[1:]:
        words = [code(f'variant="{variant.key}"'), text("sends")]
        words.append(code(f"{variant.method} {variant.path}"))
        words.append(text(docs_fields.place_words(variant.place)))
        for name, most in variant.max_items:
            words += [text(f"with at most {most}"), code(name)]
        lines.append(sourced(joined(words), variant.src))
    if operation.auth is None:
        lines.append(text("Needs no authentication"))
    elif operation.auth != page.provider.schemes[0].key:
        lines.append(joined([text("Authentication:"), code(operation.auth)]))
    return lines


def _place(operation: Operation) -> str:
    return docs_fields.place_words(operation.place)


def _rules(rules: Iterable[Rule]) -> list[Markdown]:
    return [sourced(_rule(rule), rule.src) for rule in rules]


def _rule(rule: Rule) -> Markdown:
    words = _rule_words(rule)
    if rule.when is None:
        return words
    return joined([words, text("when"), docs_fields.condition_words(rule.when)])


def _rule_words(rule: Rule) -> Markdown:
    names = codes(rule.parameters)
    match rule.kind:
        case "same_count":
            words = [text("As many of one as of the other:"), names]
        case "exactly_one" | "at_least_one" | "at_most_one":
            words = [text(f"{rule.kind.replace('_', ' ').capitalize()} of"), names]
        case "all_or_none":
            words = [text("All or none of"), names]
        case "required_when" | "forbidden_when":
            kind = "Needed" if rule.kind == "required_when" else "Not allowed"
            words = [text(f"{kind}:"), names]
        case "placeholders":
            words = [text("Every placeholder has its value:"), names]
            words += [text("written"), code(rule.template or "")]
        case "order":
            words = [text("In this order:"), names]
        case "max_span":
            words = [text(f"At most {seconds(rule.limit or 0)} apart:"), names]
        case _:
            words = [text(f"At most {rule.limit or 0:g} characters together:"), names]
    if rule.text:
        words.append(sealed(f"— {full(rule.text)}"))
    return joined(words)


def _errors(page: Page, operation: Operation) -> Markdown:
    """Which exception each documented code raises here."""
    rows: list[tuple[Markdown, Markdown, Markdown]] = []
    use = operation.statuses
    for key in dict.fromkeys((use.table, use.items, use.http)):
        if key is None:
            continue
        entry = page.table(key)
        only = use.only if key == use.table else ()
        where = page.table_link(key)
        if not only and len(entry.statuses) > SEVERAL:
            rows.append((text("see the table"), text("any of its codes"), where))
            continue
        for name, shown in _by_class(page, operation, entry, only).items():
            rows.append((code(name), joined(shown, ", "), where))
    return table(("Raises", "For the codes", "Of the table"), rows)


def _by_class(
    page: Page, operation: Operation, entry: StatusTable, only: tuple[str, ...]
) -> dict[str, list[Markdown]]:
    texts = dict(operation.statuses.texts)
    found: dict[str, list[Markdown]] = {}
    for status in entry.statuses:
        listed = not only or status.code in only
        if listed and not succeeds(entry.success, status.code):
            name = text(status.name) if status.name != status.code else NOTHING
            shown = [code(status.code), name]
            if status.code in texts:
                shown.append(sealed(f"“{text(texts[status.code])}”"))
            raised = _class(page, operation, status)
            found.setdefault(raised, []).append(joined(shown))
    for family in entry.families if not only else ():
        reaction = class_of(family.reaction)
        risky = operation.does != "reads" and family.effect is Effect.MAYBE
        found.setdefault(UNKNOWN if risky else reaction, []).append(
            family_codes(family)
        )
    return found


def _class(page: Page, operation: Operation, status: Status) -> str:
    if operation.does != "reads" and status.effect is Effect.MAYBE:
        return UNKNOWN
    if status.reaction is None:
        return f"{page.provider.class_prefix}Error"
    return class_of(status.reaction)


def _facts(page: Page, operation: Operation) -> list[Markdown]:
    """What may be repeated, what may be waited for, and how long it takes."""
    facts = [_repetition(operation)]
    again = _repeatable_codes(page, operation)
    if again:
        proof = "Repeated after codes that prove that nothing was submitted:"
        if operation.does == "reads":
            proof = "Repeated after"
        facts.append(joined([text(proof), codes(again)]))
    if operation.reconcile:
        words = [
            text("After a lost answer, ask"),
            page.operation_link(operation.reconcile),
        ]
        facts.append(joined(words))
    if operation.polling:
        polling = operation.polling
        words = [text("What became of it:"), page.operation_link(polling.operation)]
        words += [text("with"), code(polling.id_field)]
        words.append(text(f"every {seconds(polling.interval)}"))
        if polling.safe and polling.id_parameter is not None:
            words += [text("(as"), code(_wait(page, polling.operation)), text("does)")]
        elif not polling.safe:
            words.append(text("(which may hand out each report only once)"))
        facts.append(joined(words))
    if operation.pages:
        words = [
            text("Comes in pages, asked for with"),
            code(operation.pages.parameter or operation.pages.link or ""),
            text("and all in one iteration with"),
            code(iterator_name(operation.name)),
        ]
        facts.append(joined(words))
    if operation.retry:
        retry = operation.retry
        facts.append(text(f"At most {counted(retry.attempts, 'attempt')}"))
    if operation.rate:
        rate = operation.rate
        words_ = f"At most {counted(rate.calls, 'call')} in {seconds(rate.per)}"
        facts.append(sourced(text(words_), rate.src))
    if operation.timeout:
        facts.append(text(f"Given up after {seconds(operation.timeout)}"))
    return facts


def _wait(page: Page, report: str) -> str:
    names = [name for found, _, name in waits(page.product) if found.id == report]
    return names[0] if names else WAIT


def _repetition(operation: Operation) -> Markdown:
    if operation.does == "reads" and not operation.repeatable:
        return text("Reads what may be handed out only once: never asked for again.")
    if operation.does != "reads" and operation.repeatable:
        return text("May be repeated safely.")
    return text(DOES[operation.does])


def _repeatable_codes(page: Page, operation: Operation) -> list[str]:
    use = operation.statuses
    tables = dict.fromkeys(key for key in (use.table, use.items) if key is not None)
    return [
        status.code
        for key in tables
        for status in page.table(key).statuses
        if status.retry is not RetryAdvice.NEVER
        and (not use.only or status.code in use.only)
        and (operation.does == "reads" or status.effect is Effect.NONE)
    ]
