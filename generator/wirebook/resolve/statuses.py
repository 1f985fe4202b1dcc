"""Status tables: rows, families and what counts as success."""

from __future__ import annotations

from wirebook.document import ListNode, MapNode
from wirebook.explain import Explanation
from wirebook.model import (
    Effect,
    Family,
    Reaction,
    RetryAdvice,
    Status,
    StatusTable,
    Success,
    Where,
)
from wirebook.naming import camel_case
from wirebook.pattern import matches
from wirebook.problem import quote

from .names import canonical_code
from .reader import Entry
from .scope import Scope


def table(key: str, entry: Entry) -> StatusTable:
    """Read one table; integer codes get their canonical spelling."""
    kind = entry.text("type", "string")
    success = _success(entry, kind)
    defaults = entry.child("defaults")
    effect = defaults and defaults.choice("effect", Effect)
    retry = defaults and defaults.choice("retry", RetryAdvice)
    return StatusTable(
        key=key,
        class_name=entry.text("class", camel_case(key)),
        kind=kind,
        success=success,
        statuses=tuple(
            _status(
                code_of(kind, code, row),
                row,
                kind,
                succeeds(success, code_of(kind, code)),
                effect or Effect.MAYBE,
                retry or RetryAdvice.NEVER,
            )
            for code, row in entry.children("codes")
        ),
        families=tuple(
            _family(name, row, kind, effect or Effect.MAYBE, retry or RetryAdvice.NEVER)
            for name, row in entry.children("families")
        ),
        retired=entry.pairs("retired"),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        renamed_from=entry.maybe("renamed_from"),
        where=entry.where,
    )


def code_of(kind: str, code: str, entry: Entry | None = None) -> str:
    """The canonical spelling of a code; reported where it is no integer."""
    if entry is not None:
        _check_integer(kind, code, entry.where, entry.scope)
    return (canonical_code(code) or code) if kind == "int" else code


def codes_of(kind: str, entry: Entry, key: str) -> tuple[str, ...]:
    """A list of codes in their canonical spelling."""
    for node in entry.scalars(key):
        _check_integer(kind, node.text, node.where, entry.scope)
    return tuple(code_of(kind, text) for text in entry.texts(key))


def _check_integer(kind: str, code: str, where: Where, scope: Scope) -> None:
    if kind == "int" and canonical_code(code) is None:
        scope.report.error(
            "code-not-integer",
            where,
            f"{quote(code)} is no integer, but the type of the list is int",
            "write the code in ASCII digits, or give the list `type: string`",
        )


def _success(entry: Entry, kind: str) -> Success:
    node = entry.get("success")
    if not isinstance(node, MapNode):
        codes = codes_of(kind, entry, "success")
        empty = isinstance(node, ListNode) and not node.items
        return Success(codes=codes, without_code=empty)
    success = Entry(node, entry.scope, entry.node.keys.get("success"))
    return Success(
        codes=codes_of(kind, success, "codes"),
        prefix=success.maybe("prefix"),
        pattern=success.maybe("pattern"),
        minimum=success.integer("minimum"),
        maximum=success.integer("maximum"),
    )


def succeeds(success: Success, code: str) -> bool:
    """Whether a code is one of success."""
    if success.pattern is not None and matches(success.pattern, code):
        return True
    return code in success.codes or covers(
        success.prefix, success.minimum, success.maximum, code
    )


def covers(
    prefix: str | None, minimum: int | None, maximum: int | None, code: str
) -> bool:
    """Whether a prefix or a range takes a code in."""
    if prefix is not None:
        return code.startswith(prefix)
    canonical = canonical_code(code)
    if canonical is None or (minimum is None and maximum is None):
        return False
    number = int(canonical)
    return (minimum is None or number >= minimum) and (
        maximum is None or number <= maximum
    )


def _status(
    code: str,
    entry: Entry,
    kind: str,
    succeeds: bool,
    effect: Effect,
    retry: RetryAdvice,
) -> Status:
    if succeeds:
        # The defaults of a table speak about refusals.
        effect, retry = Effect.DONE, RetryAdvice.NEVER
    return Status(
        code=code,
        name=entry.needed("name", code),
        text=entry.text("text"),
        aliases=codes_of(kind, entry, "aliases"),
        reaction=entry.choice("reaction", Reaction),
        effect=entry.choice("effect", Effect) or effect,
        retry=entry.choice("retry", RetryAdvice) or retry,
        wait=entry.number("wait"),
        success_on_retry=entry.flag("success_on_retry"),
        renews_session=entry.flag("renews_session"),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        renamed_from=entry.maybe("renamed_from"),
        deprecated=entry.maybe("deprecated"),
        where=entry.where,
    )


def _family(
    name: str, entry: Entry, kind: str, effect: Effect, retry: RetryAdvice
) -> Family:
    return Family(
        name=name,
        text=entry.text("text"),
        prefix=entry.maybe("prefix"),
        minimum=entry.integer("minimum"),
        maximum=entry.integer("maximum"),
        codes=codes_of(kind, entry, "codes"),
        reaction=entry.choice("reaction", Reaction) or Reaction.GIVE_UP,
        effect=entry.choice("effect", Effect) or effect,
        retry=entry.choice("retry", RetryAdvice) or retry,
        wait=entry.number("wait"),
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )


EXPLANATIONS = (
    Explanation(
        "code-not-integer",
        "A code that is no integer in a list of integers",
        "Integer codes are compared as numbers, so `01` and `1` are one code; a text "
        "among them, or full-width digits, could never match.",
        "result: {type: int, codes: {OK: {name: SUCCESS}}}\n",
        "result: {type: string, codes: {OK: {name: SUCCESS}}}\n",
    ),
)
