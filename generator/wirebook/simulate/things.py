"""Everything that is created, listed and changed: tasks, templates, files."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from wirebook.model import FieldType, Operation

from . import vocabulary
from .fault import Fault
from .fill import Subject
from .kinds import is_dict, is_list, is_mapping
from .state import Entity
from .world import Call, Done, World, named, shared


class Things:
    """Keeps the things of one provider."""

    def __init__(self, world: World) -> None:
        self._world = world

    def act(self, call: Call) -> Done:
        """Create, list, show or change things, by the operation's name."""
        operation = call.operation
        verb, noun = vocabulary.deed(operation)
        kept = self._world.state.collection(self._world.provider.id, noun)
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
        listing = self._world.listing[operation.id]
        several = next(
            (
                v
                for v in call.arguments.values()
                if is_list(v) and v and is_mapping(v[0])
            ),
            None,
        )
        made: list[Entity] = []
        for values in several if several and listing else [call.arguments]:
            sample = self._world.sample_id(operation)
            if isinstance(sample, list | Mapping):
                sample = None
            entity = Entity(
                self._world.identifiers.like("1" if sample is None else sample),
                call.now,
                {**shared(call.arguments), **dict(values)},
                dict(call.wires),
            )
            kept[entity.id] = entity
            made.append(entity)
        while len(kept) > self._world.settings.entities:
            kept.pop(next(iter(kept)))
        if listing is not None and listing.container is None:
            subjects = [self._entity_subject(call, e) for e in made]
            return [
                self._world.filler.record(operation.product, listing.record, s)
                for s in subjects
            ]
        if operation.reply.returns_model:
            return self._world.record(
                operation.product,
                operation.reply.returns or "",
                self._entity_subject(call, made[0]),
            )
        return self._world.plain(call, made[0].id, len(made))

    def _entities(self, call: Call, kept: dict[str, Entity]) -> Any:
        listing = self._world.listing[call.operation.id]
        if listing is None:
            sample = copy.deepcopy(self._world.samples.result(call.operation))
            if not kept:
                return sample
            rows = [{"id": e.id, **e.wires} for e in kept.values()]
            if is_dict(sample) and "records" in sample:
                return {**sample, "total": len(rows), "records": rows}
            return rows if is_list(sample) else sample
        subjects = [self._entity_subject(call, e) for e in kept.values()]
        if not kept and self._created_by_none(call.operation):
            subjects = [Subject(created=call.now, price=self._world.settings.price)]
        return self._world.page(call, listing, subjects, {})

    def _created_by_none(self, operation: Operation) -> bool:
        """Whether nothing in the API makes what is listed, so that it is just there."""
        noun = vocabulary.deed(operation)[1]
        return not any(
            vocabulary.deed(each) == ("create", noun)
            for each in self._world.provider.operations
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
                for each in self._world.provider.operations
            ):
                return "waiting"
            since = entity.created
        elif entity.phase != "running":
            return entity.phase
        age = (call.now - since).total_seconds()
        delay = self._world.settings.delay
        if entity.moved is None and age < delay:
            return "waiting"
        return "running" if age < 3 * delay else "done"

    def _chosen(self, call: Call, kept: Mapping[str, Entity]) -> list[Entity]:
        wanted: list[str] = []
        for name, value in call.arguments.items():
            if name.endswith(("_id", "_ids")):
                wanted += map(str, value if is_list(value) else [value])
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
        own = {**shared(call.arguments), **(entity.values if entity else {})}
        subject = Subject(
            own=own,
            id=entity.id if entity else "",
            phase=self._phase(call, entity) if entity else "",
            created=entity.created if entity else call.now,
            balance=self._world.account.balance,
            price=self._world.settings.price,
        )
        if reply.returns_model:
            record = self._world.record(operation.product, reply.returns, subject)
            return [record] if reply.list else record
        wires = {**call.wires, **(entity.wires if entity else {})}
        sample = copy.deepcopy(self._world.samples.result(operation))
        if reply.returns == FieldType.JSON:
            return named(sample, wires, entity.id if entity else "")
        return sample if sample is not None else self._world.plain(call, "", 0)
