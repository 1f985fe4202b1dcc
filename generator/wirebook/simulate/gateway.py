"""One provider: from a request to the answer, with everything that is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from wirebook.model import Operation, Provider, Status

from . import vocabulary
from .accounts import sample_account
from .answer import Writer
from .authority import Authority
from .behaviour import Behaviour
from .exchange import Incoming, Outgoing
from .fault import Fault, find_table, is_success, status_for, success_code
from .reading import Reader
from .received import Unreadable
from .routes import Match, Routes
from .samples import Samples
from .scenario import Scenario, Scenarios
from .state import State
from .world import Call, Settings, World

FLOOD = 32 * 1024 * 1024
"""Octets of an answer that floods its reader."""


@dataclass(slots=True)
class Verdict:
    """What a request was answered with, and why."""

    outgoing: Outgoing
    operation: str = ""
    status: str = ""
    words: str = ""
    why: list[str] = field(default_factory=list[str])


class Gateway:
    """Answers the requests to one provider."""

    def __init__(
        self, provider: Provider, state: State, scenarios: Scenarios, settings: Settings
    ) -> None:
        self.provider = provider
        self.samples = Samples(provider)
        self._state = state
        self._scenarios = scenarios
        self._routes = Routes(provider)
        self._writer = Writer(provider, self.samples)
        self._authorities = {each.key: Authority(each) for each in provider.schemes}
        self.world = World(provider, self.samples, state, settings)
        self._behaviour = Behaviour(self.world)
        self.open_account()

    def open_account(self) -> None:
        """Give the provider an account with sample credentials, unless it has one."""
        provider = self.provider
        self._state.accounts.setdefault(provider.id, sample_account(provider))

    def knows(self, incoming: Incoming, path: str) -> bool:
        """Whether a request without the provider's prefix is for this provider."""
        match = self._routes.match(incoming, path)
        return match is not None and not match.why

    def handle(
        self, incoming: Incoming, path: str, now: datetime, exchange: int
    ) -> Verdict:
        """Answer a request.

        path: the request's path without the simulator's own prefix.
        """
        match = self._routes.match(incoming, path)
        if match is None:
            page = (("Content-Type", "text/plain; charset=utf-8"),)
            why = f"{self.provider.title} has no {incoming.method} {path}"
            return Verdict(Outgoing(404, page, b"Not Found"), why=[why])
        verdict = self._answer(match, now, exchange)
        verdict.operation = match.route.operation.id
        return verdict

    def _answer(self, match: Match, now: datetime, exchange: int) -> Verdict:
        operation = match.route.operation
        if match.why:
            return self._refuse(operation, [Fault("route", match.why)])
        reader = Reader(match, now)
        arguments = reader.arguments()
        rules = self._scenarios.for_call(
            self.provider.id, operation.id, self._messages(operation, arguments), now
        )
        verdict = self._forced(operation, rules)
        if verdict is None:
            fault = self._identify(match, now)
            faults = [fault] if fault is not None else reader.faults
            alone = _alone(operation, faults)
            if faults and alone is None:
                verdict = self._refuse(operation, faults, reader.wires)
            else:
                call = self._call(
                    match, arguments, rules, alone or {}, reader, now, exchange
                )
                verdict = self._perform(call, reader.wires)
                verdict.why += [fault.why for fault in (alone or {}).values()]
        if operation.does == "submits" and self._refused(operation, verdict.status):
            reason = "; ".join(verdict.why) or verdict.words
            self._behaviour.submissions.refuse(
                operation, self._messages(operation, arguments), reason, now, exchange
            )
        for rule in rules:
            verdict.outgoing = _troubled(verdict.outgoing, rule)
            verdict.why += _told(rule)
        return verdict

    def _identify(self, match: Match, now: datetime) -> Fault | None:
        authority = self._authorities.get(match.route.operation.auth or "")
        if authority is None:
            return None
        account = self._state.accounts[self.provider.id]
        try:
            return authority.fault(
                match.received,
                account.credentials,
                account.settings,
                account.tokens,
                now,
            )
        except Unreadable as problem:
            return Fault("format", str(problem))

    # What scenarios force.

    def _messages(
        self, operation: Operation, arguments: Mapping[str, Any]
    ) -> list[tuple[str, str]]:
        return vocabulary.messages_of(self.provider, operation, arguments)

    def _forced(self, operation: Operation, rules: list[Scenario]) -> Verdict | None:
        for rule in rules:
            if rule.http:
                kind = (("Content-Type", "text/html"),)
                return Verdict(Outgoing(rule.http, kind, b""))
            uses = operation.statuses
            if rule.status and not (rule.about_recipients() and uses.items):
                status = self.status(operation, rule.status)
                code = status.code if status else rule.status
                return self._stated(operation, code, status)
            if rule.rate:
                return self._refuse(
                    operation,
                    [Fault("rate", f"more than {rule.rate:g} calls a second")],
                )
        return None

    def _refused(self, operation: Operation, code: str) -> bool:
        uses = operation.statuses
        table = find_table(self.provider, operation, uses.table or uses.items)
        return bool(code) and table is not None and not is_success(table, code)

    def status(self, operation: Operation, name: str) -> Status | None:
        """The row of an operation's tables with a code or name."""
        uses = operation.statuses
        for key in (uses.table, uses.items, uses.http):
            table = find_table(self.provider, operation, key)
            for row in table.statuses if table else ():
                if name in (row.code, row.name, *row.aliases):
                    return row
        return None

    def _call(
        self,
        match: Match,
        arguments: Mapping[str, Any],
        rules: list[Scenario],
        alone: Mapping[int, Fault],
        reader: Reader,
        now: datetime,
        exchange: int,
    ) -> Call:
        operation = match.route.operation
        codes: dict[str, str] = {}
        outcomes: dict[str, str] = {}
        for rule in rules:
            for person, text in self._messages(operation, arguments):
                if not rule.concerns_message(person, text):
                    continue
                if rule.status and rule.about_recipients():
                    row = self.status(operation, rule.status)
                    codes[person] = row.code if row else rule.status
                if rule.outcome:
                    outcomes[person] = rule.outcome
        return Call(
            operation,
            arguments,
            {**reader.sent(), **reader.wires},
            now,
            exchange,
            alone,
            codes,
            outcomes,
        )

    # Answers.

    def _perform(self, call: Call, wires: Mapping[str, str]) -> Verdict:
        operation = call.operation
        done = self._behaviour.act(call)
        if done.fault is not None:
            return self._refuse(operation, [done.fault], wires)
        table = find_table(self.provider, operation, operation.statuses.table)
        code = success_code(table) if table else None
        if code is not None and not operation.reply.status and operation.statuses.items:
            code = None
        words = self.words(operation, code)
        outgoing = self._writer.write(operation, code, words, done.result, wires)
        return Verdict(outgoing, status=code or "", words=words)

    def words(self, operation: Operation, code: str | None) -> str:
        """The provider's text for a status, as this operation words it."""
        for other, text in operation.statuses.texts:
            if other == code:
                return text
        row = self.status(operation, code) if code is not None else None
        if row is None:
            return ""
        success = row.reaction is None
        return row.text.lower() if success and len(row.text) < 20 else row.text

    def _refuse(
        self,
        operation: Operation,
        faults: list[Fault],
        wires: Mapping[str, str] | None = None,
    ) -> Verdict:
        uses = operation.statuses
        table = find_table(self.provider, operation, uses.table or uses.items)
        status = status_for(table, uses.only, faults[0]) if table else None
        verdict = self._stated(
            operation, status.code if status else None, status, wires
        )
        verdict.why = [fault.why for fault in faults]
        return verdict

    def _stated(
        self,
        operation: Operation,
        code: str | None,
        status: Status | None,
        wires: Mapping[str, str] | None = None,
    ) -> Verdict:
        words = self.words(operation, code)
        if code is None:
            kind = (("Content-Type", "text/plain; charset=utf-8"),)
            return Verdict(Outgoing(400, kind, b"Bad Request"))
        table = find_table(
            self.provider,
            operation,
            operation.statuses.table or operation.statuses.items,
        )
        result = None
        if table is not None and is_success(table, code):
            result = self.samples.result(operation)
        outgoing = self._writer.write(operation, code, words, result, wires)
        return Verdict(
            outgoing, status=code, words=words or (status.text if status else "")
        )

    def write(
        self, operation: Operation, code: str | None, words: str, result: Any
    ) -> Outgoing:
        """The answer with a given status and result, by field names."""
        return self._writer.write(operation, code, words, result)

    def model_tree(
        self, product: str | None, key: str, values: Mapping[str, Any]
    ) -> Any:
        """A record as the provider writes it."""
        return self._writer.records.record(product, key, values)


