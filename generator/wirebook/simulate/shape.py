"""Which of the shapes that an operation answers in a reply takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirebook.model import Alternate, Operation, Reply

from .kinds import is_list, is_mapping
from .samples import Samples


def find_shape(
    samples: Samples,
    operation: Operation,
    code: str | None,
    success: bool,
    wires: Mapping[str, str],
    result: Any,
) -> Alternate | None:
    """The other shape that says the code and the result; None for the main one."""
    asked = [
        alternate
        for alternate in operation.alternates
        if (when := alternate.parameter) is not None
        and wires.get(when.parameter) in when.values
    ]
    for alternate in asked:
        reply = alternate.reply
        carries = reply.returns or not operation.reply.returns
        judges = reply.status or alternate.status_is == code
        if carries if success else judges:
            return alternate
    if asked:
        return asked[0]
    if success:
        for alternate in operation.alternates:
            if _only_in(alternate, result):
                return alternate
        return samples.shape(operation)
    if operation.reply.status or in_items(operation, operation.reply):
        return None
    for alternate in operation.alternates:
        if alternate.reply.status or alternate.status_is == code:
            return alternate
    return None


def in_items(operation: Operation, shape: Reply) -> bool:
    """Whether a refusal is an item of its own, for want of another place."""
    return (
        not shape.status
        and operation.statuses.items is not None
        and shape.returns_model
    )


def _only_in(alternate: Alternate, result: Any) -> bool:
    """Whether the result has nothing but what this very shape names."""
    given = {name for name, value in _first(result).items() if value is not None}
    return bool(given) and given <= set(alternate.reply.fields)


def _first(result: Any) -> Mapping[str, Any]:
    item = result[0] if is_list(result) and result else result
    return item if is_mapping(item) else {}
