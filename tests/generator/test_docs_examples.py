"""The examples of the reference run: each one gets as far as sending its request."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NoReturn

import pytest

from telecoms._runtime.core import SyncCore
from wirebook.load import load

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "generated" / "docs"
EXAMPLES = [
    pytest.param(example, id=f"{page.relative_to(PAGES).as_posix()}:{number}")
    for page in sorted(PAGES.rglob("*.md"))
    for number, example in enumerate(
        re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    )
    if "client." in example.partition("as client:")[2]
]


class Left(BaseException):
    """A request that reached the transport."""


class Wire:
    def send(self, request: Any, **_: Any) -> NoReturn:
        raise Left

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Every variable that the credentials and settings of the specs name."""
    found: dict[str, str] = {"UNIFIED_HOST": "sms.example", "UNIFIED_PORT": "8080"}
    for provider in load(ROOT / "specs", ROOT).providers:
        for credential in provider.credentials:
            if credential.env:
                found[credential.env] = credential.example or "value"
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(
    example: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in os.environ:
        if name.startswith(("AISIX_", "ONBUKA_", "UNIFIED_")):
            monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(SyncCore, "_transport", lambda self: Wire())
    with pytest.raises(Left):
        exec(compile(example, "example", "exec"), {})  # noqa: S102 - our own page


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 80
