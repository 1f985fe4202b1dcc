"""What became of a message, in words that all providers share.

A provider's own value says more, and stays beside this one.
"""

from __future__ import annotations

from enum import StrEnum


class DeliveryState(StrEnum):
    """What became of a message."""

    ACCEPTED = "accepted"
    """The provider has it, and has not passed it on yet."""
    ENROUTE = "enroute"
    """It is on its way."""
    DELIVERED = "delivered"
    """It has arrived."""
    FAILED = "failed"
    """It did not arrive, and will not."""
    EXPIRED = "expired"
    """It did not arrive in the time that it had."""
    REJECTED = "rejected"
    """The network, the operator or the provider refused it."""
    UNKNOWN = "unknown"
    """Nobody can tell."""

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen: delivered, failed, expired, rejected."""
        return self in _FINAL


_FINAL = frozenset(
    {
        DeliveryState.DELIVERED,
        DeliveryState.FAILED,
        DeliveryState.EXPIRED,
        DeliveryState.REJECTED,
    }
)
_CLOSER = frozenset({DeliveryState.EXPIRED, DeliveryState.REJECTED})


def state_of(
    value: object, unlisted: DeliveryState = DeliveryState.UNKNOWN
) -> DeliveryState:
    """What a provider's own value stands for.

    unlisted: what every value means that the provider's page does not list.
    Nothing (None) says nothing.
    """
    if value is None:
        return DeliveryState.UNKNOWN
    state = getattr(value, "delivery_state", unlisted)
    return state if isinstance(state, DeliveryState) else unlisted


def combined(*states: DeliveryState) -> DeliveryState:
    """What several values of one report say together.

    The first one that says anything decides; where it says failed, a later one may
    say how: expired or rejected.
    """
    told = [state for state in states if state is not DeliveryState.UNKNOWN]
    if not told:
        return DeliveryState.UNKNOWN
    if told[0] is DeliveryState.FAILED:
        return next((state for state in told if state in _CLOSER), told[0])
    return told[0]
