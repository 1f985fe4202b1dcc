"""The text of a spec file as values that know their place.

YAML, but only the part of it that reads the same in every tool and to every
person: no duplicate keys, anchors, aliases, tags, merge keys, directives or
second documents, and no plain scalar that one loader or another takes for a
number, a date or a truth value.  Keys are text; so are all values except plain
decimal integers, `true`, `false` and `null`.

* `node`: MapNode, ListNode, ScalarNode, each with its line and column
* `reader`: events to nodes; `explained`: what its rules mean
* `scalar`: which plain scalars are refused
* `character`: which characters are refused
* `syntax`: what YAML's parser complains about, in plain words
* `measure`: how many values a file holds, and side by side
"""

from wirebook.specs import MAX_BYTES

from .measure import measure
from .node import ListNode, MapNode, Node, ScalarNode, plain
from .reader import (
    MAX_DEPTH,
    MAX_NODES,
    MAX_TEXT,
    MOST_PROBLEMS,
    read,
    read_bytes,
    read_file,
)

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "MAX_TEXT",
    "MOST_PROBLEMS",
    "ListNode",
    "MapNode",
    "Node",
    "ScalarNode",
    "measure",
    "plain",
    "read",
    "read_bytes",
    "read_file",
]
