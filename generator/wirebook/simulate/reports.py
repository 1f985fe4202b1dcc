"""What is read about messages: reports, replies, records of a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wirebook.arguments import find_model
from wirebook.model import FieldType, Operation

from . import vocabulary
from .fault import Fault
from .kinds import is_list
from .state import Message
from .vocabulary import Listing
from .world import Call, Done, World


class Reports:
    """Answers reading operations about the messages of one provider."""

    def __init__(self, world: World) -> None:
        self._world = world

    def read(self, call: Call, listing: Listing) -> Done | None:
        """Reports, replies or records of messages, if the operation lists these."""
        operation, record = call.operation, listing.record
        if not vocabulary.has(record, *vocabulary.PEOPLE):
            return None
        product = operation.product
        states = vocabulary.has_state(self._world.provider, product, record)
        polled = [
            each.polling
            for each in self._world.provider.operations
            if each.polling and _same(each, each.polling.operation, operation)
        ]
        inbound = not states and not polled and vocabulary.has(record, FieldType.TEXT)
        if not inbound and not states and not self._follows(operation):
            return None
        found = [
            message
            for message in self._world.state.of(
                self._world.provider.id, "in" if inbound else "out"
            )
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
                self._world.state.touch(message)
        return Done(self._listed(call, listing, found, counts))

    def _follows(self, operation: Operation) -> bool:
        """Whether submitting operations point at this one."""
        return any(
            each.reconcile and _same(each, each.reconcile, operation)
            for each in self._world.provider.operations
            if self._world.sending[each.id] is not None
        )

    def _asked(self, call: Call, names: list[str | None]) -> list[str] | None:
        for name in names:
            given = call.arguments.get(name) if name else None
            if given is not None:
                return [str(each) for each in given] if is_list(given) else [str(given)]
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
        subjects = [self._world.subject(m, i) for i, m in enumerate(messages, 1)]
        return self._world.page(call, listing, subjects, counts)

    def is_record(self, operation: Operation) -> bool:
        """Whether the operation reads one message by its id."""
        if not operation.reply.returns_model:
            return False
        model = find_model(
            self._world.provider, operation.product, operation.reply.returns
        )
        return vocabulary.has(model, *vocabulary.PEOPLE) and any(
            f.name.endswith("_id") for f in operation.parameters
        )

    def one(self, call: Call) -> Done:
        """The record of the message that is asked for by its id."""
        operation = call.operation
        for each in operation.parameters:
            if each.name.endswith("_id"):
                message = self._world.state.by_id(
                    self._world.provider.id, str(call.arguments.get(each.name))
                )
                if message is not None:
                    key = operation.reply.returns or ""
                    subject = self._world.subject(message, 1)
                    return Done(self._world.record(operation.product, key, subject))
                return Done(fault=Fault("not_found", "there is no such id", each))
        return Done()


def _same(submitting: Operation, named: str, operation: Operation) -> bool:
    return operation.id in (named, f"{submitting.product}.{named}")


def _between(call: Call, moment: datetime) -> bool:
    start, end = call.arguments.get("start"), call.arguments.get("end")
    if isinstance(start, datetime) and moment < start - timedelta(seconds=1):
        return False
    return not (isinstance(end, datetime) and moment > end + timedelta(seconds=1))
