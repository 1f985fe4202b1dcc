"""Records: immutable, compared by value, quick to define."""

from __future__ import annotations

import builtins
import copy
import pickle
from typing import Any

import pytest

from wirebook.runtime.errors import ProviderError
from wirebook.runtime.record import Download, File, Record, made
from wirebook.runtime.results import Results
from wirebook.runtime.secret import Secret


class Point(Record):
    x: int
    y: int = 0


class Named(Point, hidden=("key",)):
    name: str | None = None
    key: str | None = None


class Nested(Record):
    first: Point
    others: list[Point]
    table: dict[str, Point]
    key: Secret


def test_fields_come_by_keyword_with_defaults():
    point = Point(x=1)
    assert (point.x, point.y) == (1, 0)
    with pytest.raises(TypeError, match="x is missing"):
        Point(y=1)  # type: ignore[call-arg] # on purpose
    with pytest.raises(TypeError, match="no such field: z"):
        Point(x=1, z=2)  # type: ignore[call-arg] # on purpose


def test_fields_are_slots():
    assert vars(Point)["__slots__"] == ("x", "y")
    assert not hasattr(Named(x=1), "__dict__")


def test_a_record_is_immutable():
    point: Any = Point(x=1)
    with pytest.raises(AttributeError):
        point.x = 2
    with pytest.raises(AttributeError):
        point.z = 2
    with pytest.raises(AttributeError):
        del point.x


def test_records_are_values():
    assert Point(x=1) == Point(x=1, y=0) != Point(x=2)
    assert Point(x=1) != Named(x=1)
    assert len({Point(x=1), Point(x=1)}) == 1


def test_inherited_fields_come_first_and_patterns_match():
    # Checkers hold keyword-only fields to have no positions.
    kind: Any = Point
    match Named(x=1, y=2, name="n"):
        case kind(x, y):
            assert (x, y) == (1, 2)
    assert vars(Named)["__match_args__"] == ("x", "y", "name", "key")


def test_hidden_fields_are_masked():
    assert repr(Named(x=1, key="k")) == "Named(x=1, y=0, name=None, key=***)"
    assert repr(Named(x=1)) == "Named(x=1, y=0, name=None, key=None)"
    assert "secret bytes" not in repr(Download(content=b"secret bytes"))
    assert "secret bytes" not in repr(File(name="a", content=b"secret bytes"))


def test_hiding_what_does_not_exist_is_an_error():
    with pytest.raises(TypeError, match="nothing"):

        class Wrong(Record, hidden=("nothing",)):
            x: int


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy])
def test_copies_are_equal(twin):
    nested = Nested(first=Point(x=1), others=[Point(x=2)], table={}, key=Secret("k"))
    assert twin(nested) == nested


def test_pickle_round_trip_unless_there_is_a_secret():
    named = Named(x=1, name="n")
    assert pickle.loads(pickle.dumps(named)) == named  # noqa: S301 - our own
    nested = Nested(first=Point(x=1), others=[], table={}, key=Secret("k"))
    with pytest.raises(TypeError, match="Secret"):
        pickle.dumps(nested)


def test_to_dict_goes_down_and_keeps_secrets():
    key = Secret("k")
    nested = Nested(
        first=Point(x=1), others=[Point(x=2)], table={"a": Point(x=3)}, key=key
    )
    assert nested.to_dict() == {
        "first": {"x": 1, "y": 0},
        "others": [{"x": 2, "y": 0}],
        "table": {"a": {"x": 3, "y": 0}},
        "key": key,
    }


def test_defining_a_class_compiles_nothing(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a class was made of source text")

    monkeypatch.setattr(builtins, "exec", refuse)
    monkeypatch.setattr(builtins, "eval", refuse)
    monkeypatch.setattr(builtins, "compile", refuse)

    class Made(Record):
        a: int
        b: str
        c: str | None = None

    assert Made(a=1, b="x").c is None


def test_results_know_accepted_from_rejected():
    error = ProviderError(code="1")
    results = Results(["a", "b", "c"], [None, error, None])
    assert results.accepted == ["a", "c"]
    assert results.rejected == ["b"]
    assert results.errors == [None, error, None]
    assert list(results) == ["a", "b", "c"]
    assert results[1:].rejected == ["b"]
    assert results == ["a", "b", "c"]
    Results(["a"]).raise_for_status()
    with pytest.raises(ProviderError):
        results.raise_for_status()
    with pytest.raises(ValueError, match="as many"):
        Results(["a"], [None, None])


def test_readers_make_the_same_records():
    assert made(Named, x=1, y=2, name="n", key="k") == Named(
        x=1, y=2, name="n", key="k"
    )
    assert made(Point, x=1) == Point(x=1)
    with pytest.raises(TypeError, match="x is missing"):
        made(Point, y=1)  # type: ignore[call-arg] # on purpose
