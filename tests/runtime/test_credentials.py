"""Credentials: declared once, checked at construction, never shown."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirebook.runtime.credentials import (
    BaseCredentials,
    Hidden,
    OptionalHidden,
    OptionalPlain,
    Plain,
)
from wirebook.runtime.errors import InvalidArgument
from wirebook.runtime.secret import Secret

KEY = "87B01469201D6557C2685137EB3B5DEC"


class Credentials(BaseCredentials):
    account = Plain(env="AISIX_ACCOUNT", pattern="[^@]+@[^@]+")
    authkey = Hidden(env="AISIX_AUTHKEY", pattern="[0-9A-Z]{32}")
    region = OptionalPlain()
    proxy_key = OptionalHidden(env="AISIX_PROXY_KEY")


def test_values_are_typed_and_wrapped():
    given = Credentials(account="1001@100001", authkey=KEY)
    assert given.account == "1001@100001"
    assert given.authkey == Secret(KEY)
    assert given.region is None
    assert given.proxy_key is None
    assert given.secrets == (Secret(KEY),)
    assert Credentials(account="1@1", authkey=Secret(KEY)).authkey == Secret(KEY)


def test_the_environment_fills_in(monkeypatch):
    monkeypatch.setenv("AISIX_AUTHKEY", KEY)
    monkeypatch.setenv("AISIX_PROXY_KEY", "")
    given = Credentials(account="1001@100001")
    assert given.authkey == Secret(KEY)
    assert given.proxy_key is None


def test_errors_name_field_and_variable_and_never_the_value(monkeypatch):
    monkeypatch.delenv("AISIX_AUTHKEY", raising=False)
    with pytest.raises(InvalidArgument, match=r"authkey.*set AISIX_AUTHKEY") as caught:
        Credentials(account="1001@100001")
    assert caught.value.parameter == "authkey"
    monkeypatch.setenv("AISIX_AUTHKEY", KEY.lower())
    with pytest.raises(InvalidArgument, match="from AISIX_AUTHKEY") as caught:
        Credentials(account="1001@100001")
    assert KEY.lower() not in str(caught.value)


@pytest.mark.parametrize(
    "key", ["", KEY + "\n", KEY[:-1] + "\0", KEY[:-1] + "Ａ", "x", 7]
)
def test_wrong_values_are_refused(key):
    with pytest.raises(InvalidArgument, match="authkey"):
        Credentials(account="1001@100001", authkey=key)


@given(st.text(min_size=1, max_size=60))
def test_a_refused_value_is_never_quoted(value):
    with pytest.raises(InvalidArgument) as caught:
        Credentials(account="1@1", authkey=f"canary{value}")
    assert (
        "canary" not in f"{caught.value} {caught.value!r} {caught.value.__context__!r}"
    )


def test_unknown_names_are_a_type_error():
    with pytest.raises(TypeError, match="autkey"):
        Credentials(account="1@1", authkey=KEY, autkey=KEY)


def test_nothing_shows_or_copies_them():
    given = Credentials(account="1001@100001", authkey=KEY)
    assert KEY not in repr(given)
    assert "1001@100001" in repr(given)
    for way in (pickle.dumps, copy.copy, vars):
        with pytest.raises(TypeError):
            way(given)
    with pytest.raises(AttributeError):
        given.region = "x"
