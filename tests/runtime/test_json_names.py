"""A name that stands twice is seen in long replies as in short ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.json_format import LONG, json_tree
from wirebook.runtime.tree import FormatProblem

WORDS = st.sampled_from(["a", "b", "", ":", '"', '":', "\\", "\\:", " :", "\n:", "a:b"])
BLANKS = st.sampled_from(["", "", " ", "\n", "\t", "\r\n "])


def _object(members: list[tuple[str, str, str, str]]) -> str:
    written = (
        f"{json.dumps(name)}{before}:{after}{value}"
        for name, before, after, value in members
    )
    return f"{{{','.join(written)}}}"


# Objects as text, for only a text can name a member twice.
TEXTS = st.recursive(
    WORDS.map(json.dumps) | st.just("1"),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(WORDS, BLANKS, BLANKS, inner), max_size=4).map(_object)
    ),
    max_leaves=20,
)


@given(TEXTS)
def test_counting_names_finds_what_comparing_them_finds(text: str) -> None:
    assert _read(text) == _read(text + " " * LONG)


def _read(text: str) -> object:
    try:
        return json_tree(text)
    except FormatProblem as problem:
        return str(problem)


@pytest.mark.parametrize("blank", ["", " ", "\n", "\t"])
@pytest.mark.parametrize("words", ["x", "10:54:01", 'quoted ":', "spaced :"])
def test_long_replies_are_held_to_the_same_rule(blank: str, words: str) -> None:
    item = f'{{"a"{blank}:{json.dumps(words)}}}'
    many = LONG // len(item) + 1
    assert json_tree(f"[{','.join([item] * many)}]") == [{"a": words}] * many
    twice = f'{{"a"{blank}:1,"a":2}}'
    with pytest.raises(FormatProblem, match="twice"):
        json_tree(f"[{','.join([item] * many)},{twice}]")
