"""What calls return: immutable records, and files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NoReturn, ParamSpec, TypeVar, cast, dataclass_transform

from .tree import Column

T = TypeVar("T")
P = ParamSpec("P")

_REQUIRED: Any = object()
"""Stands for the default of a field that has none."""

_new = object.__new__


@dataclass_transform(kw_only_default=True, frozen_default=True)
class RecordType(type):
    """Turns the annotations of a class into slots and a keyword constructor.

    Nothing is compiled, so a class costs microseconds where a dataclass costs most
    of a millisecond: a provider can have hundreds of them.
    """

    __record_fields__: tuple[tuple[str, Any, Any], ...]
    __record_slots__: tuple[tuple[str, Any], ...]
    __record_hidden__: frozenset[str]

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        hidden: tuple[str, ...] = (),
    ) -> RecordType:
        if "__annotations__" not in namespace and (
            "__annotate__" in namespace or "__annotate_func__" in namespace
        ):
            raise TypeError(
                f"{name}: its module must say `from __future__ import annotations`"
            )
        own = [
            field
            for field, kind in namespace.get("__annotations__", {}).items()
            if not str(kind).startswith(("ClassVar", "typing.ClassVar"))
        ]
        # A default would shadow the slot of its name.
        defaults = {field: namespace.pop(field, _REQUIRED) for field in own}
        namespace["__slots__"] = tuple(own)
        made = super().__new__(mcs, name, bases, namespace)
        fields: dict[str, tuple[str, Any, Any]] = {}
        masked = set(hidden)
        for base in bases:
            if isinstance(base, RecordType):
                fields.update((field[0], field) for field in base.__record_fields__)
                masked |= base.__record_hidden__
        for field in own:
            # The slot's own setter goes round the class's refusing __setattr__.
            put = made.__dict__[field].__set__
            fields[field] = (field, put, defaults[field])
        unknown = masked.difference(fields)
        if unknown:
            raise TypeError(f"{name}: hidden fields that do not exist: {unknown}")
        made.__record_fields__ = tuple(fields.values())
        made.__record_slots__ = tuple((name, put) for name, put, _ in fields.values())
        made.__record_hidden__ = frozenset(masked)
        # For positional patterns: `case Submission(message_id, total)`.
        type.__setattr__(made, "__match_args__", tuple(fields))
        return made

    # type.__init__ would refuse the keyword.
    def __init__(
        cls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        hidden: tuple[str, ...] = (),
    ) -> None:
        super().__init__(name, bases, namespace)


class Record(metaclass=RecordType):
    """An immutable value with named fields.

    The annotations of a subclass are its fields, in order; `x: int | None = None`
    gives a default.  Fields named in the class keyword `hidden` are masked in the
    repr.  Records compare by value, and are hashable when their values are.
    """

    def __init__(self, **values: Any) -> None:
        for name, put, default in type(self).__record_fields__:
            value = values.pop(name, default)
            if value is _REQUIRED:
                raise TypeError(f"{type(self).__name__}: {name} is missing")
            put(self, value)
        if values:
            names = ", ".join(sorted(values))
            raise TypeError(f"{type(self).__name__}: no such field: {names}")

    def to_dict(self) -> dict[str, Any]:
        """Names to values, records inside turned likewise; a Secret stays one."""
        return {
            name: _plain(getattr(self, name))
            for name, _, _ in type(self).__record_fields__
        }

    def __repr__(self) -> str:
        hidden = type(self).__record_hidden__
        shown: list[str] = []
        for name, _, _ in type(self).__record_fields__:
            value = getattr(self, name)
            mask = name in hidden and value is not None
            shown.append(f"{name}={'***' if mask else repr(value)}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name)
            for name, _, _ in type(self).__record_fields__
        )

    def __hash__(self) -> int:
        values = tuple(
            getattr(self, name) for name, _, _ in type(self).__record_fields__
        )
        return hash((type(self), values))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __reduce__(self) -> tuple[Any, ...]:
        values = {
            name: getattr(self, name) for name, _, _ in type(self).__record_fields__
        }
        return _rebuild, (type(self), values)


def made(kind: Callable[P, T], /, *none: P.args, **values: P.kwargs) -> T:
    """`kind(…)` of a record, with every field: what readers of long lists call.

    Calling a class costs Python two mappings, calling a function one; and where all
    fields are given, no default is looked at.
    """
    # Not `cast`: that is a call, and a tenth of the time.
    record_type: Any = kind
    record: T = _new(record_type)
    try:
        for name, put in record_type.__record_slots__:
            put(record, values[name])
    except KeyError:
        return kind(*none, **values)
    return record


def spread(found: object, count: int) -> list[Any] | None:
    """The rows of what a reader made of a column; None for what holds other things.

    A record whose fields are columns is one record for each row.
    """
    if type(found) is Column:
        return found[:]
    if not isinstance(found, Record):
        return None
    record_type = type(found)
    rows = list(map(_new, repeat(record_type, count)))
    for name, put, default in record_type.__record_fields__:
        value = getattr(found, name)
        if type(value) is not Column and value is not default:
            return None
        column = value if type(value) is Column else repeat(value)
        # Nothing but calls from C to C: this is what makes a long list cheap.
        deque[object](map(put, rows, column), maxlen=0)
    return rows


def _rebuild(kind: type[Record], values: dict[str, Any]) -> Record:
    return kind(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_plain(item) for item in cast("Iterable[object]", value)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value)
        return {key: _plain(item) for key, item in pairs.items()}
    return value


def masked(value: Any) -> Any:
    """The value as a repr shows it: hidden texts are `***`, hidden lists empty."""
    if isinstance(value, Record):
        hidden = type(value).__record_hidden__
        return type(value)(
            **{
                name: _struck(found) if name in hidden else masked(found)
                for name, _, _ in type(value).__record_fields__
                if (found := getattr(value, name)) is not None or name in hidden
            }
        )
    if type(value) in (list, tuple):
        return type(value)(masked(item) for item in value)
    if type(value) is dict:
        pairs = cast("Mapping[object, object]", value)
        return {key: masked(item) for key, item in pairs.items()}
    return value


def _struck(value: object) -> object:
    if isinstance(value, str):
        return "***"
    return () if isinstance(value, tuple) else None


class Download(Record, hidden=("content",)):
    """A file that the provider sent."""

    content: bytes
    media_type: str | None = None
    file_name: str | None = None
    """As the provider wrote it: never use it as a path unseen."""


class File(Record, hidden=("content",)):
    """A file to upload."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
