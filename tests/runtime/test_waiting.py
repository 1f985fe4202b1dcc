"""The questions of a wait, without a network: one id at a time, and what is kept."""

from __future__ import annotations

import pickle
from typing import Any, NamedTuple

import pytest

from wirebook.runtime.account import Account
from wirebook.runtime.call import Call, Operation
from wirebook.runtime.credentials import BaseCredentials
from wirebook.runtime.delivery import DeliveryState
from wirebook.runtime.draft import Draft
from wirebook.runtime.errors import DeliveryPending, NotSent
from wirebook.runtime.moment import Clock, Random
from wirebook.runtime.request import Place
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does
from wirebook.runtime.steps import Ask, Wait
from wirebook.runtime.waiting import Watch

REPORT = Operation("acme.get_report", does=Does.READS)


class Item(NamedTuple):
    id: str
    state: DeliveryState


class Hurried(Clock):
    passed = 0.0

    def monotonic(self) -> float:
        return self.passed


class Most(Random):
    def fraction(self) -> float:
        return 0.999


def ask(id: str) -> Call[Item]:
    draft = Draft("GET", "/report", Place.QUERY)
    return Call(REPORT, draft, lambda reply: Item("", DeliveryState.UNKNOWN), id=id)


def watch(*ids: str, timeout: float = 100) -> Watch[Item, Item]:
    return Watch(
        "ids",
        ids,
        lambda batch: ask(batch[0]),
        lambda item: (item,),
        lambda item: item.id,
        lambda item: item.state,
        timeout=timeout,
        interval=10,
    )


def drive(one: Watch[Item, Item], *answers: Any) -> tuple[list[Item], list[Any]]:
    """Play the answers: the reports, the ids asked for and the waits between."""
    clock = Hurried()
    server = Server("https://example.test")
    account = Account(BaseCredentials(), server, clock=clock, random=Most())
    steps = one.steps(account)
    waiting = list(answers)
    done: list[Any] = []
    step = next(steps)
    try:
        while True:
            if isinstance(step, Wait):
                done.append(round(step.seconds, 1))
                clock.passed += step.seconds
                step = steps.send(None)
                continue
            assert isinstance(step, Ask)
            done.append(step.call.arguments["id"])
            answer = waiting.pop(0)
            raised = isinstance(answer, Exception)
            step = steps.throw(answer) if raised else steps.send(answer)
    except StopIteration as end:
        return end.value, done


SENT, FAR = DeliveryState.DELIVERED, DeliveryState.ENROUTE


def test_one_id_is_asked_about_at_a_time() -> None:
    answers = (Item("a", SENT), Item("b", FAR), Item("b", SENT))
    reports, done = drive(watch("a", "b", "a"), *answers)

    assert reports == [Item("a", SENT), Item("b", SENT)]
    assert done == ["a", "b", 12.5, "b"]


def test_reports_of_others_are_not_kept() -> None:
    reports, done = drive(watch("a"), Item("x", SENT), Item("a", SENT))

    assert reports == [Item("a", SENT)]
    assert done == ["a", 12.5, "a"]


def test_an_answer_without_a_result_reports_nothing_yet() -> None:
    reports, done = drive(watch("a"), None, Item("a", SENT))

    assert reports == [Item("a", SENT)]
    assert done == ["a", 12.5, "a"]


def test_a_failure_that_passes_keeps_what_came_before() -> None:
    lost = NotSent("no way", reason="connect")
    reports, done = drive(watch("a", "b"), Item("a", SENT), lost, Item("b", SENT))

    assert [item.id for item in reports] == ["a", "b"]
    assert done == ["a", "b", 12.5, "b"]


def test_a_closed_client_ends_it() -> None:
    with pytest.raises(NotSent):
        drive(watch("a"), NotSent("closed", reason="closed"))


def test_what_is_pending_survives_a_pickle() -> None:
    with pytest.raises(DeliveryPending) as failure:
        drive(watch("a", timeout=30), *[Item("a", FAR)] * 3)

    twin = pickle.loads(pickle.dumps(failure.value))  # noqa: S301 - our own bytes
    assert twin.pending == ("a",)
    assert twin.reports == (Item("a", FAR),)
    assert str(twin) == str(failure.value)
