"""Delivery states: one vocabulary beside every provider's own."""

from __future__ import annotations

from enum import StrEnum

import pytest

from wirebook.runtime.delivery import DeliveryState, combined, state_of

S = DeliveryState


class Own(StrEnum):
    DONE = "0"

    @property
    def delivery_state(self) -> DeliveryState:
        return S.DELIVERED


def test_final_states() -> None:
    final = {state for state in S if state.is_final}
    assert final == {S.DELIVERED, S.FAILED, S.EXPIRED, S.REJECTED}


@pytest.mark.parametrize(
    ("value", "unlisted", "state"),
    [
        (Own.DONE, S.UNKNOWN, S.DELIVERED),
        (Own.DONE, S.FAILED, S.DELIVERED),
        ("17", S.UNKNOWN, S.UNKNOWN),
        ("17", S.FAILED, S.FAILED),
        (None, S.FAILED, S.UNKNOWN),
    ],
)
def test_own_values(
    value: object, unlisted: DeliveryState, state: DeliveryState
) -> None:
    assert state_of(value, unlisted) is state


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ((), S.UNKNOWN),
        ((S.UNKNOWN, S.UNKNOWN), S.UNKNOWN),
        ((S.UNKNOWN, S.ENROUTE), S.ENROUTE),
        ((S.DELIVERED, S.REJECTED), S.DELIVERED),
        ((S.FAILED, S.DELIVERED), S.FAILED),
        ((S.FAILED, S.UNKNOWN, S.EXPIRED), S.EXPIRED),
        ((S.FAILED, S.REJECTED), S.REJECTED),
    ],
)
def test_several_values_of_one_report(
    states: tuple[DeliveryState, ...], together: DeliveryState
) -> None:
    assert combined(*states) is together
