"""Whole providers and products: what came, went and was renamed."""

import shutil
from pathlib import Path

import pytest

from tests.support.specimens import DUO, Copy, between, copy


@pytest.fixture
def base(tmp_path: Path) -> Copy:
    return copy(tmp_path / "base")


@pytest.fixture
def head(tmp_path: Path) -> Copy:
    return copy(tmp_path / "head")


def _rename(specs: Copy, new: str, *more: tuple[str, str]) -> None:
    shutil.move(specs.specs / "acme", specs.specs / new)
    specs.edit(new, [("  id: acme\n", f"  id: {new}\n"), *more])


def _rules(base: Copy, head: Copy) -> list[str]:
    return [finding.rule.id for finding in between(base, head).findings]


def test_a_provider_that_is_gone(base, head):
    shutil.rmtree(head.specs / "acme")
    (finding,) = between(base, head).findings
    assert finding.rule.id == "P001"
    assert finding.text == (
        "provider removed: 6 operations, 8 codes, 2 vectors, 3 notes"
    )
    assert finding.base is not None
    assert finding.head is None


def test_a_provider_that_is_new(base, head):
    shutil.rmtree(base.specs / "acme")
    assert _rules(base, head) == ["P002"]


def test_a_provider_under_another_id(base, head):
    _rename(head, "acne")
    assert _rules(base, head) == ["P003", "P013"]


def test_a_provider_under_another_id_with_an_alias(base, head):
    _rename(head, "acne", ("  title:", "  renamed_from: acme\n  title:"))
    found = {finding.rule.id: finding for finding in between(base, head).findings}
    assert found["P010"].verdict == "safe"
    assert found["P010"].text == "provider renamed: acme → acne"
    assert "P003" not in found


def test_two_providers_at_one_server_are_no_renaming(base, head, tmp_path: Path):
    shutil.copytree(head.specs / "acme", head.specs / "more")
    head.edit("more", [("  id: acme\n", "  id: more\n")])
    assert _rules(base, head) == ["P002"]


@pytest.fixture
def products(tmp_path: Path) -> tuple[Copy, Copy]:
    return copy(tmp_path / "one", DUO), copy(tmp_path / "two", DUO)


def test_products_that_come_and_go(products):
    base, head = products
    (head.specs / "acme" / "calls.yaml").unlink()
    path = head.specs / "acme" / "vectors.yaml"
    text = path.read_text("utf-8")
    kept = [
        part
        for part in text.split("\n  - id: ")
        if "operation: calls." not in part and "callback:calls." not in part
    ]
    path.write_text("\n  - id: ".join(kept), "utf-8")
    head.edit("acme", [(', calls: "/voice/{tenant}"', "")] * 2)
    side = head.side()
    assert not side.problems, side.problems
    assert "P011" in _rules(base, head)
    assert "P012" in _rules(head, base)


def test_a_product_under_another_id(products):
    base, head = products
    folder = head.specs / "acme"
    shutil.move(folder / "calls.yaml", folder / "voice.yaml")
    head.edit("acme", [("voice.yaml", "id: calls", "id: voice")])
    head.edit("acme", [('calls: "/voice', 'voice: "/voice')] * 2)
    path = folder / "vectors.yaml"
    path.write_text(path.read_text("utf-8").replace("calls.", "voice."), "utf-8")
    found = {finding.rule.id: finding for finding in between(base, head).findings}
    assert found["P014"].text == "product renamed: calls → voice"
    assert "O001" not in found
    assert "O003" not in found
