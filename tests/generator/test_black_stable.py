"""The plan's layout is black's: for specs that are drawn, and for those we keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.support.project import GOLDEN
from wirebook import plan
from wirebook.load import read
from wirebook.model import Provider
from wirebook.problem import failed
from wirebook.render import Renderer, laid_out

ROOT = Path(__file__).resolve().parents[2]
RENDERER = Renderer()

words = st.text(
    st.sampled_from("abcdefg mnop\"'\\{}[]()#,.:;测试é—🙂"), min_size=1, max_size=120
).map(lambda text: f"A{text}z")
names = st.text("abcdefghij_", min_size=1, max_size=34).map(lambda text: f"n{text}x")
kinds = st.sampled_from(
    [
        "type: string",
        "type: string, max_length: 12, optional: true",
        "type: text, max_length: 1000",
        'type: phone, list: {join: ",", max: 100}',
        'type: enum, enum: kind, default: "0"',
        "type: datetime, format: yyyyMMddHHmmss, zone: UTC, optional: true",
        'type: boolean, spelling: ["no", "yes"], default: "no"',
        "type: decimal, minimum: 0, maximum: 99, optional: true",
    ]
)


@st.composite
def specs(draw: st.DrawFn) -> str:
    """The text of a provider.yaml."""

    def said() -> str:
        return json.dumps(draw(words), ensure_ascii=False)

    lines = [
        "spec: 1",
        f"provider: {{id: drawn, title: {said()}, summary: {said()}, version: '1'}}",
        "sources: {doc: {title: Doc}}",
        "servers: {main: {url: 'https://api.example', src: doc}}",
        f"credentials: {{token: {{secret: true, summary: {said()}, src: doc}}}}",
        f"auth: {{bearer: {{bearer: $token, summary: {said()}, src: doc}}}}",
        "statuses:",
        "  result:",
        "    type: int",
        "    success: [0]",
        "    defaults: {effect: none, retry: never}",
        "    codes:",
        f"      0: {{name: FINE, text: {said()}}}",
        f"      1: {{name: WRONG, text: {said()}, reaction: request}}",
        "enums:",
        f"  kind: {{type: int, values: {{0: {{name: PLAIN, text: {said()}}}}}}}",
        "models:",
        f"  answer: {{summary: {said()}, fields: {{id: {{type: string}}}}}}",
        "operations:",
    ]
    for name in draw(st.lists(names, min_size=1, max_size=3, unique=True)):
        lines += [
            f"  {name}:",
            f"    summary: {said()}",
            f"    description: {said()}",
            "    src: doc",
            "    does: submits",
            "    method: POST",
            "    path: /send",
            f"    in: {draw(st.sampled_from(['json', 'form']))}",
            "    parameters:",
        ]
        for field in draw(st.lists(names, min_size=1, max_size=7, unique=True)):
            wire, kind = json.dumps(draw(names)), draw(kinds)
            lines.append(f"      {field}: {{wire: {wire}, {kind}, summary: {said()}}}")
        lines += [
            "    statuses: {table: result}",
            "    reply: {format: json, status: code, message: why, returns: answer}",
        ]
    return "\n".join(lines) + "\n"


def modules(provider: Provider) -> dict[str, str]:
    made = {}
    for artefact in plan.package([provider], "drawn_clients"):
        content = RENDERER.render(artefact)
        assert isinstance(content, bytes), content
        made[artefact.path] = content.decode()
    return made


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(specs())
def test_black_leaves_what_drawn_specs_become(spec: str) -> None:
    provider, problems = read({"specs/drawn/provider.yaml": spec.encode()})
    # Names that collide, wire names used twice: refused, so nothing is made.
    assume(provider is not None and not failed(problems))
    assert provider is not None
    for path, text in modules(provider).items():
        if path.endswith(".py"):
            assert laid_out(text) == text, path


KEPT = [
    *sorted(GOLDEN.glob("*/expected/**/*.py.expected")),
    *sorted((ROOT / "generated").glob("*/*/operations.py")),
]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: str(path.relative_to(ROOT)))
def test_black_leaves_what_is_kept(path: Path) -> None:
    text = path.read_text("utf-8")
    assert laid_out(text) == text
