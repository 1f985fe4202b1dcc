"""The quick answer about a schema is the validator's answer."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vocabulary_package import SPECS as VOCABULARY
from wirebook import schema
from wirebook.document import plain, read_file
from wirebook.schema_check import fault
from wirebook.schema_check.sound import compiled, sound

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in (ROOT / "specs", ROOT / "tests/golden", VOCABULARY)
    for path in folder.rglob("*.yaml")
)
STRANGE = [
    *(None, True, False, 0, 1, -1, 10**9, "", "x", "X y", "0", "1", "a\n", "(", "$a"),
    *([], ["a"], ["a", "a"], [1, True], {}, {"a": 1}, {"name": "x", "text": "y"}),
]


def kind(path: Path) -> schema.Kind:
    if path.stem == "provider":
        return "provider"
    return "vectors" if path.stem.startswith("vectors") else "product"


@cache
def data(path: Path) -> Any:
    node, problems = read_file(path, path.name)
    assert node is not None, problems
    return plain(node)


def explained(value: Any, of: schema.Kind) -> bool:
    """The validator's answer."""
    validator: Any = fault._validator
    try:
        return bool(validator(of).is_valid(value))
    except (re.error, RecursionError):
        return False


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_sound_file_is_sound(path: Path) -> None:
    if explained(data(path), kind(path)):
        assert sound(data(path), kind(path))


@given(st.data())
def test_after_any_change_both_say_the_same(draw: st.DataObject) -> None:
    path = draw.draw(st.sampled_from(FILES))
    value = copy.deepcopy(data(path))
    for _ in range(draw.draw(st.integers(1, 2))):
        _change(value, draw)
    assert sound(value, kind(path)) == explained(value, kind(path))


def _change(value: Any, draw: st.DataObject) -> None:
    """Replace, add or drop something somewhere."""
    here = value
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not keys:
            return
        key = draw.draw(st.sampled_from(keys))
        if isinstance(here[key], (dict, list)) and draw.draw(st.integers(0, 4)):
            here = here[key]
            continue
        match draw.draw(st.sampled_from(["replace", "add", "drop"])):
            case "replace":
                here[key] = copy.deepcopy(draw.draw(st.sampled_from(STRANGE)))
            case "add" if isinstance(here, dict):
                name = draw.draw(st.sampled_from(["kind", "name", "type", "is", "min"]))
                here[name] = copy.deepcopy(draw.draw(st.sampled_from(STRANGE)))
            case _:
                del here[key]
        return


def test_a_keyword_that_nobody_checks_is_refused() -> None:
    with pytest.raises(ValueError, match="'multipleOf'"):
        compiled({"multipleOf": 2})
    with pytest.raises(ValueError, match="'date'"):
        compiled({"format": "date"})
