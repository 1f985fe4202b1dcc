"""One provider while it is simulated, and what all its parts know."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from wirebook.arguments import find_model
from wirebook.model import FieldType, Operation, Provider

from . import vocabulary
from .fault import Fault, find_table, success_code
from .fill import Filler, Subject
from .kinds import is_dict, is_mapping
from .samples import Identifiers, Samples
from .state import Account, Message, State
from .vocabulary import Listing

PRICE = Decimal("0.05")
"""Of one segment."""


class Settings(Struct, frozen=True):
    """How the world behaves.  Times in seconds."""

    delay: float = 1.0
    """From the submission of a message to its delivery."""
    duplicate_window: float = 60.0
    """How long a message is remembered as a duplicate; 0 never refuses one."""
    price: Decimal = PRICE
    entities: int = 1000
    seed: int | None = None


class Call(Struct, frozen=True):
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


class Done(Struct, frozen=True):
    """What came of a call: a result by field names, or a fault."""

    result: Any = None
    fault: Fault | None = None


class World:
    """The provider, its state, and the records that speak of it."""

    def __init__(
        self, provider: Provider, samples: Samples, state: State, settings: Settings
    ) -> None:
        self.provider = provider
        self.samples = samples
        self.state = state
        self.settings = settings
        self.identifiers = Identifiers(settings.seed)
        self.filler = Filler(provider, samples, self.identifiers)
        self.sending = {
            each.id: vocabulary.sending(provider, each) for each in provider.operations
        }
        self.listing = {
            each.id: vocabulary.listing(provider, each) for each in provider.operations
        }

    @property
    def account(self) -> Account:
        return self.state.accounts[self.provider.id]

    def subject(self, message: Message, position: int) -> Subject:
        """A message as records and pushes speak of it."""
        return Subject(
            own=message.arguments,
            id=message.id,
            person=message.recipient if message.direction == "out" else message.sender,
            text=message.text,
            sender=message.sender if message.direction == "out" else message.recipient,
            state=message.state,
            status=self.success(message.operation),
            words="success",
            created=message.created,
            done=message.done,
            price=message.price / max(message.segments, 1),
            segments=message.segments,
            balance=self.account.balance,
            answers=message.answers,
            position=position,
        )

    def success(self, identifier: str) -> str:
        """The code of a success of an operation, empty where it has none."""
        for operation in self.provider.operations:
            if operation.id == identifier:
                uses = operation.statuses
                table = find_table(self.provider, operation, uses.items or uses.table)
                return (success_code(table) if table else None) or ""
        return ""

    def record(self, product: str | None, key: str, subject: Subject) -> dict[str, Any]:
        """A record of a model, by field names."""
        model = find_model(self.provider, product, key)
        return self.filler.record(product, model, subject)

    def plain(self, call: Call, identifier: str, count: int) -> Any:
        """A result that is no record: an id, a count, or free JSON."""
        kind = call.operation.reply.returns
        if kind is None:
            return None
        clocks = {each.clock.operation for each in self.provider.schemes if each.clock}
        if call.operation.id in clocks:
            return int(call.now.timestamp()) if kind == FieldType.INTEGER else call.now
        if kind == FieldType.INTEGER:
            return count
        if kind == FieldType.DECIMAL:
            return self.account.balance
        if kind == FieldType.BOOLEAN:
            return False
        if kind != FieldType.JSON:
            return identifier
        sample = copy.deepcopy(self.samples.result(call.operation))
        return named(sample, call.wires, identifier)

    def sample_id(self, operation: Operation) -> Any:
        """A recorded identifier of the messages that an operation submits."""
        reply = operation.reply
        if not reply.returns_model:
            sample = self.samples.result(operation)
            if is_mapping(sample):
                return next((v for k, v in sample.items() if _is_id(k)), "")
            return sample
        listing = self.listing[operation.id]
        models = [listing.record] if listing else []
        models.append(find_model(self.provider, operation.product, reply.returns))
        for model in models:
            for each in model.fields:
                if each.name.endswith("_id") and "order" not in each.name:
                    sample = self.samples.field(operation.product, model.key, each.name)
                    if sample is not None:
                        return sample
        return ""

    def page(
        self,
        call: Call,
        listing: Listing,
        subjects: list[Subject],
        counts: dict[str, int],
    ) -> Any:
        """One page of records, or all where the operation has no pages."""
        operation = call.operation
        total = len(subjects)
        own = shared(call.arguments)
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
                subjects = subjects[max(start - pages.first, 0) :]
        if listing.container is None:
            return [
                self.filler.record(operation.product, listing.record, s)
                for s in subjects
            ]
        counts["total"] = total
        whole = Subject(own=own, counts=counts, items=subjects, created=call.now)
        record = self.filler.record(operation.product, listing.container, whole)
        if pages is not None:
            # Everything stands on one page, where pages name the next one.
            for path in (pages.token, pages.link):
                _drop(record, path)
        return record


def _drop(record: dict[str, Any], path: str | None) -> None:
    *above, last = (path or "").split(".")
    for step in above:
        record = record.get(step) or {}
    if last in record:
        record[last] = None


def shared(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that hold for every message of a call."""
    return {
        name: value
        for name, value in arguments.items()
        if not isinstance(value, list | dict | bytes)
    }


def _is_id(name: str) -> bool:
    return name.lower().endswith("id")


def named(sample: Any, wires: Mapping[str, Any], identifier: str) -> Any:
    """A recorded JSON value with what is known in the places of the same names."""
    if is_dict(sample):
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
