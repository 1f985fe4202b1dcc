"""Scenarios: what goes wrong on purpose, for whom, and how often."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from math import isfinite
from typing import Any

TROUBLES = ("", "reset", "truncate", "garbage", "flood")
LONGEST_WAIT = 3_600
"""Seconds of latency."""
OUTCOMES = ("", "delivered", "failed", "expired", "rejected", "never")


class ScenarioError(ValueError):
    """A scenario that cannot be: which key, and what it may be."""


@dataclass(slots=True, kw_only=True)
class Scenario:
    """One rule.  What is empty holds for everything.

    provider, operation: ids.  recipient, text: patterns with `*` and `?`.
    ratio: the share of calls that it hits, 0 to 1.  times: how often at most; None
    is for ever.  status: a code or name of the provider's table.  latency: seconds.
    trouble: `reset` closes the connection without an answer, `truncate` after half
    of it, `garbage` sends what is no answer, `flood` one of 32 MiB.  outcome: the
    state that messages end in; `never` leaves them on the way.  rate: calls a second
    above which the provider's own status for "too fast" is given.  http: answer
    with this HTTP status and an empty page, as a proxy in between would.
    """

    id: int = 0
    provider: str = ""
    operation: str = ""
    recipient: str = ""
    text: str = ""
    ratio: float = 1.0
    times: int | None = None
    status: str = ""
    latency: float = 0.0
    trouble: str = ""
    outcome: str = ""
    rate: float = 0.0
    http: int = 0
    hits: int = 0

    def about_recipients(self) -> bool:
        return bool(self.recipient or self.text)

    def concerns(self, provider: str, operation: str) -> bool:
        return self.provider in ("", provider) and self.operation in ("", operation)

    def concerns_message(self, recipient: str, text: str) -> bool:
        return (not self.recipient or fnmatchcase(recipient, self.recipient)) and (
            not self.text or fnmatchcase(text, self.text)
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def scenario(values: dict[str, Any]) -> Scenario:
    """A scenario from what a form, a JSON body or Python gives.

    Raises ScenarioError.
    """
    known = {field.name: field for field in fields(Scenario)}
    for name in values:
        if name not in known or name in ("id", "hits"):
            offered = ", ".join(n for n in known if n not in ("id", "hits"))
            raise ScenarioError(
                f"`{name}` is no part of a scenario; there are {offered}"
            )
    found: dict[str, Any] = {}
    for name, value in values.items():
        if value in ("", None):
            continue
        try:
            match known[name].type:
                case "float":
                    found[name] = float(value)
                case "int" | "int | None":
                    found[name] = int(value)
                case _:
                    found[name] = str(value)
        except (TypeError, ValueError, OverflowError):
            raise ScenarioError(f"`{name}` must be a number") from None
        if isinstance(found[name], float) and not isfinite(found[name]):
            raise ScenarioError(f"`{name}` must be a number")
    made = Scenario(**found)
    _one_of("trouble", made.trouble, TROUBLES)
    _one_of("outcome", made.outcome, OUTCOMES)
    if not made.status.isprintable():
        raise ScenarioError("`status` must be a code or name of the provider's table")
    if not 0 <= made.ratio <= 1:
        raise ScenarioError("`ratio` must lie between 0 and 1")
    if made.latency < 0 or made.rate < 0 or (made.times is not None and made.times < 1):
        raise ScenarioError("`latency`, `rate` and `times` must be positive")
    if made.latency > LONGEST_WAIT:
        raise ScenarioError(f"`latency` must be at most {LONGEST_WAIT} seconds")
    if made.http and not re.fullmatch("[2-5][0-9][0-9]", str(made.http)):
        raise ScenarioError("`http` must be a status from 200 to 599")
    return made


def _one_of(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        offered = ", ".join(each for each in allowed if each)
        raise ScenarioError(f"`{name}` must be one of {offered}")


class Scenarios:
    """The rules in force, oldest first."""

    def __init__(self, seed: int | None = None) -> None:
        self._rules: dict[int, Scenario] = {}
        self._random = random.Random(seed)
        self._calls: dict[int, deque[datetime]] = {}
        self._next = 0

    def __iter__(self) -> Iterator[Scenario]:
        return iter(list(self._rules.values()))

    def add(self, rule: Scenario) -> Scenario:
        self._next += 1
        rule.id = self._next
        self._rules[rule.id] = rule
        return rule

    def remove(self, identifier: int) -> bool:
        return self._rules.pop(identifier, None) is not None

    def clear(self) -> None:
        self._rules.clear()
        self._calls.clear()

    def for_call(
        self,
        provider: str,
        operation: str,
        messages: Sequence[tuple[str, str]],
        now: datetime,
    ) -> list[Scenario]:
        """The rules that hit a call with these recipients and texts."""
        if not self._rules:
            return []
        return [
            rule
            for rule in list(self._rules.values())
            if rule.concerns(provider, operation)
            and (
                not rule.about_recipients()
                or any(rule.concerns_message(*message) for message in messages)
            )
            and self._hit(rule, now)
        ]

    def _hit(self, rule: Scenario, now: datetime) -> bool:
        if rule.rate and not self._too_fast(rule, now):
            return False
        if rule.ratio < 1 and self._random.random() >= rule.ratio:
            return False
        rule.hits += 1
        if rule.times is not None and rule.hits >= rule.times:
            self._rules.pop(rule.id, None)
        return True

    def _too_fast(self, rule: Scenario, now: datetime) -> bool:
        calls = self._calls.setdefault(rule.id, deque())
        while calls and calls[0] <= now - timedelta(seconds=1):
            calls.popleft()
        if len(calls) >= rule.rate:
            return True
        calls.append(now)
        return False
