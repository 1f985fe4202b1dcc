"""Sound: whether a file satisfies its schema, and nothing about why not.

Nearly every file does.  The schema becomes functions once, which answer in a
twentieth of the validator's time; the validator explains what they refuse.  They
know the keywords that the schemas use, and refuse to be made from any other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, cast

from wirebook import schema

Check: TypeAlias = Callable[[Any], bool]

_SAID = frozenset(
    {
        *("$schema", "$id", "$defs", "$comment", "title", "description", "examples"),
        *("default", "deprecated", "markdownDescription", "patternErrorMessage"),
    }
)
"""Keywords that allow and refuse nothing."""
_TYPES: Mapping[str, Check] = {
    "string": lambda value: type(value) is str,
    "integer": lambda value: type(value) is int,
    "boolean": lambda value: type(value) is bool,
    "object": lambda value: type(value) is dict,
    "array": lambda value: type(value) is list,
    "null": lambda value: value is None,
}


def sound(data: object, kind: schema.Kind) -> bool:
    """Whether the data of a file is all that the schema of its kind allows.

    `data`: dict, list, str, int, bool and None.
    """
    return _whole(kind)(data)


@cache
def _whole(kind: schema.Kind) -> Check:
    return compiled(schema.load(kind))


def compiled(root: Mapping[str, Any]) -> Check:
    """The check of a schema.  Raises ValueError for a keyword it does not know."""
    return _Compiler(root).check(root)


class _Compiler:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._made: dict[str, Check] = {}

    def check(self, part: Any) -> Check:
        if isinstance(part, bool):
            return lambda value: part
        checks = [self._keyword(word, part) for word in part if word not in _BESIDE]
        if not _OF_MAPS.isdisjoint(part):
            checks.append(self._of_map(part))
        return _every(checks)

    def _reference(self, target: str) -> Check:
        if target not in self._made:
            # In place before it is made: definitions hold themselves.
            self._made[target] = lambda value: self._made[target](value)
            self._made[target] = self.check(self._found(target))
        return self._made[target]

    def _found(self, target: str) -> Any:
        start, *steps = target.split("/")
        here: Any = self._root
        for step in steps:
            parts = cast("dict[str, Any]", here) if isinstance(here, dict) else {}
            here = parts.get(step)
        if start != "#" or here is None:
            raise ValueError(f"Unresolvable reference in a schema: {target!r}")
        return here

    def _keyword(self, word: str, part: Mapping[str, Any]) -> Check:
        limit = part[word]
        match word:
            case "$ref":
                return self._reference(limit)
            case "type":
                kinds = [limit] if isinstance(limit, str) else limit
                types = [_TYPES[kind] for kind in kinds]
                if len(types) == 1:
                    return types[0]
                return _some(types)
            case "enum":
                return _one_of(limit)
            case "const":
                return _one_of([limit])
            case "allOf":
                return _every([self.check(each) for each in limit])
            case "anyOf":
                return _some([self.check(each) for each in limit])
            case "if":
                test, then = self.check(limit), self.check(part.get("then", True))
                other = self.check(part.get("else", True))
                return lambda value: then(value) if test(value) else other(value)
            case "not":
                refused = self.check(limit)
                return lambda value: not refused(value)
            case "items" | "minItems" | "maxItems" | "uniqueItems":
                check = self._of_list(word, limit)
                return lambda value: type(value) is not list or check(value)
            case "minLength" | "maxLength" | "pattern" | "format":
                check = _of_text(word, limit)
                return lambda value: type(value) is not str or check(value)
            case "minimum":
                return lambda value: type(value) is not int or value >= limit
            case "maximum":
                return lambda value: type(value) is not int or value <= limit
            case _:
                raise ValueError(f"nobody checks the keyword {word!r} of a schema")

    def _of_map(self, part: Mapping[str, Any]) -> Check:
        """All that a schema says of maps, in one pass over its entries."""
        properties: Mapping[str, Any] = part.get("properties", {})
        known = {key: self.check(each) for key, each in properties.items()}
        required: Iterable[str] = part.get("required", ())
        least: int = part.get("minProperties", 0)
        name = self.check(part.get("propertyNames", True))
        other = self.check(part.get("additionalProperties", True))
        named = "propertyNames" in part

        def check(value: Any) -> bool:
            if type(value) is not dict:
                return True
            entries = cast("dict[str, Any]", value)
            if len(entries) < least:
                return False
            for key in required:
                if key not in entries:
                    return False
            for key, item in entries.items():
                if not known.get(key, other)(item) or (named and not name(key)):
                    return False
            return True

        return check

    def _of_list(self, word: str, limit: Any) -> Check:
        match word:
            case "items":
                each = self.check(limit)
                return lambda value: all(map(each, value))
            case "minItems":
                return lambda value: len(value) >= limit
            case "maxItems":
                return lambda value: len(value) <= limit
            case _:
                return lambda value: not limit or len(value) == len(
                    {_told_apart(item) for item in value}
                )


_OF_MAPS = frozenset(
    {
        *("properties", "required", "propertyNames", "minProperties"),
        "additionalProperties",
    }
)
_BESIDE = _SAID | _OF_MAPS | {"then", "else"}


def _every(checks: Sequence[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def check(value: Any) -> bool:
        for one in checks:  # noqa: SIM110 - a generator costs more than its checks
            if not one(value):
                return False
        return True

    return check


def _some(checks: Sequence[Check]) -> Check:
    def check(value: Any) -> bool:
        for one in checks:  # noqa: SIM110 - as above
            if one(value):
                return True
        return False

    return check


def _of_text(word: str, limit: Any) -> Check:
    match word:
        case "minLength":
            return lambda value: len(value) >= limit
        case "maxLength":
            return lambda value: len(value) <= limit
        case "pattern":
            # For JSON Schema `$` is the end; Python's lets a line end follow.
            search = re.compile(re.sub(r"\$\Z", r"\\Z", limit)).search
            return lambda value: search(value) is not None
        case _:
            if limit != "regex":
                raise ValueError(f"nobody checks the format {limit!r} of a schema")
            return _is_regex


def _is_regex(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _one_of(values: Sequence[Any]) -> Check:
    """Equal as JSON compares: true is not 1, at any depth."""
    texts = frozenset(value for value in values if isinstance(value, str))
    others = frozenset(_told_apart(each) for each in values if type(each) is not str)

    def check(value: Any) -> bool:
        if type(value) is str:
            return value in texts
        return bool(others) and _told_apart(value) in others

    return check


def _told_apart(value: Any) -> str:
    """What two values share only where JSON takes them for equal."""
    return json.dumps(value, sort_keys=True)