def _alone(operation: Operation, faults: list[Fault]) -> dict[int, Fault] | None:
    """The faults by recipient, where they refuse single recipients and no more."""
    if operation.statuses.items is None or not faults:
        return None
    found: dict[int, Fault] = {}
    for fault in faults:
        if fault.item is None:
            return None
        found[fault.item] = fault
    return found


def _troubled(outgoing: Outgoing, rule: Scenario) -> Outgoing:
    latency = outgoing.latency + rule.latency
    if rule.trouble in ("reset", "truncate"):
        return replace(outgoing, latency=latency, trouble=rule.trouble)
    if rule.trouble == "garbage":
        kind = (("Content-Type", "text/html"),)
        page = b"<html><body><h1>It works!</h1></body>"
        return Outgoing(200, kind, page, latency)
    if rule.trouble == "flood":
        body = outgoing.body + b" " * FLOOD
        return replace(outgoing, latency=latency, body=body)
    return replace(outgoing, latency=latency) if rule.latency else outgoing


def _told(rule: Scenario) -> list[str]:
    parts = [
        f"{name} {value}"
        for name in ("status", "http", "trouble", "outcome", "latency", "rate")
        if (value := getattr(rule, name))
    ]
    return [f"scenario {rule.id}: {', '.join(parts)}"]
