"""Two small specs that use the whole language, and edits of their text."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wirebook.diff.comparison import Comparison, compare
from wirebook.diff.side import Side, from_folder

TESTS = Path(__file__).resolve().parents[1]
ACME = TESTS / "diff" / "data" / "acme"
"""One provider, one product."""
DUO = TESTS / "golden" / "two_products" / "specs" / "acme"
"""One provider, two products."""

Replacement = tuple[str, str] | tuple[str, str, str]
"""Old and new text, the file before them where it is not provider.yaml."""


@dataclass(frozen=True)
class Copy:
    """Specs in a folder of their own."""

    root: Path

    @property
    def specs(self) -> Path:
        return self.root / "specs"

    def side(self) -> Side:
        return from_folder(self.specs, self.root, self.root.name)

    def edit(self, provider: str, replacements: Sequence[Replacement]) -> None:
        """Replace the first occurrence of each text."""
        for replacement in replacements:
            *file, old, new = replacement
            path = self.specs / provider / (file[0] if file else "provider.yaml")
            text = path.read_text("utf-8")
            assert old in text, f"{old!r} is not in {path.name}"
            path.write_text(text.replace(old, new, 1), "utf-8")


def copy(root: Path, source: Path = ACME) -> Copy:
    """A copy of one provider's specs."""
    shutil.copytree(source, root / "specs" / source.name)
    return Copy(root)


def between(base: Copy, head: Copy) -> Comparison:
    """Compare two copies; both must be readable."""
    sides = base.side(), head.side()
    for side in sides:
        assert not side.problems, side.problems
    return compare(*sides)
