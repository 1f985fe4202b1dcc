"""Settled: what a run wrote is looked at once more, so that the next one need not."""

from __future__ import annotations

from . import manifest
from .seen import Seen
from .write import MANY, Survey


def settled(found: Survey, seen: Seen) -> bool:
    """Whether the disk is what `found` says, after `apply`; `seen` has looked again at
    all that was changed.  Few changes only: more take longer than they spare."""
    changes = [change for change in found.changes if change.stale]
    if not seen.sure() or len(changes) >= MANY:
        return False
    if changes:
        seen.settle()
    # Before it is read, so that what others do to it from now on shows.
    seen.note(f"{found.root}/{manifest.NAME}")
    for change in changes:
        path = f"{found.root}/{change.path}"
        seen.forget(path)
        try:
            if change.content and seen.digest(path) != change.content.digest:
                return False
        except OSError:
            # Somebody was here in between.
            return False
        folder = change.path.rpartition("/")[0]
        while folder:
            seen.note(f"{found.root}/{folder}")
            folder = folder.rpartition("/")[0]
    return seen.sure() and not found.manifest_change().stale
