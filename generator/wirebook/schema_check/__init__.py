"""A spec file against its JSON Schema, every complaint at its place.

The words are ours: a validator's name the schema, an author wants to know what
to write.

* `sound`: whether there is anything to complain about
* `fault`: what the validator found, with the node that it is about
* `words`: how that is said, and the way out
* `checker`: the two together
"""

from __future__ import annotations

from wirebook import schema
from wirebook.document import MapNode, plain
from wirebook.problem import Problem

from .sound import sound


def check(node: MapNode, kind: schema.Kind) -> list[Problem]:
    """Everything in the file that the schema of its kind does not allow."""
    if sound(plain(node), kind):
        return []
    # The validator is loaded for those who need its explanations.
    from . import checker

    return checker.check(node, kind)


__all__ = ["check"]
