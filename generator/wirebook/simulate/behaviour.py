"""What an accepted call does, and what it is answered with."""

from __future__ import annotations

from wirebook.arguments import find_model

from . import vocabulary
from .fill import Subject
from .reports import Reports
from .submissions import Submissions
from .things import Things
from .world import Call, Done, World


class Behaviour:
    """One provider at work."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.submissions = Submissions(world)
        self._reports = Reports(world)
        self._things = Things(world)

    def act(self, call: Call) -> Done:
        """Do what the operation does."""
        operation = call.operation
        rotated = vocabulary.rotated(self._world.provider, operation)
        if rotated is not None:
            return self._rotate(call, rotated.name)
        sending = self._world.sending[operation.id]
        if sending is not None:
            return self.submissions.submit(call, sending)
        opened = self._session(call)
        if opened is not None:
            return opened
        if operation.does == "reads":
            listing = self._world.listing[operation.id]
            if listing is not None:
                found = self._reports.read(call, listing)
                if found is not None:
                    return found
            elif self._reports.is_record(operation):
                return self._reports.one(call)
        return self._things.act(call)

    def _rotate(self, call: Call, name: str) -> Done:
        credentials = self._world.account.credentials
        fresh = self._world.identifiers.like(credentials.get(name, "") or "A" * 32)
        credentials[name] = fresh
        model = find_model(
            self._world.provider, call.operation.product, call.operation.reply.returns
        )
        subject = Subject(own={name: fresh}, balance=self._world.account.balance)
        return Done(self._world.filler.record(call.operation.product, model, subject))

    def _session(self, call: Call) -> Done | None:
        """Hand out a token, where the operation opens a session."""
        operation = call.operation
        for scheme in self._world.provider.schemes:
            session = scheme.session
            if session is None or session.operation not in (
                operation.id,
                operation.name,
            ):
                continue
            token = self._world.identifiers.like("")
            self._world.account.tokens[token] = call.now
            if not operation.reply.returns_model:
                return Done(token)
            key = operation.reply.returns or ""
            subject = Subject(own={session.token: token}, created=call.now)
            return Done(self._world.record(operation.product, key, subject))
        return None
