"""A spec file against its JSON Schema, every complaint at its place.

The words are ours: a validator's name the schema, an author wants to know what
to write.

* `fault`: what the validator found, with the node that it is about
* `words`: how that is said, and the way out
* `checker`: the two together
"""

from .checker import check

__all__ = ["check"]
