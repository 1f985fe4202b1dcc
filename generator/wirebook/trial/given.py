"""`key=value` words of the command line as the arguments of an operation."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from wirebook.arguments import UnknownArgument, typed_arguments
from wirebook.model import Field, FieldType, Operation, Provider
from wirebook.problem import did_you_mean, quote

STRUCTURED = (FieldType.OBJECT, FieldType.MAP, FieldType.JSON, FieldType.ROWS)
"""Written as JSON."""

FileOf = Callable[[str, bytes], Any]
"""File name and content -> what a file parameter takes."""


class Unusable(Exception):
    """A word that is no argument of the operation: which, and what to write."""


def arguments(
    provider: Provider,
    operation: Operation,
    words: Sequence[str],
    find: Callable[[str], Any],
    file: FileOf,
) -> dict[str, Any]:
    """The typed arguments.

    A list is several words of one name, or a JSON list; objects, maps and rows are
    JSON; `@path` is the content of a file.  Raises Unusable.
    """
    fields = {field.name: field for field in operation.parameters}
    known = [*fields, *(["variant"] if operation.variants else [])]
    texts: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise Unusable(f"{quote(word)} is no argument: write NAME=VALUE")
        if name not in known:
            near = did_you_mean(name, known)
            listed = near or f"; it takes {', '.join(known) or 'none'}"
            raise Unusable(f"{operation.id} has no parameter {quote(name)}{listed}")
        texts.setdefault(name, []).append(value)
    typed: dict[str, Any] = {}
    for name, values in texts.items():
        try:
            value = _value(fields.get(name), values, file)
            one = typed_arguments(provider, operation, {name: value}, find)
        except UnknownArgument as problem:
            raise Unusable(f"{name}: {problem}") from problem
        except OSError as problem:
            raise Unusable(f"{name}: {problem}") from problem
        except (ValueError, ArithmeticError, KeyError, TypeError) as problem:
            said = quote(" ".join(values))
            raise Unusable(f"{name}: {_unfit(fields.get(name), said)}") from problem
        typed.update(one)
    return typed


def _value(field: Field | None, values: Sequence[str], file: FileOf) -> Any:
    if field is None:
        return _single(values)
    if field.type in STRUCTURED and not (
        field.type is FieldType.OBJECT and field.list and len(values) > 1
    ):
        return json.loads(_content(_single(values)))
    if field.list is None:
        return _item(field, _single(values), file)
    if len(values) == 1 and values[0].startswith("["):
        items: list[Any] = json.loads(values[0])
        return items
    return [_item(field, value, file) for value in values]


def _single(values: Sequence[str]) -> str:
    if len(values) > 1:
        raise ValueError("more than one value")
    return values[0]


def _item(field: Field, value: str, file: FileOf) -> Any:
    match field.type:
        case FieldType.FILE:
            path = Path(value.removeprefix("@"))
            return file(path.name, path.read_bytes())
        case FieldType.BYTES if value.startswith("@"):
            return base64.b64encode(Path(value[1:]).read_bytes()).decode()
        case FieldType.OBJECT:
            return json.loads(_content(value))
        case FieldType.TEXT:
            return _content(value)
        case FieldType.BOOLEAN if value.lower() not in ("true", "false"):
            raise ValueError("a boolean is true or false")
        case _:
            return value


def _content(value: str) -> str:
    """`@path` is what the file holds, `@@x` is the text `@x`."""
    if value.startswith("@@"):
        return value[1:]
    return Path(value[1:]).read_text("utf-8") if value.startswith("@") else value


def _unfit(field: Field | None, said: str) -> str:
    if field is None:
        return f"{said} is not one value"
    if field.type in STRUCTURED:
        return f"{said} is no {field.type.value}; write it as JSON, in single quotes"
    return f"{said} is no {_WANTED.get(field.type, field.type.value)}"


_WANTED = {
    FieldType.INTEGER: "integer",
    FieldType.DECIMAL: "decimal number",
    FieldType.BOOLEAN: "boolean; write true or false",
    FieldType.DATETIME: "moment; write 2026-01-31T12:00:00+08:00",
    FieldType.DATE: "date; write 2026-01-31",
    FieldType.TIME: "time of day; write 12:30",
    FieldType.BYTES: "base64 text; @path reads a file",
    FieldType.ENUM: "value of its enum; `wirebook show` prints them",
    FieldType.FILE: "path of a file",
}
