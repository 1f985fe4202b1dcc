"""What a child process must not share with its parent.

Two processes that read one socket get each other's replies, and a lock that some
other thread held during the fork stays locked for ever in the child. Whoever owns
sockets or long-held locks registers here and starts afresh in the child.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class ForkAware(Protocol):
    def after_fork(self) -> None:
        """Replace pools and locks; close nothing that the parent still uses."""
        ...


_registered: WeakSet[ForkAware] = WeakSet()


def register(thing: ForkAware) -> None:
    _registered.add(thing)


def _in_child() -> None:
    for thing in list(_registered):
        thing.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
