"""Which item of a reply belongs to which recipient of the call."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

from .tree import DecodeProblem

T = TypeVar("T")

_BETWEEN = re.compile(r"[\s()+.-]")


def belonging(
    items: Sequence[T],
    keys: Sequence[str | None],
    sent: Sequence[str],
    ordered: bool,
    partial: bool = False,
) -> list[T]:
    """The items in the order of the recipients that they belong to.

    `keys` names each item's recipient. A key that is masked or missing is taken by
    its position, where the provider says that the order is kept (`ordered`).  Where
    items may be missing (`partial`), those that came stand in that order.

    Raises:
        DecodeProblem: there are more or fewer items than recipients, or an item
            belongs to none of them: then no item can be believed.
    """
    if len(items) > len(sent) or (len(items) < len(sent) and not partial):
        raise DecodeProblem("", f"{len(sent)} items expected, {len(items)} came")
    if (
        ordered
        and len(items) == len(sent)
        and all(
            not key or "*" in key or _number(key) == _number(recipient)
            for key, recipient in zip(keys, sent, strict=True)
        )
    ):
        return list(items)
    places: dict[str, deque[T]] = {}
    for item, key in zip(items, keys, strict=True):
        places.setdefault(_number(key or ""), deque()).append(item)
    found: list[T] = []
    for recipient in sent:
        waiting = places.get(_number(recipient))
        if waiting:
            found.append(waiting.popleft())
    if len(found) < len(items):
        raise DecodeProblem("", "an item belongs to no recipient of the call")
    return found


def owners(keys: Sequence[str | None], sent: Sequence[str]) -> list[str | None]:
    """For each item the recipient as the call has it, None where that is not sure."""
    if len(keys) == len(sent) == 1 and not keys[0]:
        return list(sent)
    known = {_number(recipient): recipient for recipient in sent}
    return [known.get(_number(key)) if key else None for key in keys]


def texts(value: object, path: Sequence[str] = ()) -> list[str]:
    """A value or a sequence of values as texts; of records, the field at `path`."""
    if value is None:
        return []
    if isinstance(value, Iterable) and not isinstance(value, str):
        items = cast("Iterable[object]", value)
        return [text for item in items for text in texts(item, path)]
    if path:
        return texts(getattr(value, path[0]), path[1:])
    return [str(value)]


def _number(text: str) -> str:
    """What two spellings of one number have in common."""
    digits = text if text.isdigit() else _BETWEEN.sub("", text)
    return digits.lstrip("0")
