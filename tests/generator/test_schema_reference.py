"""The reference of the language is made of the schemas, and its examples are YAML."""

from __future__ import annotations

import html
import re
from pathlib import Path

from wirebook.document import plain, read
from wirebook.schema.reference import reference

ROOT = Path(__file__).parents[2]


def test_it_is_up_to_date() -> None:
    written = (ROOT / "specs/REFERENCE.md").read_text("utf-8")
    assert written == reference(), "run `python -m wirebook.schema`"


def test_every_example_is_read_as_it_stands() -> None:
    shown = [
        html.unescape(text)
        for text in re.findall(r"<code>(.*?)</code> \|", reference())
    ]
    assert len(shown) > 200
    for example in shown:
        node, problems = read(f"example: {example}\n", "REFERENCE.md")
        assert problems == [], example
        assert node is not None
        assert "example" in plain(node)


def test_every_link_leads_somewhere() -> None:
    text = reference()
    targets = set(re.findall(r'<a id="([a-z_]+)"></a>', text))
    assert set(re.findall(r"\]\(#([a-z_]+)\)", text)) <= targets
