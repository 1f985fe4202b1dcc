"""Records from what is known: a message's own facts, samples, plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from wirebook.arguments import find_enum, find_model
from wirebook.model import EnumValue, Field, FieldType, Model, Provider

from .samples import Identifiers, Samples
from .vocabulary import BALANCE, COUNTS, PEOPLE, TOTAL_PRICE, UNIT_PRICE

_STATES = {
    "scheduled": ("accepted", "enroute", "unknown"),
    "accepted": ("accepted", "enroute", "unknown"),
    "enroute": ("enroute", "accepted", "unknown"),
    "delivered": ("delivered",),
    "failed": ("failed", "rejected"),
    "expired": ("expired", "failed"),
    "rejected": ("rejected", "failed"),
}
"""State of a message -> states that an enumeration may have for it, best first."""

_PHASES = {
    "waiting": "waiting pending not uncalled ready created",
    "running": "calling progress running executing submitting started in",
    "done": "completed finished called done complete ended",
    "cancelled": "cancelled canceled terminated",
    "paused": "suspended paused stopped stop",
}


_JUDGED = (FieldType.STATUS, FieldType.OBJECT)
"""What a parameter of the same name says nothing about."""


@dataclass(slots=True)
class Subject:
    """What a record is about."""

    own: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Values under the spec's own names; they come first."""
    id: str = ""
    person: str = ""
    text: str = ""
    sender: str = ""
    state: str = ""
    phase: str = ""
    status: str = ""
    """The code of the item's own status."""
    words: str = ""
    created: datetime | None = None
    done: datetime | None = None
    price: Decimal = Decimal(0)
    segments: int = 1
    balance: Decimal = Decimal(0)
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    items: list[Subject] = field(default_factory=list["Subject"])
    answers: str = ""
    position: int = 1


class Filler:
    """Fills the records of one provider."""

    def __init__(
        self, provider: Provider, samples: Samples, identifiers: Identifiers
    ) -> None:
        self._provider = provider
        self._samples = samples
        self._identifiers = identifiers
        self._open: list[str] = []

    def record(
        self, product: str | None, model: Model, subject: Subject
    ) -> dict[str, Any]:
        """The values of a model's fields by name."""
        named = self._named(model, subject)
        self._open.append(model.key)
        try:
            values = {
                each.name: self._value(product, model, each, subject)
                for each in model.fields
            }
        finally:
            self._open.pop()
        if named is not None and (subject.id or subject.status):
            # What was refused has no identifier.
            values[named.name] = subject.id or None
        return values

    def _named(self, model: Model, subject: Subject) -> Field | None:
        """The field that holds the subject's identifier."""
        for each in model.fields:
            if each.type not in (FieldType.STRING, FieldType.INTEGER):
                continue
            if each.name.endswith("_id") and each.name not in subject.own:
                return each
        return None

    def _value(
        self, product: str | None, model: Model, each: Field, subject: Subject
    ) -> Any:
        if each.name in subject.own and each.type not in _JUDGED:
            return subject.own[each.name]
        sample = self._samples.field(product, model.key, each.name)
        match each.type:
            case FieldType.STRING | FieldType.INTEGER if each.list is not None:
                if isinstance(sample, list):
                    return sample
                text = each.type is FieldType.STRING
                make = self._string if text else self._integer
                found = make(each, subject, sample)
                return [] if found is None else [found]
            case FieldType.OBJECT:
                inner = find_model(self._provider, product, each.model)
                if each.list is not None:
                    return [self.record(product, inner, item) for item in subject.items]
                if each.optional and inner.key in self._open:
                    # A record inside of one of its own kind: here it ends.
                    return None
                return self.record(product, inner, subject)
            case _ if each.type in PEOPLE:
                person = subject.person or sample
                return [person] if each.list is not None and person else person
            case FieldType.TEXT:
                return subject.text or sample or ""
            case FieldType.STATUS:
                return subject.status or sample or (None if each.optional else "0")
            case FieldType.ENUM:
                return self._enum(product, each, subject, sample)
            case FieldType.DATETIME:
                return self._moment(each, subject)
            case FieldType.DECIMAL:
                return self._money(each, subject, sample)
            case FieldType.INTEGER:
                return self._integer(each, subject, sample)
            case FieldType.STRING:
                return self._string(each, subject, sample)
            case FieldType.BOOLEAN:
                return None if each.optional else _truth(each, sample)
            case _ if each.list is not None:
                return []
            case _:
                return _read(sample) if sample is not None or each.optional else ""

    def _enum(
        self, product: str | None, each: Field, subject: Subject, sample: Any
    ) -> Any:
        rows = find_enum(self._provider, product, each.enum).values
        for state in _STATES.get(subject.state, ()):
            for row in rows:
                if row.state == state:
                    return row.value
        if subject.phase:
            words = _PHASES.get(subject.phase, "").split()
            for word in words:
                for row in rows:
                    if word in row.name.lower().split("_"):
                        return row.value
        if subject.state and any(row.state for row in rows):
            # A push that knows success only: anything else is a failure.
            return _failure(rows, subject.state)
        return sample if sample is not None else rows[0].value

    def _moment(self, each: Field, subject: Subject) -> Any:
        ends = any(
            word in each.name
            for word in ("received", "done", "finished", "replied", "hung", "answered")
        )
        found = subject.done if ends and subject.done else subject.created
        if ends and each.optional and subject.done is None:
            return None
        return found

    def _money(self, each: Field, subject: Subject, sample: Any) -> Any:
        if each.name in BALANCE:
            return subject.balance
        if each.name in UNIT_PRICE:
            return subject.price
        if each.name in TOTAL_PRICE:
            return subject.price * subject.segments
        if subject.balance and each.name not in BALANCE:
            return Decimal(0) if sample is None else sample
        return None if each.optional else (sample if sample is not None else Decimal(0))

    def _integer(self, each: Field, subject: Subject, sample: Any) -> Any:
        if each.name in COUNTS and subject.counts:
            return subject.counts.get(COUNTS[each.name], 0)
        if each.name in subject.counts:
            return subject.counts[each.name]
        if each.name in ("charged_count", "segments", "total"):
            return subject.segments
        return None if each.optional else (sample if sample is not None else 0)

    def _string(self, each: Field, subject: Subject, sample: Any) -> Any:
        if each.name in ("message_id", "answers_id") and subject.answers:
            return subject.answers
        if each.name in ("source", "sender_id", "signature", "sender"):
            return subject.sender or (None if each.optional else sample or "")
        if each.name in ("sequence", "position"):
            return str(subject.position)
        if each.name in ("reason", "remark") and subject.words:
            return subject.words
        if each.name in ("submitted_at", "done_at"):
            moment = subject.done if each.name == "done_at" else subject.created
            return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else ""
        if each.name == "error_code":
            return "0" if subject.state == "delivered" else "1"
        if sample is not None:
            return str(sample)
        return None if each.optional else self._identifiers.like("")[:8]


def _failure(rows: tuple[EnumValue, ...], state: str) -> str:
    for row in rows:
        if row.state in ("failed", "rejected", "unknown"):
            return row.value
    known = {row.value for row in rows}
    free: Callable[[int], str] = str
    return next(free(n) for n in range(1, 100) if free(n) not in known)


def _truth(each: Field, sample: Any) -> bool:
    if each.spelling is None:
        return bool(sample)
    return str(sample) == each.spelling[True]


def _read(sample: Any) -> Any:
    return sample
