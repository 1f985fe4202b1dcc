"""Findings stand exactly where their values are written, on both sides."""

from pathlib import Path

import pytest

from tests.support.mutations import MUTATIONS
from tests.support.specimens import Copy, between, copy

VALUES = {
    "K001": ("      content: {wire: c, type: text, min_length: 1, ", "max_length: 500"),
    "O006": ("    ", "method: POST\n    path: /many"),
    "S009": ("      3: {name: NO_MONEY, text: No money left, ", "reaction: balance"),
    "E004": ("    defaults: {effect: none, ", "retry: never"),
    "O008": ("    fixed: {", "action: send, format"),
    "W001": ("      recipients: {wire: to, type: phone, ", 'list: {join: ",", min'),
    "O018": ("total: total, ", "first: 1"),
    "A009": ("      ", "sign: {digest: md5"),
    "G003": ("single: 160, ", "part: 153"),
    "R034": ("text: It is too old, ", "state: expired"),
}
"""Rule -> the text before the key of what its mutation changes, and from the key on."""


@pytest.mark.parametrize("rule", VALUES)
def test_a_finding_stands_at_the_key_of_its_value(rule: str, tmp_path: Path):
    base, head = copy(tmp_path / "base"), copy(tmp_path / "head")
    (mutation,) = (each for each in MUTATIONS if each.rule == rule)
    head.edit("acme", mutation.edits)
    # Lines move on one side only, so that a mixed-up side would show.
    head.edit("acme", [("spec: 1\n", "spec: 1\n\n# moved\n\n")])
    found = {finding.rule.id: finding for finding in between(base, head).findings}
    before, value = VALUES[rule]
    line, column = _place(base, before, value)
    finding = found[rule]
    assert finding.base is not None
    assert finding.head is not None
    assert (finding.base.where.line, finding.base.where.column) == (line, column)
    assert (finding.head.where.line, finding.head.where.column) == (line + 3, column)
    assert finding.head.where.file == "specs/acme/provider.yaml"


def _place(specs: Copy, before: str, value: str) -> tuple[int, int]:
    text = (specs.specs / "acme" / "provider.yaml").read_text("utf-8")
    start = text.index(before + value) + len(before)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
