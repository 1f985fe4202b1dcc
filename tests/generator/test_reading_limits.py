"""Bombs: a spec that is too much ends in a few located errors, soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from wirebook import specs
from wirebook.document import MAX_NODES, read
from wirebook.document.measure import ENTRIES, measure
from wirebook.load import load
from wirebook.markdown import text
from wirebook.problem import nearest

ROOT = Path(__file__).resolve().parents[2]
PING = (ROOT / "tests/golden/one_read/specs/ping/provider.yaml").read_text()
OPERATION = "does: reads, method: GET, path: /x, reply: {format: json"
MANY = MAX_NODES // 12


def added(section: str, lines: str) -> str:
    assert f"\n{section}:\n" in PING
    return PING.replace(f"\n{section}:\n", f"\n{section}:\n{lines}", 1)


BOMBS = {
    "unknown keys": PING + "".join(f"key{n}: 1\n" for n in range(20_000)),
    "unknown models": added(
        "operations",
        "".join(
            f"  op{n}: {{{OPERATION}, returns: m{n}}}}}\n" for n in range(MANY // 2)
        ),
    ),
    "values of the wrong kind": added(
        "operations", "".join(f"  op{n}: {{does: 1}}\n" for n in range(MANY))
    ),
    "one name for all": added(
        "statuses",
        "  big:\n    type: int\n    success: [0]\n    codes:\n"
        + "".join(
            f"      {n}: {{name: N, text: t, reaction: balance}}\n"
            for n in range(MANY // 2)
        ),
    ),
    "anchors": "".join(f"k{n}: &a{n} x\n" for n in range(50_000)),
    "merges": "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: *a}}\n" for n in range(30_000)),
    "laughs": "a: &a [x, x]\n"
    + "".join(f"b{n}: &b{n} [*a, *a, *a, *a]\n" for n in range(30_000)),
    "endless digits": added(
        "statuses",
        f"  x:\n    type: int\n    success: ['{'9' * 9_000}']\n    codes: {{}}\n",
    ),
    "brackets": "a: " + "[" * 900_000,
    "braces": "a: " + "{a: " * 200_000,
    "dashes": "- " * 400_000,
    "questions": "? " * 400_000,
    "quotes": "'" * 900_000,
    "escapes": 'a: "' + "\\x41" * 200_000 + '"\n',
    "one long line": "#" * 900_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_located_errors(name: str, tmp_path: Path) -> None:
    (tmp_path / "specs/ping").mkdir(parents=True)
    (tmp_path / "specs/ping/provider.yaml").write_text(BOMBS[name])
    begin = time.process_time()
    loaded = load(tmp_path / "specs", tmp_path)
    assert time.process_time() - begin < 5
    assert not loaded.providers
    assert 0 < len(loaded.problems) < 4_500
    assert {p.where.file for p in loaded.problems} == {"specs/ping/provider.yaml"}


def test_guessing_a_word_costs_the_same_however_many_there_are() -> None:
    known = [f"delivery_{number}" for number in range(100_000)]
    assert nearest("delivry", ["delivery", "report"]) == "delivery"
    assert nearest("x" * 5_000, known) is None
    begin = time.process_time()
    for _ in range(3):
        nearest("delivery_0x", known)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    "word", ["." * 20_000 + "@x", "(" * 20_000 + "@x", "{" * 20_000]
)
def test_a_word_of_signs_is_written_soon(word: str) -> None:
    begin = time.process_time()
    text(word)
    assert time.process_time() - begin < 1


def told(root: Path) -> list[str]:
    return [f"{p.where}: {p.rule}" for p in load(root / "specs", root).problems]


def test_a_provider_has_so_many_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wirebook.load.MAX_FILES", 2)
    (tmp_path / "specs/ping").mkdir(parents=True)
    for name in ("provider", "vectors-a", "vectors-b"):
        text = PING if name == "provider" else "spec: 1\nvectors: []\n"
        (tmp_path / f"specs/ping/{name}.yaml").write_text(text)
    assert told(tmp_path) == ["specs/ping/vectors-b.yaml:1:1: provider-too-large"]


def test_a_provider_has_so_many_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wirebook.load.MAX_VALUES", 50)
    (tmp_path / "specs/ping").mkdir(parents=True)
    (tmp_path / "specs/ping/provider.yaml").write_text(PING)
    assert told(tmp_path) == ["specs/ping/provider.yaml:1:1: provider-too-large"]


def test_a_run_has_so_many_providers_and_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ping", "pong"):
        (tmp_path / f"specs/{name}").mkdir(parents=True)
        spec = PING.replace("id: ping", f"id: {name}")
        (tmp_path / f"specs/{name}/provider.yaml").write_text(spec)
    folders = [tmp_path / "specs/ping", tmp_path / "specs/pong"]
    monkeypatch.setattr(specs, "MAX_RUN", len(PING) + 10)
    found, problems = specs.contents(folders, tmp_path)
    assert found == []
    assert [f"{p.where}: {p.rule}" for p in problems] == [
        "specs/pong:1:1: specs-too-large"
    ]
    monkeypatch.setattr(specs, "MAX_PROVIDERS", 1)
    assert told(tmp_path) == ["specs:1:1: specs-too-large"]


def test_lists_have_so_many_entries() -> None:
    most = ENTRIES["aliases"]
    node, _ = read(f"a: {{aliases: [{'x, ' * (most + 1)}]}}\n", "f.yaml")
    assert node is not None
    count, problems = measure(node)
    assert count == most + 4
    assert [(str(p.where), p.rule, p.message) for p in problems] == [
        ("f.yaml:1:14", "too-many-entries", "'aliases' has 101 entries, more than 100")
    ]


def test_a_link_to_outside_of_the_specs_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "specs/ping").mkdir(parents=True)
    (tmp_path / "secret").write_text("password: x\n")
    (tmp_path / "specs/ping/provider.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="is a link to outside of"):
        load(tmp_path / "specs", tmp_path)


def test_what_is_within_the_limits_is_read() -> None:
    node, problems = read("a:\n" + "  - x\n" * (MAX_NODES - 2), "f.yaml")
    assert node is not None
    assert problems == []
