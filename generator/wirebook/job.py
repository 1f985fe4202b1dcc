"""Jobs: what is to be made, with everything it depends on.

A provider is one job, and what speaks of all of them is another.  A job is made by
a pure function of its fields (`work`), so that may happen in any process on any
machine, and what it made may be kept under the job's key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, to_builtins

from .entry import Entry


class Unusable(Exception):
    """An executor that does not exist, does not answer, or is of another kind."""


class Setup(Struct, frozen=True, kw_only=True):
    """What is the same for all jobs of a run."""

    package: str
    docs: bool
    tool: str
    """Digest of the tool, and of the project's own templates."""
    root: Path
    """Places name files relative to it."""
    templates: Path | None
    imports: tuple[str, ...] = ()
    """Modules that the project's own templates may import besides."""
    packed: bool = True
    """Whether what is made is compressed, which changes nothing in it."""

    def key(self, *facts: object) -> str:
        """One digest of everything that a result depends on."""
        text = json.dumps([self.tool, self.package, self.docs, self.imports, *facts])
        return hashlib.sha256(text.encode()).hexdigest()


class Job(Struct, frozen=True):
    """One provider: its files by name."""

    setup: Setup
    files: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """Bytes of spec, for which the work grows in proportion."""
        return sum(map(len, self.files.values()))

    @property
    def key(self) -> str:
        digests = [
            (name, hashlib.sha256(content).hexdigest())
            for name, content in self.files.items()
        ]
        return self.setup.key("provider", digests)


class Whole(Struct, frozen=True):
    """What speaks of all providers, by what each says of itself."""

    setup: Setup
    entries: tuple[Entry, ...]

    @property
    def key(self) -> str:
        return self.setup.key("whole", to_builtins(self.entries))
