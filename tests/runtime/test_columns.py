"""Long lists are read by column: the result is what each item alone would give."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirebook.runtime import decode
from wirebook.runtime.decode import DecodeProblem, Tree
from wirebook.runtime.errors import ProviderError
from wirebook.runtime.record import Record, made
from wirebook.runtime.secret import Secret
from wirebook.runtime.status import Table
from wirebook.runtime.subtree import MANY


class Code(IntEnum):
    OK = 0
    BAD = 1701


class Word(StrEnum):
    SENT = "SENT"
    LOST = "LOST"


TABLE = Table(
    Code, unknown=ProviderError, undecided=ProviderError, success=("0",), rows={}
)
SPELLINGS = {"GONE": Word.LOST}

GETTERS: dict[str, Callable[[Tree], Any]] = {
    "text": lambda tree: decode.text(tree, "a"),
    "text, two names": lambda tree: decode.text(tree, "a", "b.c"),
    "text, below": lambda tree: decode.text(tree, "b.c"),
    "text, the item": lambda tree: decode.text(tree, ""),
    "optional text": lambda tree: decode.optional_text(tree, "a"),
    "optional text, two": lambda tree: decode.optional_text(tree, "a", "b"),
    "secret": lambda tree: decode.secret(tree, "a"),
    "optional secret": lambda tree: decode.optional_secret(tree, "a"),
    "integer": lambda tree: decode.integer(tree, "a"),
    "optional integer": lambda tree: decode.optional_integer(tree, "a", "b"),
    "decimal": lambda tree: decode.decimal(tree, "a"),
    "optional decimal": lambda tree: decode.optional_decimal(tree, "a"),
    "boolean": lambda tree: decode.boolean(tree, "a"),
    "boolean, spelt": lambda tree: decode.boolean(tree, "a", spelling=("0", "1")),
    "optional boolean": lambda tree: decode.optional_boolean(tree, "a"),
    "enum": lambda tree: decode.enum(tree, "a", kind=Word, spellings=SPELLINGS),
    "enum of numbers": lambda tree: decode.enum(tree, "a", kind=Code),
    "optional enum": lambda tree: decode.optional_enum(tree, "a", kind=Word),
    "member": lambda tree: decode.member(tree, "a", table=TABLE),
    "optional member": lambda tree: decode.optional_member(tree, "a", table=TABLE),
    "moment": lambda tree: decode.moment(tree, "a", formats=("unix_seconds",)),
    "optional moment": lambda tree: decode.optional_moment(tree, "a"),
    "day": lambda tree: decode.day(tree, "a"),
    "optional day": lambda tree: decode.optional_day(tree, "a"),
    "time": lambda tree: decode.time_of_day(tree, "a"),
    "optional time": lambda tree: decode.optional_time_of_day(tree, "a"),
    "octets": lambda tree: decode.octets(tree, "a"),
    "optional octets": lambda tree: decode.optional_octets(tree, "a"),
    "encoded": lambda tree: decode.encoded_text(tree, "a", encoding="hex"),
    "optional encoded": lambda tree: decode.optional_encoded_text(
        tree, "a", encoding="hex"
    ),
    "json": lambda tree: decode.json(tree, "a"),
    "texts": lambda tree: decode.texts(tree, "a"),
    "pieces": lambda tree: tuple(decode.pieces(tree, "a", separator=",")),
    "pieces or none": lambda tree: decode.pieces(tree, "a", separator=",") or None,
    "status": lambda tree: decode.status(tree, "a"),
    "numbers": lambda tree: tuple(
        decode.integer(item, "") for item in decode.each(tree, "a")
    ),
    "object": lambda tree: decode.one(tree, "b", read_inner),
    "optional object": lambda tree: decode.optional_one(tree, "b", read_inner),
    "optional object, below": lambda tree: decode.optional_one(tree, "b", read_below),
    "objects": lambda tree: tuple(decode.many(tree, "a", read_inner)),
}


class Inner(Record):
    name: str
    count: int | None = None


class Below(Record):
    name: str | None = None


class Row(Record, hidden=("number",)):
    value: Any = None
    number: str | None = None
    never: str | None = None


def read_inner(tree: Tree) -> Inner:
    return made(
        Inner,
        name=decode.text(tree, "c"),
        count=decode.optional_integer(tree, "d"),
    )


def read_below(tree: Tree) -> Below:
    return made(Below, name=decode.optional_text(tree, "c.e"))


def reader(getter: Callable[[Tree], Any]) -> Callable[[Tree], Row]:
    def read(tree: Tree) -> Row:
        return made(
            Row, value=getter(tree), number=decode.optional_text(tree, "number")
        )

    return read


def outcome(read: Callable[[], list[Any]]) -> object:
    """What is read with its types, or what is said of it."""
    try:
        return [(repr(row), _kinds(row)) for row in read()]
    except DecodeProblem as problem:
        return problem.path, str(problem)


def _kinds(value: Any) -> Any:
    if isinstance(value, Row):
        return type(value.value), _kinds(value.value), value.number, value.never
    if isinstance(value, Secret):
        return value.reveal()
    return value if isinstance(value, (bytes, str)) else repr(value)


def one_by_one(items: list[Tree], read: Callable[[Tree], Any]) -> list[Any]:
    rows: list[Any] = []
    for number, item in enumerate(items):
        try:
            rows.append(read(item))
        except DecodeProblem as problem:
            raise problem.below(str(number)) from None
    return rows


TIMES = st.sampled_from(["2026-11-21", "10:11:12", "2026-11-21T10:11:12Z"])
WORDS = TIMES | st.sampled_from(
    ["SENT", "GONE", "0", "1701", "1.5", "true", "aGk=", "6869", "x,y", ","]
)
PLAIN = WORDS | st.sampled_from(["", " ", " 1 "])
NUMBERS = st.integers(-3, 3) | st.sampled_from(
    [Decimal("1.0"), Decimal("0.10"), 10**41]
)
INNER = st.fixed_dictionaries(
    {"c": WORDS}, optional={"d": st.sampled_from([1, "2", "", None])}
)
ODD = st.none() | st.booleans() | NUMBERS | st.lists(WORDS, max_size=2) | INNER
VALUES = [WORDS, PLAIN, NUMBERS, st.booleans(), st.none() | WORDS, st.none() | INNER]


@st.composite
def lists_of_items(draw: st.DrawFn) -> list[Any]:
    """Items that are nearly alike, as replies are; now and then one that is not."""
    keys = draw(st.sampled_from([("a",), ("a", "b"), ("b",), ("a", "number")]))
    shape = {key: draw(st.sampled_from(VALUES)) for key in keys}
    alike = st.fixed_dictionaries(shape)
    loose = st.fixed_dictionaries({}, optional=shape)
    few = draw(st.lists(draw(st.sampled_from([alike, loose])), min_size=1, max_size=6))
    items: list[Any] = few * MANY
    strange = draw(st.none() | ODD | st.fixed_dictionaries({keys[0]: ODD}))
    if strange is not None:
        items[draw(st.integers(0, len(items) - 1))] = strange
    return items


@pytest.mark.parametrize("name", GETTERS)
@settings(max_examples=40)
@given(items=lists_of_items())
def test_by_column_is_as_one_by_one(name: str, items: list[Any]) -> None:
    read = reader(GETTERS[name])
    assert outcome(lambda: decode.many({"rows": items}, "rows", read)) == outcome(
        lambda: _below("rows", items, read)
    )


def _below(path: str, items: list[Tree], read: Callable[[Tree], Any]) -> list[Any]:
    try:
        return one_by_one(items, read)
    except DecodeProblem as problem:
        raise problem.below(path) from None


LIKELY: list[tuple[str, list[Any], Any]] = [
    ("text", ["x"], "x"),
    ("optional text", ["x", None, ""], None),
    ("integer", [7], 7),
    ("integer", ["7", " 8"], 8),
    ("optional integer", ["7", "", None, 8], None),
    ("decimal", [Decimal("0.10")], Decimal("0.10")),
    ("optional decimal", ["0.10", None], Decimal("0.10")),
    ("boolean", [True, False], True),
    ("enum", ["SENT", "GONE", "later"], "later"),
    ("optional enum", ["SENT", None], Word.SENT),
    ("member", ["0", 1701], Code.OK),
    ("moment", [1_700_000_000], datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    ("day", ["2026-11-21"], date(2026, 11, 21)),
    ("time", ["10:11:12"], time(10, 11, 12)),
    ("octets", ["aGk="], b"hi"),
]


@pytest.mark.parametrize(("name", "values", "among"), LIKELY)
def test_alike_items_are_read_at_once(name: str, values: list[Any], among: Any) -> None:
    reads = 0
    read = reader(GETTERS[name])

    def counted(tree: Tree) -> Row:
        nonlocal reads
        reads += 1
        return read(tree)

    items: list[Tree] = [{"a": value} for value in values * MANY]
    found = decode.many(items, "", counted)
    assert reads == 1
    assert among in [row.value for row in found]
    assert len(found) == len(items)


def test_objects_inside_are_read_at_once() -> None:
    reads = 0

    def counted(tree: Tree) -> Inner:
        nonlocal reads
        reads += 1
        return read_inner(tree)

    read = reader(lambda tree: decode.optional_one(tree, "b", counted))
    items: list[Tree] = [{"b": {"c": "x", "d": number}} for number in range(MANY)]
    found = decode.many([*items, {}], "", read)
    assert reads == 1
    assert [row.value for row in found] == [
        *(Inner(name="x", count=number) for number in range(MANY)),
        None,
    ]


def test_rows_are_records_like_others() -> None:
    items: list[Tree] = [{"a": str(n), "number": f"+49{n}"} for n in range(MANY)]
    rows = decode.many(items, "", reader(GETTERS["text"]))
    alone = [Row(value=str(n), number=f"+49{n}") for n in range(MANY)]
    assert rows == alone
    assert {*rows} == {*alone}
    assert repr(rows[3]) == "Row(value='3', number=***, never=None)"
    assert copy.deepcopy(rows) == rows
    assert not hasattr(rows[0], "__dict__")
    with pytest.raises(AttributeError, match="immutable"):
        rows[0].__setattr__("number", "x")


def test_what_is_made_of_other_things_is_read_one_by_one() -> None:
    def length(tree: Tree) -> Row:
        return made(Row, value=len(decode.text(tree, "a")))

    items: list[Tree] = [{"a": "x" * n} for n in range(MANY)]
    assert [row.value for row in decode.many(items, "", length)] == [*range(MANY)]
