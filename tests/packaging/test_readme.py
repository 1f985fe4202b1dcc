"""The README tells the truth: its program runs, its spec is the real one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import telecoms.aisix
from tests.support.loopback import Answer, loopback
from wirebook.document import plain, read

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")

REPLIES = {
    "accepted": (
        '<xml name="sendOnce" result="1"><Item cid="1" sid="2" msgid="652694368707503300"'
        ' total="1" price="0.10" remain="170.040"/></xml>',
        "652694368707503300 0.10",
    ),
    "refused": (
        '<xml name="sendOnce" result="-9"/>',
        f"{telecoms.aisix.ResultStatus.BALANCE_TOO_LOW} -9",
    ),
    "unknown": ('<xml name="sendOnce" result="-10"/>', "aisix.get_send_state"),
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("case", REPLIES)
def test_program(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = blocks("python")
    reply, printed = REPLIES[case]
    with loopback([Answer(reply.encode())]) as server:
        there = program.replace(
            "aisix.Client(", f"aisix.Client(base_url={server.url!r}, "
        )
        exec(compile(there, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert printed in capsys.readouterr().out
    assert len(server.received) == 1


def test_spec_is_a_part_of_the_real_one() -> None:
    shown, *_ = blocks("yaml")
    path = "specs/aisix/provider.yaml"
    real, _ = read((ROOT / path).read_text("utf-8"), path)
    part, problems = read(shown, "README.md")
    assert problems == []
    assert part is not None
    assert real is not None
    assert _missing(plain(part), plain(real)) == []


def test_it_opens_with_the_two_commands() -> None:
    first = blocks("console")[0]
    assert [line.split("#")[0].strip() for line in first.splitlines()] == [
        "make generate",
        "make test",
    ]


def _missing(part: Any, whole: Any, at: str = "") -> list[str]:
    if isinstance(part, dict):
        return [
            missing
            for key, value in part.items()
            for missing in (
                _missing(value, whole[key], f"{at}/{key}")
                if key in whole
                else [f"{at}/{key}"]
            )
        ]
    return [] if part == whole else [f"{at}: {part!r} is {whole!r}"]
