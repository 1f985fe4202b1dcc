"""Bombs against the real command, with 500 MB and five seconds to live."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PING = ROOT / "tests/golden/one_read/specs/ping"
SPEC = (PING / "provider.yaml").read_text()
VECTORS = (PING / "vectors.yaml").read_text()
MEMORY = 500_000_000
SECONDS = 5


def instead(old: str, new: str) -> dict[str, str]:
    """The smallest provider with something exchanged."""
    assert old in SPEC
    return {"provider.yaml": SPEC.replace(old, new, 1)}


def families(what: str) -> dict[str, str]:
    rows = "".join(
        f"      f{n}: {{text: t, reaction: request, {what.format(10_000 + n, 100 * n)}}}\n"
        for n in range(1_000)
    )
    return instead("    codes:\n", f"    families:\n{rows}    codes:\n")


def doubling(step: str) -> dict[str, str]:
    steps = ", ".join(f"a{n}: {step.format(n - 1)}" for n in range(1, 60))
    first = "{bearer: $token,"
    return instead(
        first, f"{first} compute: {{a0: $token, {steps}}}, headers: {{X: $a59}},"
    )


def nested(depth: int, fields: str, last: str = "string") -> str:
    """Models that hold the next one, several times each."""
    models = "".join(
        f"  m{n}: {{summary: s, fields: {{{fields.format(n + 1)}}}}}\n"
        for n in range(depth)
    )
    return f"{models}  m{depth}: {{summary: s, fields: {{x: {{type: {last}}}}}}}\n"


def returning(models: str) -> dict[str, str]:
    made = instead("\nmodels:\n", f"\nmodels:\n{models}")["provider.yaml"]
    return {"provider.yaml": made.replace("returns: pong", "returns: m0")}


OPERATION = "does: reads, method: GET, path: /x, summary: s, reply: {format: empty}"
TWICE = "a: {{type: object, model: m{0}}}, b: {{type: object, model: m{0}}}"
PRODUCT = "spec: 1\nproduct: {{id: p{}, title: P, summary: s}}\noperations:\n"
RICH = (
    "".join(
        f"  op{n}: {{does: submits, method: POST, path: /x, summary: s, in: json,"
        " parameters: {a: {type: string, summary: s}, b: {type: integer, summary: s,"
        " optional: true}, c: {type: phone, summary: s}}, reply: {format: json,"
        " returns: m}}\n"
        for n in range(497)
    )
    + "models:\n  m: {summary: s, fields: {a: {type: string, summary: s}}}\n"
)
"""A third of 30,000 values."""
OPERATIONS = "".join(f"  op{n}: {{{OPERATION}}}\n" for n in range(1_900))

BOMBS: Mapping[str, Mapping[str, str]] = {
    "merges": {"provider.yaml": "a: &a {x: &b [*a, *a]}\nb: {<<: [*a, *a]}\n" * 9_000},
    "brackets": {"provider.yaml": "a: " + "[" * 900_000},
    "a quote without end": {"provider.yaml": "a: '" + "'" * 900_000},
    "families by prefix": families("prefix: '{0}'"),
    "families by range": families("minimum: {1}"),
    "families by code": families("codes: [{0}, 1{1}, 2{1}, 3{1}, 4{1}, 5{1}]"),
    "aliases": instead(
        "1: {name:", f"1: {{aliases: [{', '.join(map(str, range(9, 9_000)))}], name:"
    ),
    "values that double": doubling("{{join: '', of: [$a{0}, $a{0}]}}"),
    "texts that double": doubling("{{encode: hex, of: [$a{0}]}}"),
    "models that double": returning(nested(60, TWICE)),
    "a long chain of models": returning(
        nested(900, "a: {{type: object, model: m{0}}}")
    ),
    "a model in itself": returning(nested(1, TWICE, "object, model: m0")),
    "groups in groups": instead(
        "max_length: 10", f"pattern: '{'(' * 240}a{')' * 240}'"
    ),
    "a slow pattern": instead("max_length: 10", "pattern: '(a+)+b'"),
    "a slow success": instead(
        "success: [0]\n    defaults: {effect: none, retry: never}\n    codes:\n",
        "success: {pattern: '([0-9]+)+x'}\n    codes:\n"
        f"      {'1' * 60}: {{name: X, text: t}}\n",
    ),
    "counts of counts": instead(
        "max_length: 10", f"pattern: '{'(?:' * 9}a{'){1000}' * 9}'"
    ),
    "endless texts": instead("max_length: 10", "min_length: 1000000000"),
    "endless lists": instead(
        "max_length: 10", "list: {join: ',', min: 1000000000, max: 2000000000}"
    ),
    "digits": instead(
        "type: string, max_length: 10", f"type: decimal, maximum: '{'9' * 19_000}'"
    ),
    "a deep body": {
        "provider.yaml": SPEC,
        "vectors.yaml": VECTORS.replace('{"code": 0, "text": "hello"}', "[" * 19_000),
    },
    "entities": {
        "provider.yaml": SPEC.replace("format: json", "format: xml"),
        "vectors.yaml": VECTORS.replace(
            '{"code": 0, "text": "hello"}',
            '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r code="0">&b;</r>',
        ),
    },
    "operations": instead("\noperations:\n", f"\noperations:\n{OPERATIONS}"),
    "wide texts": instead("Ask whether anybody is there.", "测" * 19_000),
    "products": {
        "provider.yaml": SPEC,
        **{f"p{n}.yaml": PRODUCT.format(n) + OPERATIONS for n in range(60)},
    },
    "as many values as there may be": {
        "provider.yaml": SPEC.partition("\noperations:\n")[0] + "\n",
        **{f"p{n}.yaml": PRODUCT.format(n) + RICH for n in range(3)},
    },
    "files": {f"f{n}.yaml": "a: b\n" for n in range(5_000)},
    "problems": {f"f{n}.yaml": "a: b\n" * 500 for n in range(150)},
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "command"),
    [*((name, "generate") for name in BOMBS), ("operations", "lint")],
)
def test_a_bomb_is_an_error_or_harmless(
    name: str, command: str, tmp_path: Path
) -> None:
    (tmp_path / "specs/ping").mkdir(parents=True)
    for file, text in BOMBS[name].items():
        (tmp_path / "specs/ping" / file).write_text(text)
    ran = subprocess.run(
        [sys.executable, "-B", "-m", "wirebook", command],
        cwd=tmp_path,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        preexec_fn=limited,
        check=False,
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode in (0, 1), said
    assert "Traceback" not in said
    if ran.returncode:
        located = [line for line in ran.stdout.split("\n") if ": error[" in line]
        assert 0 < len(located) < 4_500
        assert all(line.startswith("specs/ping/") for line in located)
        assert not (tmp_path / "generated").exists()
