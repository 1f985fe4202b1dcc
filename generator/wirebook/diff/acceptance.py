"""Acceptance: findings that a person has looked at and wants, with the reason.

    # specs/accepted.yaml
    accepted:
      - provider: onbuka
        intent: provider_change
        reason: Page read again; the Email section is gone.
        accept:
          - {id: S001, at: email/statuses/email_status, fp: 3f1c9a0b7d21}

A finding is accepted by its fingerprint.  It is still shown, as accepted; a
fingerprint that does not occur is reported, so that the file stays short.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from wirebook.document import ListNode, MapNode, Node, ScalarNode, read_bytes
from wirebook.explain import Explanation
from wirebook.model import Where
from wirebook.problem import Problem, did_you_mean, error, quote

from .finding import Finding, Side, rule
from .rule import Group

FILE = "accepted.yaml"
STALE = "M004"


class Intent(StrEnum):
    """Why a spec changes."""

    CORRECTION = "correction"
    """The spec was wrong about the provider."""
    PROVIDER_CHANGE = "provider_change"
    """The provider does something else than before."""
    DESIGN_CHANGE = "design_change"
    """The provider is the same; we say it differently."""


class Acceptance(Struct, frozen=True):
    """One accepted finding."""

    provider: str
    intent: Intent
    reason: str
    rule: str
    at: str
    fingerprint: str
    where: Where


class Accepted(Struct, frozen=True):
    """Everything that was accepted, by provider and fingerprint."""

    entries: Mapping[tuple[str, str], Acceptance]

    def of(self, finding: Finding) -> Acceptance | None:
        found = self.entries.get((finding.provider, finding.fingerprint))
        return found if found and found.rule == finding.rule.id else None

    def stale(
        self, findings: Iterable[Finding], providers: Sequence[str] = ()
    ) -> Iterator[Finding]:
        """A finding for every acceptance that nothing needs.

        providers: the only ones that were compared; empty means all.
        """
        needed = {
            (entry.provider, entry.fingerprint)
            for finding in findings
            if (entry := self.of(finding))
        }
        for key, entry in self.entries.items():
            if key not in needed and (not providers or entry.provider in providers):
                yield _stale(entry)


NOTHING = Accepted({})


def read(content: bytes, file: str) -> tuple[Accepted, list[Problem]]:
    """Read a file of acceptances; what is wrong with it is reported in place."""
    root, problems = read_bytes(content, file)
    if root is None or problems:
        return NOTHING, problems
    reader = _Reader(problems)
    entries = {
        (entry.provider, entry.fingerprint): entry for entry in reader.entries(root)
    }
    return Accepted(entries), problems


def block(findings: Iterable[Finding], whole: bool) -> str:
    """The entries that would accept findings, ready to be pasted.

    whole: whether there is no file yet, so that its first lines are needed too.
    """
    by_provider: dict[str, list[Finding]] = {}
    for finding in findings:
        by_provider.setdefault(finding.provider, []).append(finding)
    lines: list[str] = ["accepted:"] if whole and by_provider else []
    for provider, group in by_provider.items():
        lines += [
            f"  - provider: {provider}",
            "    intent:                # correction, provider_change or design_change",
            "    reason:                # why this is wanted, and how you know",
            "    accept:",
        ]
        lines += [
            f"      - {{id: {finding.rule.id}, at: {json.dumps(finding.at)},"
            f" fp: {json.dumps(finding.fingerprint)}}}"
            for finding in group
        ]
    return "".join(f"{line}\n" for line in lines)


def _stale(entry: Acceptance) -> Finding:
    found = rule(STALE)
    return Finding(
        rule=found,
        verdict=found.verdict,
        provider=entry.provider,
        at=entry.at,
        role="acceptance",
        text=f"{entry.rule} was accepted here and does not occur; delete the line",
        groups=frozenset({Group.DOC}),
        head=Side(where=entry.where, value=entry.fingerprint),
        claims=0,
    )


_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


class _Reader:
    """Reads the nodes of the file and collects problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def entries(self, root: MapNode) -> Iterator[Acceptance]:
        self._keys(root, ("accepted",))
        for item in self._maps(root, "accepted"):
            self._keys(item, ("provider", "intent", "reason", "accept"))
            provider, reason = self._text(item, "provider"), self._text(item, "reason")
            intent = self._intent(item)
            for line in self._maps(item, "accept"):
                self._keys(line, ("id", "at", "fp"))
                fingerprint = self._text(line, "fp")
                if fingerprint and not _FINGERPRINT.fullmatch(fingerprint):
                    self._wrong(
                        line.entries.get("fp", line),
                        "a fingerprint has twelve hexadecimal digits",
                        "paste the line that `wirebook diff` prints",
                    )
                id, at = self._text(line, "id"), self._text(line, "at")
                if intent is not None:
                    yield Acceptance(
                        provider, intent, reason, id, at, fingerprint, line.where
                    )

    def _intent(self, item: MapNode) -> Intent | None:
        text = self._text(item, "intent")
        if text in tuple(Intent):
            return Intent(text)
        if text:
            self._wrong(
                item.entries["intent"],
                f"unknown intent {quote(text)}{did_you_mean(text, Intent)}",
                "it is one of " + ", ".join(Intent),
            )
        return None

    def _maps(self, node: MapNode, key: str) -> Iterator[MapNode]:
        found = node.entries.get(key)
        items = found.items if isinstance(found, ListNode) else ()
        if not isinstance(found, ListNode):
            self._wrong(found or node, f"{quote(key)} must be a list")
        for item in items:
            if isinstance(item, MapNode):
                yield item
            else:
                self._wrong(item, f"an entry of {quote(key)} must be a map")

    def _text(self, node: MapNode, key: str) -> str:
        found = node.entries.get(key)
        if isinstance(found, ScalarNode) and found.text.strip():
            return found.text
        self._wrong(found or node, f"{quote(key)} is missing")
        return ""

    def _keys(self, node: MapNode, known: Sequence[str]) -> None:
        for key, where in node.keys.items():
            if key not in known:
                near = did_you_mean(key, known)
                message = f"unknown key {quote(key)}{near}"
                self._problems.append(error("wrong-acceptance", where, message))

    def _wrong(self, node: Node, message: str, hint: str | None = None) -> None:
        self._problems.append(error("wrong-acceptance", node.where, message, hint))


EXPLANATIONS = (
    Explanation(
        "wrong-acceptance",
        "The file of accepted findings cannot be used",
        "An acceptance silences a finding, so it must say exactly which one, with what "
        "intent, and why; anything unclear silences nothing.",
        "accepted:\n  - provider: onbuka\n    accept: [S001]\n",
        "accepted:\n"
        "  - provider: onbuka\n"
        "    intent: provider_change\n"
        "    reason: The Email section is gone from the page.\n"
        "    accept:\n"
        '      - {id: S001, at: "email/statuses/status", fp: "3f1c9a0b7d21"}\n',
    ),
)
