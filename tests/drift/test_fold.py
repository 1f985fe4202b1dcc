"""Folding: what looks alike is equal, and nothing else."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from wirebook.drift import text
from wirebook.drift.codes import code_lists
from wirebook.fold import fold

WORDS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["Ll", "Lu", "Lo"]), min_size=1),
    min_size=1,
    max_size=6,
)
SPACES = st.sampled_from(
    [" ", "\u00a0", "\u2009", "\u202f", "\u3000", "  ", "\t", "\n", " \u200b"]
)
NOTHING = st.sampled_from(["", "\u200b", "\u00ad", "\ufeff", "\u2060", "\u200e"])


@given(st.text())
@example("\u00a0\u1680")
@example("a\u200b\u0301")
@example("\u0344\u00b4")
def test_folding_twice_changes_nothing(given_text: str):
    assert fold(fold(given_text)) == fold(given_text)


@given(WORDS, st.data())
def test_spaces_and_invisible_characters_do_not_matter(words: list[str], data):
    plain = " ".join(words)
    other = data.draw(NOTHING) + "".join(
        word + data.draw(SPACES) + data.draw(NOTHING) for word in words
    )
    assert fold(other) == fold(plain)


@given(st.text())
def test_how_letters_are_composed_does_not_matter(given_text: str):
    decomposed = unicodedata.normalize("NFD", given_text)
    assert fold(decomposed) == fold(unicodedata.normalize("NFC", given_text))


@given(WORDS, WORDS)
def test_other_words_stay_other_words(one: list[str], other: list[str]):
    if [unicodedata.normalize("NFKC", word) for word in one] != [
        unicodedata.normalize("NFKC", word) for word in other
    ]:
        assert fold(" ".join(one)) != fold(" ".join(other))


def test_quotes_dashes_and_stops():
    assert fold("“It’s” – 1\u2212 2…，。") == '"It\'s" - 1- 2...,.'
    assert fold("ＡＢＣ１２") == "ABC12"


ROWS = st.dictionaries(
    st.integers(-9999, 9999),
    st.from_regex(r"[A-Za-z][A-Za-z ,.]{2,30}[A-Za-z]", fullmatch=True),
    min_size=3,
    max_size=12,
)


@given(ROWS)
def test_any_list_is_read_back_from_lines_and_tables(rows: dict[int, str]):
    lines = "Codes of it:\n" + "".join(f"{c}\n\n{words}\n" for c, words in rows.items())
    table = "Codes of it:\n| c | t |\n|--|--|\n" + "".join(
        f"| {c} | {words} |\n" for c, words in rows.items()
    )
    for page in (lines, table):
        (listed,) = code_lists(text.read(page, "page"), set())
        found = [(row.code, fold(row.text.text)) for row in listed.rows]
        assert found == [(str(code), fold(words)) for code, words in rows.items()]
