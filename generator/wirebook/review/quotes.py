"""Quotes: texts of a spec that are not those of their source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from wirebook.explain import Explanation
from wirebook.fold import fold
from wirebook.model import Provider, Source, Where
from wirebook.problem import nearest, quote
from wirebook.report import Report
from wirebook.rules.lookup import holders, operations

from .spec import Spec

_LARGEST = 50_000_000
"""Bytes of a document that is searched."""


def check(spec: Spec, report: Report) -> None:
    """Look the provider's words up in those documents that lie beside the spec."""
    found = {
        source.key: document
        for source in spec.provider.sources
        if (document := _read(source, spec.root, report)) is not None
    }
    if not found:
        return
    lines = {key: [fold(line) for line in read] for key, read in found.items()}
    whole = {key: " ".join(" ".join(rows).split()) for key, rows in lines.items()}
    for text, src, where in quoted(spec.provider):
        keys = [each.partition("#")[0] for each in src]
        # A text of several sources may be in one that is not here.
        if not keys or any(key not in whole for key in keys):
            continue
        words = fold(text)
        if words and not any(words in whole[key] for key in keys):
            near = nearest(words, (line for key in keys for line in lines[key] if line))
            report.warning(
                "text-not-in-source",
                where,
                f"the text {quote(text)} is not in {quote(keys[0])}",
                f"the document has {quote(near)}" if near else None,
            )


def quoted(provider: Provider) -> Iterator[tuple[str, tuple[str, ...], Where]]:
    """The provider's own words, with where they come from and where they stand."""
    for product, _ in holders(provider):
        for table in product.tables:
            for row in table.statuses:
                yield row.text, row.src, row.where
            for family in table.families:
                yield family.text, family.src, family.where
        for enum in product.enums:
            for value in enum.values:
                yield value.text, value.src, value.where
    for operation, _ in operations(provider):
        for rule in operation.rules:
            yield rule.text, rule.src, rule.where
        use = operation.statuses
        for _, text in use.texts:
            yield text, use.src or operation.src, operation.where


def _read(source: Source, root: Path, report: Report) -> list[str] | None:
    """The lines of a document; None where it is not here."""
    path = (root / source.file).resolve() if "\0" not in source.file else root
    # What a spec names outside of the project is no business of its.
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        return None
    if path.stat().st_size > _LARGEST:
        return None
    content = path.read_bytes()
    if source.sha256 and hashlib.sha256(content).hexdigest() != source.sha256.lower():
        report.warning(
            "source-changed",
            source.where,
            f"{quote(source.file)} is not the document that the spec was written from",
            "`wirebook drift` says what has changed; then write down its new sha256",
        )
    return content.decode("utf-8", "replace").splitlines()


EXPLANATIONS = (
    Explanation(
        "text-not-in-source",
        "A text that its source does not have",
        "`text` repeats the provider's words, so that a caller finds them on the page; "
        "our own words are a `summary`. Spaces, quotes and dashes are folded.",
        "-9: {name: LOW, text: Not enough money, ...}    # page: Insufficient balance\n",
        "-9: {name: LOW, text: Insufficient balance, summary: Not enough money., ...}\n",
    ),
    Explanation(
        "source-changed",
        "A document that is not the one that was read",
        "The checksum of a source says which edition the spec was written from; "
        "another edition may say other things.",
        "sources: {doc: {title: …, file: page.txt, sha256: …}}    # of the old page\n",
        "sources: {doc: {title: …, file: page.txt, sha256: …}}    # read again\n",
    ),
)
