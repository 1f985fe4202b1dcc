"""How deep JSON may go: the quick look and the exact one agree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.json_format import DEEPEST, LONG, json_tree
from wirebook.runtime.tree import FormatProblem

TEXTS = st.text(alphabet='[]{}"\\\\ax,:é测', max_size=8)
TREES = st.recursive(
    TEXTS | st.integers() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(TEXTS, inner, max_size=6)
    ),
    max_leaves=40,
)

TRAILING = b"\x81[\x81{\x81\\\x81]".decode("gbk")
"""Letters whose second octet in GBK is a bracket or a backslash in ASCII."""


@given(TREES, st.booleans())
def test_whatever_is_shallow_is_read(tree: Any, ascii_only: bool) -> None:
    text = json.dumps(["x", tree], ensure_ascii=ascii_only)
    assert json_tree(text) == ["x", tree]


@given(TREES, st.integers(0, 80), st.booleans())
def test_nothing_deeper_is_read(tree: Any, levels: int, objects: bool) -> None:
    for _ in range(levels):
        tree = {"a": tree} if objects else [tree]
    for padding in ("", " " * LONG):
        text = json.dumps(tree) + padding
        if _depth(tree) <= DEEPEST:
            assert json_tree(text) == tree
        else:
            with pytest.raises(FormatProblem, match="deeper than 32"):
                json_tree(text)


@pytest.mark.parametrize("text", [TRAILING, "é[{", '"[', '\\"]', "\\"])
@pytest.mark.parametrize("charset", ["utf-8", "gbk", "utf-16-le"])
def test_brackets_are_those_of_the_charset(text: str, charset: str) -> None:
    tree: Any = [{"a": text}] * LONG
    written = json.dumps(tree, ensure_ascii=False)
    assert json_tree(written.encode(charset), charset) == tree


@pytest.mark.parametrize("wide", [0, 40])
def test_the_limit_is_exact(wide: int) -> None:
    tree: Any = [[]] * wide
    for _ in range(DEEPEST - 1 - bool(wide)):
        tree = {"a": tree}
    assert json_tree(json.dumps(tree)) == tree
    with pytest.raises(FormatProblem, match="deeper than 32"):
        json_tree(json.dumps([tree]))


def _depth(tree: Any) -> int:
    if isinstance(tree, dict):
        return 1 + max(map(_depth, tree.values()), default=0)
    if isinstance(tree, list):
        return 1 + max(map(_depth, tree), default=0)
    return 0
