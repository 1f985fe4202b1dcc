"""What was found, as files of a spec that are valid and say what they do not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from .draft import Draft, Sample, quoted
from .found import Found
from .meanings import codes, described, merged, status_lines, table_key
from .operations import operation_lines
from .schemes import credentials
from .vectors import Sent, vectors
from .words import redacted


class Proposal(Struct, frozen=True):
    """The text of both files, without modelines, and what should be looked at."""

    provider: str
    vectors: str
    remarks: tuple[str, ...]
    samples: tuple[Sample, ...]
    client: str

    def shown(self, sent: Mapping[str, Sent]) -> str:
        """vectors.yaml with the requests that each operation makes of its placeholders."""
        return vectors(self.samples, self.client, sent)


def propose(id: str, title: str | None, found: Found, origin: str) -> Proposal:
    """The spec that what was found suggests.

    origin: what the sources entry calls the input.
    """
    draft = Draft(id, found, remarks=[*found.remarks])
    texts = described(found.tables)
    statuses = [*_statuses(draft)]
    operations = [
        line for call in found.calls for line in operation_lines(draft, call, texts)
    ]
    head = [*_head(draft, title, origin)]
    lines = [*head, *_servers(draft), *credentials(draft)]
    if statuses:
        lines += ["", "statuses:", *statuses]
    if draft.models:
        lines += ["", "models:", *draft.models]
    if operations:
        lines += ["", *_OPERATIONS, "operations:", *operations]
    samples, client = tuple(draft.samples), _client(draft)
    text = "\n".join(lines) + "\n"
    shown = vectors(samples, client, {})
    return Proposal(text, shown, tuple(draft.remarks), samples, client)


_OPERATIONS = (
    "# `does` decides what may be sent twice: check it first.  Then the types, what is",
    "# optional, and the limits: samples show none of these.",
)


def _head(draft: Draft, title: str | None, origin: str) -> Iterator[str]:
    called = title or redacted(draft.found.title) or draft.id.replace("_", " ").title()
    yield "# A proposal, read from samples: lines marked GUESS say what no sample shows."
    yield "spec: 1"
    yield "provider:"
    yield f"  id: {draft.id}"
    yield f"  title: {quoted(called)}"
    yield "  stability: draft"
    yield "  missing:"
    yield '    - "Which failures prove that nothing was submitted (`effect: none`)."'
    yield '    - "Whether a failed request may be sent again (`retry`)."'
    for remark in draft.remarks:
        yield f"    - {quoted(redacted(remark))}"
    yield "sources:"
    yield f"  page: {{title: {quoted(origin)}}}"
    yield "notes:"
    yield from _NOTES[:1]
    if any(codes(table) for table in draft.found.tables):
        yield _NOTES[1]
    if any(not call.shape for call in draft.found.calls):
        yield _NOTES[2]


_NOTES = (
    '  sampled: {kind: assumption, src: page, text: "Names, types and what is optional'
    ' were read from samples."}',
    '  guessed_reactions: {kind: assumption, src: page, text: "Reactions were guessed'
    " from the provider's words; no effect is stated, so failures count as unknown"
    ' outcomes."}',
    '  no_reply: {kind: omission, src: page, text: "No sample shows the reply."}',
)


def _servers(draft: Draft) -> Iterator[str]:
    yield ""
    yield "servers:"
    urls = [*dict.fromkeys(call.server for call in draft.found.calls)]
    if not urls:
        draft.remarks.append("no URL was found: replace https://api.example.com")
        urls = ["https://api.example.com"]
    for index, url in enumerate(urls):
        url = re.sub(r":port$", "", url)
        draft.settings |= set(re.findall(r"\{(\w+)\}", url))
        insecure = ", insecure: true" if url.startswith("http:") else ""
        key = "main" if not index else f"server{index + 1}"
        yield f"  {key}: {{url: {quoted(url)}{insecure}, src: page}}"
    if draft.settings:
        yield "settings:"
        for each in sorted(draft.settings):
            env = f"{draft.id}_{each}".upper()
            yield f"  {each}: {{env: {env}, summary: Part of the address., src: page}}"


def _statuses(draft: Draft) -> Iterator[str]:
    taken: set[str] = set()
    for table in merged(draft.found.tables):
        key = table_key(table, taken)
        draft.tables[key] = {code for code, _ in codes(table)}
        yield from status_lines(key, table, quoted)


def _client(draft: Draft) -> str:
    """The mapping of samples that a client is made with, between its braces."""
    pairs = [f"{key}: {quoted(f'sample-{key}')}" for key in draft.credentials]
    pairs += [f"{key}: api.example.com" for key in sorted(draft.settings)]
    return ", ".join(pairs)
