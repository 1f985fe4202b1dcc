"""What is wrong with a request, and the provider's status that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from wirebook.model import (
    Effect,
    Field,
    FieldType,
    Operation,
    Provider,
    Reaction,
    Status,
    StatusTable,
)
from wirebook.resolve.statuses import succeeds


class Fault(Struct, frozen=True):
    """One reason to refuse a request.

    kind: a key of `KINDS`.  `why` is for people and names no secret.  `item` is the
    position of the recipient that alone is refused.
    """

    kind: str
    why: str
    field: Field | None = None
    words: frozenset[str] = frozenset()
    item: int | None = None


class _Kind(Struct, frozen=True):
    reactions: tuple[Reaction, ...]
    words: frozenset[str]


def _kind(reactions: Sequence[Reaction], words: str) -> _Kind:
    return _Kind(tuple(reactions), frozenset(words.split()))


_INPUT = (Reaction.REQUEST, Reaction.CONTENT, Reaction.RECIPIENT)
KINDS = {
    "credentials": _kind([Reaction.CREDENTIALS], "authentication credentials key"),
    "signature": _kind([Reaction.CREDENTIALS], "authentication signature sign"),
    "clock": _kind([Reaction.CLOCK, Reaction.CREDENTIALS], "timestamp expires"),
    "session": _kind([Reaction.CREDENTIALS], "token session expired"),
    "route": _kind([Reaction.REQUEST], "url parameter incorrect invalid"),
    "missing": _kind(_INPUT, "empty missing blank provided parameter incorrect"),
    "format": _kind(_INPUT, "invalid abnormal incorrect format parameter value"),
    "length": _kind(_INPUT, "long length over parameter incorrect"),
    "count": _kind(_INPUT, "many over limitation limit parameter excessive"),
    "range": _kind(_INPUT, "range over out parameter incorrect limit"),
    "rule": _kind(_INPUT, "parameter validation incorrect invalid"),
    "balance": _kind([Reaction.BALANCE], "balance credit insufficient"),
    "duplicate": _kind([Reaction.DUPLICATE], "duplicate message existing"),
    "not_found": _kind(_INPUT, "unexisting found exist unknown id"),
    "rate": _kind([Reaction.SLOW_DOWN, Reaction.WAIT], "fast frequently throttling"),
}
"""Kind of fault -> reactions that fit, best first, and words that name it."""

_TYPE_WORDS = {
    FieldType.PHONE: "number phone recipient destination mobile callee",
    FieldType.EMAIL: "recipient receiver address email",
    FieldType.TEXT: "content message text body",
    FieldType.DATETIME: "time timing date",
}
_OWN = {
    FieldType.PHONE: Reaction.RECIPIENT,
    FieldType.EMAIL: Reaction.RECIPIENT,
    FieldType.TEXT: Reaction.CONTENT,
}
_WORD = re.compile(r"[a-z]+")


def words_of(text: str) -> set[str]:
    """The words of a name or text, in lower case and in the singular."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    return {word.removesuffix("s") for word in _WORD.findall(spaced)}


def status_for(table: StatusTable, only: Sequence[str], fault: Fault) -> Status | None:
    """The documented row that says best what is wrong.

    None where the table has nothing but successes.
    """
    kind = KINDS[fault.kind]
    wanted = {word.removesuffix("s") for word in kind.words}
    subject = _subject(fault)
    reactions = _reactions(kind, fault)
    best: tuple[float, Status] | None = None
    for status in _refusals(table, only):
        said = words_of(status.name) | words_of(status.text)
        score = 5.0 * len(subject & said) + 2.0 * len(wanted & said)
        if subject:
            # A row that speaks of something else is the wrong row.
            score -= 0.2 * len(said)
        if status.reaction in reactions:
            score += 20 - 2 * reactions.index(status.reaction)
        elif status.reaction is Reaction.REQUEST:
            score += 8
        if status.effect is not Effect.NONE:
            score -= 10
        if best is None or score > best[0]:
            best = score, status
    return best[1] if best else None


def documents(table: StatusTable, only: Sequence[str], fault: Fault) -> bool:
    """Whether the table has a row of the very reaction that a fault calls for."""
    status = status_for(table, only, fault)
    return status is not None and status.reaction in KINDS[fault.kind].reactions


def _reactions(kind: _Kind, fault: Fault) -> tuple[Reaction, ...]:
    """The reactions that fit, those of the field's own kind first."""
    if kind.reactions != _INPUT or fault.field is None:
        return kind.reactions
    first = _OWN.get(fault.field.type)
    return kind.reactions if first is None else (first, *_INPUT)


def _subject(fault: Fault) -> set[str]:
    found = {word.removesuffix("s") for word in fault.words}
    if fault.field is not None:
        found |= words_of(fault.field.name) | words_of(fault.field.wire)
        found |= words_of(_TYPE_WORDS.get(fault.field.type, ""))
    return found


def _refusals(table: StatusTable, only: Sequence[str]) -> Iterable[Status]:
    for status in table.statuses:
        if status.reaction is not None and (not only or status.code in only):
            yield status


def is_success(table: StatusTable, code: str) -> bool:
    """Whether a code of the table means success."""
    return succeeds(table.success, code)


def success_code(table: StatusTable) -> str | None:
    """The code that a success is answered with; None where only failures have one."""
    if table.success.without_code:
        return None
    if table.success.codes:
        return table.success.codes[0]
    if table.success.minimum is not None:
        return str(table.success.minimum)
    for status in table.statuses:
        if is_success(table, status.code):
            return status.code
    pattern = table.success.pattern
    if pattern is not None:
        # What varies is mostly a number, or anything at all.
        plain = re.sub(r"\[[^]]*\]|\.|\\d", "1", pattern)
        plain = re.sub(r"[()+*?^$]|\{[0-9,]*\}", "", plain)
        return plain if is_success(table, plain) else None
    return table.success.prefix


def find_table(
    provider: Provider, operation: Operation, key: str | None
) -> StatusTable | None:
    """The table of that key, of the operation's product or of all products."""
    if key is None:
        return None
    for product in (*provider.products, provider.shared):
        if (
            product.key not in (operation.product, None)
            and product is not provider.shared
        ):
            continue
        for table in product.tables:
            if table.key == key:
                return table
    return None
