"""Stale output: generated files that are not what the specs produce."""

from __future__ import annotations

from collections.abc import Sequence

from wirebook.config import Config
from wirebook.manifest import NAME as MANIFEST
from wirebook.manifest import ManifestError, PathRefused
from wirebook.model import Where
from wirebook.pipeline import produce

from .finding import Finding, Side, rule
from .rule import Group

SHOWN = 5


def findings(config: Config, providers: Sequence[str] = ()) -> list[Finding]:
    """One finding where anything is stale; none where nothing was ever generated.

    Raises ManifestError or PathRefused where the output cannot be trusted.
    """
    if not (config.output / MANIFEST).is_file():
        return []
    output = produce(config, providers)
    stale = [
        config.relative(survey.root / change.path)
        for survey in (tree.survey() for tree in output.trees)
        for change in survey.stale
    ]
    if not stale:
        return []
    found = rule("M003")
    more = f" and {len(stale) - SHOWN} more" if len(stale) > SHOWN else ""
    return [
        Finding(
            rule=found,
            verdict=found.verdict,
            provider="generated",
            at=config.relative(config.output),
            role="output",
            text=f"run `wirebook generate`: {', '.join(stale[:SHOWN])}{more}",
            groups=frozenset({Group.SOURCE}),
            head=Side(where=Where(stale[0], 1, 1), value=str(len(stale))),
            claims=len(stale),
            keys=tuple(stale),
        )
    ]


__all__ = ["Finding", "ManifestError", "PathRefused", "findings"]
