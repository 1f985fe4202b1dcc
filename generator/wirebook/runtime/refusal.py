"""How an argument is refused: the parameter, the rule and the limit, no value."""

from __future__ import annotations

from .errors import InvalidArgument

__all__ = ["counted", "must_be", "refusal"]


def refusal(name: str, why: str) -> InvalidArgument:
    """The error to raise."""
    return InvalidArgument(f"{name}: {why}", parameter=name)


def must_be(name: str, value: object, *kinds: type) -> None:
    """Refuse what is of none of the kinds; the first is named."""
    if not isinstance(value, kinds):
        wanted = kinds[0].__name__
        raise refusal(name, f"must be {wanted}, not {type(value).__name__}")


def counted(number: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
