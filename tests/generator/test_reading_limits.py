"""Bombs: a spec that is too much ends in a few located errors, soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from wirebook.document import MAX_NODES, read
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


def test_what_is_within_the_limits_is_read() -> None:
    node, problems = read("a:\n" + "  - x\n" * (MAX_NODES - 2), "f.yaml")
    assert node is not None
    assert problems == []
