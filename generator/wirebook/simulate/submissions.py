"""Messages that are submitted: priced, kept, refused, answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct

from wirebook.arguments import find_model
from wirebook.model import FieldType, Operation
from wirebook.runtime import segments

from . import vocabulary
from .fault import Fault, documents, find_table, status_for
from .fill import Subject
from .kinds import is_list
from .state import NEVER, Message
from .vocabulary import Sending
from .world import Call, Done, World, shared


class _Draft(Struct, frozen=True):
    """One message about to be submitted."""

    person: str
    text: str
    sender: str
    due: datetime | None
    wants_report: bool
    segments: int
    own: Mapping[str, Any]


class Submissions:
    """Takes or refuses the messages of one provider."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._once: dict[str, bool] = {}
        """Operation -> whether it documents that duplicates are refused."""

    def submit(self, call: Call, sending: Sending) -> Done:
        """Take the messages of a call, and pay for them."""
        drafts = list(self._drafts(call, sending))
        items = find_table(
            self._world.provider, call.operation, call.operation.statuses.items
        )
        refused = dict(call.item_faults) if items is not None else {}
        accepted = [d for i, d in enumerate(drafts) if i not in refused]
        fault = self._unpaid(accepted) or self._duplicate(call, accepted)
        if fault is not None:
            return Done(fault=fault)
        subjects: list[Subject] = []
        ids = self._world.sample_id(call.operation)
        for position, draft in enumerate(drafts):
            code = call.item_codes.get(draft.person, "")
            words = ""
            if items is not None and position in refused:
                row = status_for(items, call.operation.statuses.only, refused[position])
                code = row.code if row else ""
            if items is not None and code:
                words = next((r.text for r in items.statuses if r.code == code), "")
                subjects.append(
                    Subject(
                        own=draft.own,
                        person=draft.person,
                        status=code,
                        words=words,
                        position=position + 1,
                    )
                )
                self._keep(call, draft, "", "refused", words)
                continue
            message = self._keep(call, draft, self._world.identifiers.like(ids), "", "")
            subjects.append(self._world.subject(message, position + 1))
        return Done(self._submitted(call, subjects))

    def _drafts(self, call: Call, sending: Sending) -> Iterator[_Draft]:
        groups: list[Mapping[str, Any]] = [call.arguments]
        if sending.group is not None:
            groups = list(call.arguments.get(sending.group.name) or [])
        parts = sending.parts
        for group in groups:
            people = group.get(parts.people.name)
            people = people if is_list(people) else [people]
            for index, person in enumerate(people):
                text = _at(group.get(parts.text.name) if parts.text else None, index)
                rows = _rows(call.operation, group, index)
                for number, value in enumerate(rows, 1):
                    text = text.replace(f"{{p{number}}}", value)
                if parts.subject is not None and group.get(parts.subject.name):
                    text = f"{group[parts.subject.name]}\n{text}".strip()
                wants = parts.wants_report
                yield _Draft(
                    str(person),
                    text,
                    str(group.get(parts.sender.name) or "") if parts.sender else "",
                    group.get(parts.schedule.name) if parts.schedule else None,
                    wants is None or group.get(wants.name) is not False,
                    self._segments(call, group, text),
                    {**shared(call.arguments), **_own(group, index, len(people))},
                )

    def _segments(self, call: Call, group: Mapping[str, Any], text: str) -> int:
        product = vocabulary.product_of(self._world.provider, call.operation.product)
        for rule in product.segments:
            given = str(group.get(rule.parameter, "")) if rule.parameter else ""
            if not rule.values or given in rule.values:
                try:
                    return segments.count(
                        text,
                        unit=rule.unit,
                        single=rule.single,
                        part=rule.part,
                        charset=rule.charset,
                    )
                except ValueError:
                    continue
        if segments.fits_gsm(text):
            return segments.count(text, unit="gsm_septets", single=160, part=153)
        return segments.count(text, unit="utf16_units", single=70, part=67)

    def _unpaid(self, drafts: list[_Draft]) -> Fault | None:
        cost = sum(
            (d.segments * self._world.settings.price for d in drafts), Decimal(0)
        )
        if cost <= self._world.account.balance:
            return None
        return Fault(
            "balance",
            f"this costs {cost}, and the account has {self._world.account.balance}",
        )

    def _duplicate(self, call: Call, drafts: list[_Draft]) -> Fault | None:
        """Refuse what came before, where the provider documents that it does."""
        fault = Fault(
            "duplicate", "the same message to the same phone came just before"
        )
        if call.operation.id not in self._once:
            self._once[call.operation.id] = self._refuses(call.operation, fault)
        if not self._once[call.operation.id]:
            return None
        window = self._world.settings.duplicate_window
        keys = [(self._world.provider.id, d.sender, d.person, d.text) for d in drafts]
        if window and any(
            self._world.state.repeated(key, call.now, window) for key in keys
        ):
            return fault
        self._world.state.remember(keys, call.now)
        return None

    def _refuses(self, operation: Operation, fault: Fault) -> bool:
        """Whether the provider documents that it refuses repeated messages."""
        uses = operation.statuses
        table = find_table(self._world.provider, operation, uses.items or uses.table)
        if table is None or not documents(table, uses.only, fault):
            return False
        row = status_for(table, uses.only, fault)
        return row is not None and "MESSAGE" in row.name

    def _keep(
        self, call: Call, draft: _Draft, identifier: str, state: str, reason: str
    ) -> Message:
        price = self._world.settings.price
        later = draft.due if isinstance(draft.due, datetime) else None
        waits = later is not None and later > call.now
        wait = timedelta(seconds=self._world.settings.delay)
        due = later if waits and later is not None else call.now + wait
        message = Message(
            number=self._world.state.next_number(),
            provider=self._world.provider.id,
            product=call.operation.product,
            operation=call.operation.id,
            direction="out",
            id=identifier,
            recipient=draft.person,
            sender=draft.sender,
            text=draft.text,
            state=state or ("scheduled" if waits else "enroute"),
            created=call.now,
            due=NEVER if state else due,
            reason=reason,
            segments=draft.segments,
            price=price * draft.segments,
            arguments=dict(draft.own),
            outcome=call.outcomes.get(draft.person, "delivered"),
            wants_report=draft.wants_report,
            exchange=call.exchange,
        )
        if not state:
            self._world.account.balance -= message.price
        self._world.state.add(message)
        return message

    def refuse(
        self,
        operation: Operation,
        messages: list[tuple[str, str]],
        reason: str,
        now: datetime,
        exchange: int,
    ) -> None:
        """Remember messages that were refused, so that people see them and why."""
        for person, text in messages or [("", "")]:
            self._world.state.add(
                Message(
                    number=self._world.state.next_number(),
                    provider=self._world.provider.id,
                    product=operation.product,
                    operation=operation.id,
                    direction="out",
                    id="",
                    recipient=person,
                    sender="",
                    text=text,
                    state="refused",
                    created=now,
                    due=NEVER,
                    reason=reason,
                    exchange=exchange,
                )
            )

    def _submitted(self, call: Call, subjects: list[Subject]) -> Any:
        operation = call.operation
        reply = operation.reply
        taken = [s for s in subjects if s.id]
        counts = {
            "total": sum(s.segments for s in taken),
            "accepted": len(taken),
            "rejected": len(subjects) - len(taken),
        }
        if not reply.returns_model:
            return self._world.plain(call, taken[0].id if taken else "", len(taken))
        model = find_model(self._world.provider, operation.product, reply.returns)
        if reply.list:
            return [
                self._world.filler.record(operation.product, model, s) for s in subjects
            ]
        whole = Subject(
            own=shared(call.arguments),
            id=taken[0].id if taken else "",
            person=taken[0].person if taken else "",
            created=call.now,
            price=self._world.settings.price,
            balance=self._world.account.balance,
            counts=counts,
            items=taken,
            words="success",
        )
        # One id for the whole task: all its messages share it.
        if whole.id and not any(f.list and f.model for f in model.fields):
            for subject in taken[1:]:
                message = self._world.state.by_id(self._world.provider.id, subject.id)
                if message is not None:
                    message.id = whole.id
        return self._world.filler.record(operation.product, model, whole)


def _at(value: Any, index: int) -> str:
    if is_list(value):
        return str(value[index]) if index < len(value) else ""
    return "" if value is None else str(value)


def _rows(operation: Operation, group: Mapping[str, Any], index: int) -> list[str]:
    for each in operation.parameters:
        if each.type is FieldType.ROWS and group.get(each.name):
            rows = group[each.name]
            return list(rows[index]) if index < len(rows) else []
    return []


def _own(group: Mapping[str, Any], index: int, count: int) -> dict[str, Any]:
    """The arguments of one message; lists as long as the recipients are taken apart."""
    found: dict[str, Any] = {}
    for name, value in group.items():
        if is_list(value):
            if len(value) == count and name.endswith("s"):
                found[name.removesuffix("s")] = value[index]
        elif not isinstance(value, dict | bytes):
            found[name] = value
    return found
