"""What an accepted call does, and what it is answered with."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from wirebook.arguments import find_model
from wirebook.model import FieldType, Operation, Provider
from wirebook.runtime import segments

from . import vocabulary
from .fault import Fault, documents, find_table, status_for, success_code
from .fill import Filler, Subject
from .samples import Identifiers, Samples
from .state import NEVER, Account, Entity, Message, State
from .vocabulary import Listing, Sending

PRICE = Decimal("0.05")
"""Of one segment, where no sample says another."""


@dataclass(frozen=True, slots=True)
class Call:
    """One accepted request."""

    operation: Operation
    arguments: Mapping[str, Any]
    wires: Mapping[str, Any]
    """As sent, by wire name."""
    now: datetime
    exchange: int
    item_faults: Mapping[int, Fault] = field(default_factory=dict[int, Fault])
    item_codes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Recipient -> the status that a scenario gives it."""
    outcomes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Recipient -> the state that a scenario lets it end in."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a call: a result by field names, or a fault."""

    result: Any = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """One message about to be submitted."""

    person: str
    text: str
    sender: str
    due: datetime | None
    wants_report: bool
    segments: int
    own: Mapping[str, Any]


class Behaviour:
    """One provider at work."""

    def __init__(
        self, provider: Provider, samples: Samples, state: State, settings: Settings
    ) -> None:
        self._provider = provider
        self._samples = samples
        self._state = state
        self._settings = settings
        self.identifiers = Identifiers(settings.seed)
        self._filler = Filler(provider, samples, self.identifiers)
        self._sending = {
            each.id: vocabulary.sending(provider, each) for each in provider.operations
        }
        self._once: dict[str, bool] = {}
        self._listing = {
            each.id: vocabulary.listing(provider, each) for each in provider.operations
        }

    @property
    def _account(self) -> Account:
        return self._state.accounts[self._provider.id]

    def act(self, call: Call) -> Done:
        """Do what the operation does."""
        operation = call.operation
        rotated = vocabulary.rotated(self._provider, operation)
        if rotated is not None:
            return self._rotate(call, rotated.name)
        sending = self._sending[operation.id]
        if sending is not None:
            return self._submit(call, sending)
        self._open_session(operation, call.now)
        if operation.does == "reads":
            listing = self._listing[operation.id]
            if listing is not None:
                found = self._read(call, listing)
                if found is not None:
                    return found
            elif self._is_call_record(operation):
                return self._one(call)
        return self._entity(call)

    # Credentials.

    def _rotate(self, call: Call, name: str) -> Done:
        credentials = self._account.credentials
        fresh = self.identifiers.like(credentials.get(name, "") or "A" * 32)
        credentials[name] = fresh
        model = find_model(
            self._provider, call.operation.product, call.operation.reply.returns
        )
        subject = Subject(own={name: fresh}, balance=self._account.balance)
        return Done(self._filler.record(call.operation.product, model, subject))

    def _open_session(self, operation: Operation, now: datetime) -> None:
        for scheme in self._provider.schemes:
            if scheme.session and scheme.session.operation == operation.id:
                self._account.tokens[self.identifiers.like("")] = now

    # Submitting.

    def _submit(self, call: Call, sending: Sending) -> Done:
        drafts = list(self._drafts(call, sending))
        items = find_table(
            self._provider, call.operation, call.operation.statuses.items
        )
        refused = dict(call.item_faults) if items is not None else {}
        accepted = [d for i, d in enumerate(drafts) if i not in refused]
        fault = self._unpaid(accepted) or self._duplicate(call, accepted)
        if fault is not None:
            return Done(fault=fault)
        subjects: list[Subject] = []
        ids = self._sample_id(call.operation)
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
            message = self._keep(call, draft, self.identifiers.like(ids), "", "")
            subjects.append(self._subject(message, position + 1))
        return Done(self._submitted(call, subjects))

    def _drafts(self, call: Call, sending: Sending) -> Iterator[_Draft]:
        groups: list[Mapping[str, Any]] = [call.arguments]
        if sending.group is not None:
            groups = list(call.arguments.get(sending.group.name) or [])
        parts = sending.parts
        for group in groups:
            people = group.get(parts.people.name)
            people = people if isinstance(people, list) else [people]
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
                    {**_shared(call.arguments), **_own(group, index, len(people))},
                )

    def _segments(self, call: Call, group: Mapping[str, Any], text: str) -> int:
        product = vocabulary.product_of(self._provider, call.operation.product)
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
        cost = sum((d.segments * self._settings.price for d in drafts), Decimal(0))
        if cost <= self._account.balance:
            return None
        return Fault(
            "balance", f"this costs {cost}, and the account has {self._account.balance}"
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
        window = self._settings.duplicate_window
        keys = [(self._provider.id, d.sender, d.person, d.text) for d in drafts]
        if window and any(self._state.repeated(key, call.now, window) for key in keys):
            return fault
        self._state.remember(keys, call.now)
        return None

    def _refuses(self, operation: Operation, fault: Fault) -> bool:
        """Whether the provider documents that it refuses repeated messages."""
        uses = operation.statuses
        table = find_table(self._provider, operation, uses.items or uses.table)
        if table is None or not documents(table, uses.only, fault):
            return False
        row = status_for(table, uses.only, fault)
        return row is not None and "MESSAGE" in row.name

    def _keep(
        self, call: Call, draft: _Draft, identifier: str, state: str, reason: str
    ) -> Message:
        price = self._settings.price
        later = draft.due if isinstance(draft.due, datetime) else None
        waits = later is not None and later > call.now
        wait = timedelta(seconds=self._settings.delay)
        due = later if waits and later is not None else call.now + wait
        message = Message(
            number=self._state.next_number(),
            provider=self._provider.id,
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
            self._account.balance -= message.price
        self._state.add(message)
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
            self._state.add(
                Message(
                    number=self._state.next_number(),
                    provider=self._provider.id,
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
            return self._plain(call, taken[0].id if taken else "", len(taken))
        model = find_model(self._provider, operation.product, reply.returns)
        if reply.list:
            return [self._filler.record(operation.product, model, s) for s in subjects]
        whole = Subject(
            own=_shared(call.arguments),
            id=taken[0].id if taken else "",
            person=taken[0].person if taken else "",
            created=call.now,
            price=self._settings.price,
            balance=self._account.balance,
            counts=counts,
            items=taken,
            words="success",
        )
        # One id for the whole task: all its messages share it.
        if whole.id and not any(f.list and f.model for f in model.fields):
            for subject in taken[1:]:
                message = self._state.by_id(self._provider.id, subject.id)
                if message is not None:
                    message.id = whole.id
        return self._filler.record(operation.product, model, whole)

    def _plain(self, call: Call, identifier: str, count: int) -> Any:
        """A result that is no record: an id, a count, or free JSON."""
        kind = call.operation.reply.returns
        if kind is None:
            return None
        if kind == FieldType.INTEGER:
            return count
        if kind != FieldType.JSON:
            return identifier
        sample = copy.deepcopy(self._samples.result(call.operation))
        return _named(sample, call.wires, identifier)

    def _sample_id(self, operation: Operation) -> Any:
        """A recorded identifier of the messages that an operation submits."""
        reply = operation.reply
        if not reply.returns_model:
            sample = self._samples.result(operation)
            if isinstance(sample, Mapping):
                return next((v for k, v in sample.items() if _is_id(k)), "")
            return sample
        listing = self._listing[operation.id]
        models = [listing.record] if listing else []
        models.append(find_model(self._provider, operation.product, reply.returns))
        for model in models:
            for each in model.fields:
                if each.name.endswith("_id") and "order" not in each.name:
                    sample = self._samples.field(
                        operation.product, model.key, each.name
                    )
                    if sample is not None:
                        return sample
        return ""

    # Reading.

    def _subject(self, message: Message, position: int) -> Subject:
        return Subject(
            own=message.arguments,
            id=message.id,
            person=message.recipient if message.direction == "out" else message.sender,
            text=message.text,
            sender=message.sender if message.direction == "out" else message.recipient,
            state=message.state,
            status=self._success(message.operation),
            words="success",
            created=message.created,
            done=message.done,
            price=message.price / max(message.segments, 1),
            segments=message.segments,
            balance=self._account.balance,
            answers=message.answers,
            position=position,
        )

    def _success(self, identifier: str) -> str:
        for operation in self._provider.operations:
            if operation.id == identifier:
                uses = operation.statuses
                table = find_table(self._provider, operation, uses.items or uses.table)
                return success_code(table) if table else ""
        return ""

    def subject(self, message: Message) -> Subject:
        """A message as records and pushes speak of it."""
        return self._subject(message, message.number)

    def record(self, product: str | None, key: str, subject: Subject) -> dict[str, Any]:
        """A record of a model, by field names."""
        model = find_model(self._provider, product, key)
        return self._filler.record(product, model, subject)

    def _read(self, call: Call, listing: Listing) -> Done | None:
        """Reports, replies or records of messages, if the operation lists these."""
        operation, record = call.operation, listing.record
        if not vocabulary.has(record, *vocabulary.PEOPLE):
            return None
        product = operation.product
        states = vocabulary.has_state(self._provider, product, record)
        polled = [
            each.polling
            for each in self._provider.operations
            if each.polling and _same(each, each.polling.operation, operation)
        ]
        inbound = not states and not polled and vocabulary.has(record, FieldType.TEXT)
        if not inbound and not states and not self._follows(operation):
            return None
        found = [
            message
            for message in self._state.of(self._provider.id, "in" if inbound else "out")
            if message.product == product
        ]
        ids = self._asked(call, [polling.id_parameter for polling in polled])
        counts: dict[str, int] = {}
        if ids is not None:
            known = {m.id for m in found}
            found = [m for m in found if m.id in ids]
            counts["not_found"] = sum(1 for each in ids if each not in known)
        found = [m for m in found if _between(call, m.created)]
        person = call.arguments.get("recipient")
        if isinstance(person, str):
            found = [m for m in found if m.recipient == person]
        if not operation.repeatable:
            # A queue: what is handed out once does not come again.
            found = [
                m for m in found if not m.handed and (inbound or m.done is not None)
            ]
            for message in found:
                message.handed = True
                self._state.touch(message)
        return Done(self._listed(call, listing, found, counts))

    def _follows(self, operation: Operation) -> bool:
        """Whether submitting operations point at this one."""
        return any(
            each.reconcile and _same(each, each.reconcile, operation)
            for each in self._provider.operations
            if self._sending[each.id] is not None
        )

    def _asked(self, call: Call, names: list[str | None]) -> list[str] | None:
        for name in names:
            given = call.arguments.get(name) if name else None
            if given is not None:
                return (
                    [str(each) for each in given]
                    if isinstance(given, list)
                    else [str(given)]
                )
        return None

    def _listed(
        self,
        call: Call,
        listing: Listing,
        messages: list[Message],
        counts: dict[str, int],
    ) -> Any:
        for state in ("delivered", "failed", "enroute"):
            counts[state] = sum(1 for m in messages if m.state == state)
        counts["enroute"] += sum(1 for m in messages if m.state == "scheduled")
        subjects = [self._subject(m, i) for i, m in enumerate(messages, 1)]
        return self._page(call, listing, subjects, counts)

    def _page(
        self,
        call: Call,
        listing: Listing,
        subjects: list[Subject],
        counts: dict[str, int],
    ) -> Any:
        operation = call.operation
        total = len(subjects)
        own = _shared(call.arguments)
        pages = operation.pages
        if pages is not None:
            given = call.arguments.get(pages.parameter)
            start = int(given) if given is not None else pages.first
            size = int(call.arguments.get(pages.size_parameter or "") or 100)
            if pages.style == "number":
                first = max(start - pages.first, 0) * size
                counts.update(size=size, page=start, pages=-(-total // size))
                subjects = subjects[first : first + size]
            elif pages.style == "offset":
                subjects = subjects[start:]
        if listing.container is None:
            return [
                self._filler.record(operation.product, listing.record, s)
                for s in subjects
            ]
        counts["total"] = total
        whole = Subject(own=own, counts=counts, items=subjects, created=call.now)
        return self._filler.record(operation.product, listing.container, whole)

    def _is_call_record(self, operation: Operation) -> bool:
        if not operation.reply.returns_model:
            return False
        model = find_model(self._provider, operation.product, operation.reply.returns)
        return vocabulary.has(model, *vocabulary.PEOPLE) and any(
            f.name.endswith("_id") for f in operation.parameters
        )

    def _one(self, call: Call) -> Done:
        """The record of the message that is asked for by its id."""
        operation = call.operation
        for each in operation.parameters:
            if each.name.endswith("_id"):
                message = self._state.by_id(
                    self._provider.id, str(call.arguments.get(each.name))
                )
                if message is not None:
                    key = operation.reply.returns or ""
                    subject = self._subject(message, 1)
                    return Done(self.record(operation.product, key, subject))
                return Done(fault=Fault("not_found", "there is no such id", each))
        return Done()

    # Everything that is kept and changed.

    def _entity(self, call: Call) -> Done:
        operation = call.operation
        verb, noun = vocabulary.deed(operation)
        kept = self._state.collection(self._provider.id, noun)
        if verb == "create":
            return Done(self._created(call, kept))
        if verb == "list":
            return Done(self._entities(call, kept))
        if verb and kept:
            found = self._chosen(call, kept)
            if not found:
                return Done(
                    fault=Fault("not_found", f"there is no such {noun.split('.')[-1]}")
                )
            for entity in found:
                self._change(call, verb, kept, entity)
            if operation.reply.returns:
                return Done(self._shown(call, found[0]))
            return Done()
        return Done(self._shown(call, None))

    def _created(self, call: Call, kept: dict[str, Entity]) -> Any:
        operation = call.operation
        listing = self._listing[operation.id]
        several = next(
            (
                v
                for v in call.arguments.values()
                if isinstance(v, list) and v and isinstance(v[0], Mapping)
            ),
            None,
        )
        made: list[Entity] = []
        for values in several if several and listing else [call.arguments]:
            sample = self._sample_id(operation)
            if isinstance(sample, list | Mapping):
                sample = None
            entity = Entity(
                self.identifiers.like("1" if sample is None else sample),
                call.now,
                {**_shared(call.arguments), **dict(values)},
                dict(call.wires),
            )
            kept[entity.id] = entity
            made.append(entity)
        while len(kept) > self._settings.entities:
            kept.pop(next(iter(kept)))
        if listing is not None and listing.container is None:
            subjects = [self._entity_subject(call, e) for e in made]
            return [
                self._filler.record(operation.product, listing.record, s)
                for s in subjects
            ]
        if operation.reply.returns_model:
            return self.record(
                operation.product,
                operation.reply.returns or "",
                self._entity_subject(call, made[0]),
            )
        return self._plain(call, made[0].id, len(made))

    def _entities(self, call: Call, kept: dict[str, Entity]) -> Any:
        listing = self._listing[call.operation.id]
        if listing is None:
            sample = copy.deepcopy(self._samples.result(call.operation))
            if not kept:
                return sample
            rows = [{"id": e.id, **e.wires} for e in kept.values()]
            if isinstance(sample, dict) and "records" in sample:
                return {**sample, "total": len(rows), "records": rows}
            return rows if isinstance(sample, list) else sample
        subjects = [self._entity_subject(call, e) for e in kept.values()]
        if not kept and self._created_by_none(call.operation):
            subjects = [Subject(created=call.now, price=self._settings.price)]
        return self._page(call, listing, subjects, {})

    def _created_by_none(self, operation: Operation) -> bool:
        """Whether nothing in the API makes what is listed, so that it is just there."""
        noun = vocabulary.deed(operation)[1]
        return not any(
            vocabulary.deed(each) == ("create", noun)
            for each in self._provider.operations
        )

    def _entity_subject(self, call: Call, entity: Entity) -> Subject:
        return Subject(
            own=entity.values,
            id=entity.id,
            phase=self._phase(call, entity),
            created=entity.created,
        )

    def _phase(self, call: Call, entity: Entity) -> str:
        """How far a task is: it waits, runs and ends unless it was told otherwise."""
        since = entity.moved
        if since is None:
            noun = vocabulary.deed(call.operation)[1]
            if any(
                each.name.startswith("start_") and vocabulary.deed(each)[1] == noun
                for each in self._provider.operations
            ):
                return "waiting"
            since = entity.created
        elif entity.phase != "running":
            return entity.phase
        age = (call.now - since).total_seconds()
        delay = self._settings.delay
        if entity.moved is None and age < delay:
            return "waiting"
        return "running" if age < 3 * delay else "done"

    def _chosen(self, call: Call, kept: Mapping[str, Entity]) -> list[Entity]:
        wanted: list[str] = []
        for name, value in call.arguments.items():
            if name.endswith(("_id", "_ids")):
                wanted += map(str, value if isinstance(value, list) else [value])
        return [kept[each] for each in wanted if each in kept]

    def _change(
        self, call: Call, verb: str, kept: dict[str, Entity], entity: Entity
    ) -> None:
        if verb == "delete":
            kept.pop(entity.id, None)
        elif verb == "update":
            entity.values.update(call.arguments)
            entity.wires.update(call.wires)
        elif verb != "get":
            entity.phase, entity.moved = verb, call.now

    def _shown(self, call: Call, entity: Entity | None) -> Any:
        operation = call.operation
        reply = operation.reply
        if reply.returns is None:
            return None
        own = {**_shared(call.arguments), **(entity.values if entity else {})}
        subject = Subject(
            own=own,
            id=entity.id if entity else "",
            phase=self._phase(call, entity) if entity else "",
            created=entity.created if entity else call.now,
            balance=self._account.balance,
            price=self._settings.price,
        )
        if reply.returns_model:
            record = self.record(operation.product, reply.returns, subject)
            return [record] if reply.list else record
        wires = {**call.wires, **(entity.wires if entity else {})}
        sample = copy.deepcopy(self._samples.result(operation))
        if reply.returns == FieldType.JSON:
            return _named(sample, wires, entity.id if entity else "")
        return sample if sample is not None else self._plain(call, "", 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the world behaves.  Times in seconds."""

    delay: float = 1.0
    """From the submission of a message to its delivery."""
    duplicate_window: float = 60.0
    """How long a message is remembered as a duplicate; 0 never refuses one."""
    price: Decimal = PRICE
    entities: int = 1000
    seed: int | None = None


def _same(submitting: Operation, named: str, operation: Operation) -> bool:
    return operation.id in (named, f"{submitting.product}.{named}")


def _at(value: Any, index: int) -> str:
    if isinstance(value, list):
        return str(value[index]) if index < len(value) else ""
    return "" if value is None else str(value)


def _rows(operation: Operation, group: Mapping[str, Any], index: int) -> list[str]:
    for each in operation.parameters:
        if each.type is FieldType.ROWS and group.get(each.name):
            rows = group[each.name]
            return list(rows[index]) if index < len(rows) else []
    return []


def _shared(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that hold for every message of a call."""
    return {
        name: value
        for name, value in arguments.items()
        if not isinstance(value, list | dict | bytes)
    }


def _own(group: Mapping[str, Any], index: int, count: int) -> dict[str, Any]:
    """The arguments of one message; lists as long as the recipients are taken apart."""
    found: dict[str, Any] = {}
    for name, value in group.items():
        if isinstance(value, list):
            if len(value) == count and name.endswith("s"):
                found[name.removesuffix("s")] = value[index]
        elif not isinstance(value, dict | bytes):
            found[name] = value
    return found


def _between(call: Call, moment: datetime) -> bool:
    start, end = call.arguments.get("start"), call.arguments.get("end")
    if isinstance(start, datetime) and moment < start - timedelta(seconds=1):
        return False
    return not (isinstance(end, datetime) and moment > end + timedelta(seconds=1))


def _is_id(name: str) -> bool:
    return name.lower().endswith("id")


def _named(sample: Any, wires: Mapping[str, Any], identifier: str) -> Any:
    """A recorded JSON value with what is known in the places of the same names."""
    if isinstance(sample, dict):
        first = next((name for name in sample if _is_id(name)), None)
        for name in sample:
            if name == first and identifier:
                old = sample[name]
                sample[name] = int(identifier) if isinstance(old, int) else identifier
            elif name in wires and isinstance(wires[name], str | int | bool):
                sample[name] = wires[name]
        return sample
    if identifier and isinstance(sample, str):
        return identifier
    if identifier.isdigit() and isinstance(sample, int):
        return int(identifier)
    return sample
