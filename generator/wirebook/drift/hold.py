"""Holding: a spec against the pages of one of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wirebook.document import MapNode
from wirebook.fold import fold
from wirebook.model import Provider
from wirebook.review.quotes import quoted

from .compare import Comparison
from .expected import expected
from .finding import Change, Drift, Finding
from .fragment import Fragments
from .page import Page

_ORDER = (Change.MISSING, Change.REWORDED, Change.NEW)
_NOWHERE = ("", 0, 0)


def hold(
    provider: Provider,
    documents: Mapping[str, MapNode],
    page: Page,
    pages: Sequence[str],
    sources: Sequence[str] = (),
) -> Drift:
    """Compare what the spec has from these sources with the pages.

    pages: their names.
    sources: keys; empty means the one whose texts the pages have most of.
    """
    chosen = tuple(sources) or _likeliest(provider, page)
    compared = Comparison(page, expected(provider, chosen))
    findings = sorted(compared.findings, key=_place)
    return Drift(
        provider=provider.id,
        sources=chosen,
        pages=tuple(pages),
        findings=findings,
        same=compared.same,
        folded=compared.folded,
        fragment=Fragments(documents).write(findings),
    )


def _likeliest(provider: Provider, page: Page) -> tuple[str, ...]:
    """The source whose texts are on the page; the first one where none is."""
    whole = " ".join(fold(cell.text) for cell in page.cells)
    counts = dict.fromkeys((source.key for source in provider.sources), 0)
    for text, src, _ in quoted(provider):
        if text and fold(text) in whole:
            for key in {each.partition("#")[0] for each in src}:
                counts[key] = counts.get(key, 0) + 1
    best = max(counts, key=lambda key: counts[key], default=None)
    return (best,) if best is not None else ()


def _place(finding: Finding) -> tuple[int, tuple[str, int, int], tuple[str, int, int]]:
    """What is missing first; then in the order of the spec, then of the page."""
    spec, page = finding.spec, finding.page
    return (
        _ORDER.index(finding.change),
        (spec.file, spec.line, spec.column) if spec else _NOWHERE,
        (page.file, page.line, page.column) if page else _NOWHERE,
    )
