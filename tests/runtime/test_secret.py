"""Secrets stay secret in every place that could print them."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.secret import Secret, mask_phone, scrub

CANARY = "canary-87B01469"


@pytest.mark.parametrize(
    "shown", [repr, str, format, "{}".format, "{!r:>40}".format, "%s".__mod__, ascii]
)
def test_no_printing_shows_the_value(shown):
    assert CANARY not in shown(Secret(CANARY))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_refuses(protocol):
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(Secret(CANARY), protocol)


def test_other_ways_out_refuse():
    secret = Secret(CANARY)
    with pytest.raises(TypeError):
        json.dumps(secret)
    with pytest.raises(TypeError):
        vars(secret)
    with pytest.raises(TypeError):
        secret.__getstate__()
    with pytest.raises(AttributeError):
        secret._value = "x"


def test_a_copy_is_the_same_secret():
    secret = Secret(CANARY)
    assert copy.copy(secret) is secret
    assert copy.deepcopy([secret])[0] is secret


def test_equality_and_hash_are_by_value():
    assert Secret("a") == Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("\ud800") == Secret("\ud800")


@pytest.mark.parametrize(("value", "error"), [("", ValueError), (None, TypeError)])
def test_nothing_is_no_secret(value, error):
    with pytest.raises(error):
        Secret(value)


def test_masks():
    assert mask_phone("+8618100002707") == "***2707"
    assert mask_phone("10086") == "***86"
    assert mask_phone("110") == "***"


@given(st.text(max_size=300), st.from_regex(r"[0-9]{7,15}", fullmatch=True))
def test_scrubbed_words_hold_no_number_and_fit(words, number):
    shown = scrub(f"{words} {number} {words}")
    assert number not in shown
    assert len(shown) <= 200
    assert shown.isprintable()


def test_scrubbed_words_hold_no_secret_and_no_address():
    shown = scrub(f"key {CANARY} of ada@example.org\r\n", [Secret(CANARY)])
    assert shown == "key *** of ***@***\\r\\n"
