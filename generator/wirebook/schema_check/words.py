"""Words: how a fault is said, and the way out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from wirebook.document import ListNode, Node, ScalarNode, plain
from wirebook.explain import Explanation
from wirebook.model.place import Where
from wirebook.problem import Problem, did_you_mean, error, quote

from .beyond import beyond
from .fault import Fault, Path, matches
from .kin import kin

LONGEST_EXAMPLE = 100

_NAMES = (r"^[a-z][a-z0-9_]*\Z", r"^[A-Z][A-Z0-9_]*\Z")
"""Patterns of names that a mere change of case and separators can satisfy."""

_IN_QUOTES = "in { } a comma ends a text: put a text that holds one in quotes"

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "null",
}


def unknown_key(fault: Fault, key: str, where: Where, near: str | None) -> Problem:
    """A key that the schema has no property for; `near` is the one meant."""
    if " " in key:
        message = f"unknown key {quote(key)}"
        return error("schema-unknown-key", where, message, _IN_QUOTES)
    related = kin(key, fault.path)
    # A word that is written alike may still mean something else: oauth2 is no path.
    alike = near is not None and (related is None or near.startswith(key))
    if alike and near is not None:
        message = f"unknown key {quote(key)}; did you mean {quote(near)}?"
        return error("schema-unknown-key", where, message)
    if related is not None:
        message = f"unknown key {quote(key)}"
        return error("schema-unknown-key", where, message, related)
    hint = f"{_name(fault.path)} takes {listed(fault.schema.get('properties', {}))}"
    return error("schema-unknown-key", where, f"unknown key {quote(key)}", hint)


def missing_key(fault: Fault, what: str) -> Problem:
    message = f"{_name(fault.path)} needs {what}"
    value = fault.value
    keyless = isinstance(value, dict) and "hmac" in value and "key" not in value
    hint = kin("hmac-sha256", fault.path) if keyless else None
    return error("schema-missing-key", fault.named, message, hint)


def key_problem(fault: Fault, where: Where) -> Problem:
    """A key whose own text is wrong."""
    key: str = fault.value
    match fault.keyword:
        case "enum":
            form, *others = fault.limit
            return error(
                "schema-misplaced-key",
                where,
                f"the key {quote(key)} cannot stand beside {quote(form)}",
                f"{quote(form)} goes with {listed(others)}",
            )
        case "maxLength":
            message = f"the key {quote(key)} has more than {fault.limit} characters"
            return error("schema-value", where, message)
        case "minLength":
            return error("schema-value", where, "the key is empty")
        case _:
            message = f"the key cannot be {quote(key)}{_respelt(key, fault.limit)}"
            return error("schema-pattern", where, message, _shape(fault))


def value_problem(fault: Fault) -> Problem:
    """A value of the wrong kind, or one that is not allowed."""
    label, where, value = _label(fault.path), fault.node.where, fault.value
    match fault.keyword:
        case "type":
            return _type_problem(fault, label)
        case "enum":
            left_out = beyond(str(value), fault.path)
            near = (
                did_you_mean(str(value), map(str, fault.limit)) if not left_out else ""
            )
            message = f"{label} cannot be {quote(str(value))}{near}"
            hint = f"it is {listed(fault.limit, 'or')}"
            if not near or str(value).lower().startswith("hmac"):
                related = kin(str(value), fault.path)
                hint = f"{related}; {hint}" if related else hint
            return error("schema-value", where, message, hint)
        case "pattern":
            message = f"{label} cannot be {quote(value)}{_respelt(value, fault.limit)}"
            return error("schema-pattern", where, message, _shape(fault))
        case "format":
            message = f"{label} is no regular expression: {fault.cause}"
            return error("schema-value", where, message)
        case "uniqueItems":
            return _repeated(fault.node, label)
        case _:
            message = f"{label} {_bound(fault)}"
            return error("schema-value", where, message, _example(fault))


def _bound(fault: Fault) -> str:
    limit, value = fault.limit, fault.value
    match fault.keyword:
        case "minimum":
            return f"must be at least {limit}, not {value}"
        case "maximum":
            return f"must be at most {limit}, not {value}"
        case "maxLength":
            return f"has {len(value)} characters, more than {limit}"
        case "minItems" if value:
            return f"needs at least {limit} items, not {len(value)}"
        case "maxItems":
            return f"takes at most {limit} items, not {len(value)}"
        case _:
            return "must not be empty"


def _type_problem(fault: Fault, label: str) -> Problem:
    limit: str | list[str] = fault.limit
    types = [limit] if isinstance(limit, str) else limit
    words = listed((_TYPES[each] for each in types), "or")
    message = f"{label} must be {words}, not {_found(fault.node)}"
    related = kin(str(fault.value), fault.path) if "object" in types else None
    hint = related or _type_hint(types, fault)
    return error("schema-type", fault.node.where, message, hint)


def _type_hint(types: Sequence[str], fault: Fault) -> str | None:
    node = fault.node
    if isinstance(node, ScalarNode):
        if "string" in types and node.value is not None:
            return f"write {quote(node.text)} in quotes"
        if (
            "integer" in types
            and node.quoted
            and matches("^(0|-?[1-9][0-9]*)$", node.text)
        ):
            return f"write {node.text} without quotes"
        if "boolean" in types and node.text in ("true", "false"):
            return f"write {node.text} without quotes"
        if "array" in types and node.value is not None:
            return f"write [{json.dumps(node.value, ensure_ascii=False)}]"
    return _example(fault)


def _found(node: Node) -> str:
    match node:
        case ScalarNode(value=str() as value):
            return f"the text {quote(value)}"
        case ScalarNode(value=bool() | None, text=text):
            return text
        case ScalarNode(text=text):
            return f"the number {text}"
        case ListNode():
            return "a list"
        case _:
            return "a map"


def _repeated(node: Node, label: str) -> Problem:
    items = node.items if isinstance(node, ListNode) else ()
    seen: list[Any] = []
    for item in items:
        if (value := plain(item)) in seen:
            message = f"{quote(str(value))} stands twice in {label}"
            return error("schema-value", item.where, message)
        seen.append(value)
    return error("schema-value", node.where, f"an item stands twice in {label}")


def _shape(fault: Fault) -> str:
    return f"write {fault.schema.get('patternErrorMessage', f'it like {fault.limit}')}"


def _respelt(text: str, pattern: str) -> str:
    """Suggest the same words in the style of the name that is wanted."""
    if pattern not in _NAMES:
        return ""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    words = re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_")
    for spelling in (words.lower(), words.upper()):
        if spelling and matches(pattern, spelling):
            return f"; did you mean {quote(spelling)}?"
    return ""


def _example(fault: Fault) -> str | None:
    examples = fault.schema.get("examples")
    if not examples:
        return None
    text = json.dumps(examples[0], ensure_ascii=False)
    return f"such as {text}" if len(text) <= LONGEST_EXAMPLE else None


def listed(words: Iterable[Any], last: str = "and") -> str:
    """`a, b and c`."""
    *most, end = map(str, words)
    return f"{', '.join(most)} {last} {end}" if most else end


def _name(path: Path) -> str:
    """A map by its way from the root."""
    if not path:
        return "the file"
    *before, last = path
    if isinstance(last, int):
        return f"item {last + 1} of {_name(tuple(before))}"
    return quote(
        ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    )


def _label(path: Path) -> str:
    """A value by its key."""
    *before, last = path or ("the file",)
    if isinstance(last, int):
        return f"item {last + 1} of {_label(tuple(before))}"
    return quote(last)


EXPLANATIONS = (
    Explanation(
        rule="schema-unknown-key",
        title="A key that the language does not have",
        why="A misspelt key would silently do nothing.",
        bad="get_balance: {metod: GET, does: reads, path: /getBalance, reply: {format: json}}\n",
        good="get_balance: {method: GET, does: reads, path: /getBalance, reply: {format: json}}\n",
    ),
    Explanation(
        rule="schema-missing-key",
        title="A key is missing that must be there",
        why="Without it the generator would have to guess what a call does, where it "
        "goes, or what a code means.",
        bad="get_balance: {method: GET, path: /getBalance, reply: {format: json}}\n",
        good="get_balance: {does: reads, method: GET, path: /getBalance, reply: {format: json}}\n",
    ),
    Explanation(
        rule="schema-misplaced-key",
        title="A key that does not belong beside another",
        why="Some maps take one of several forms, and each form has keys of its own.",
        bad="sign: {digest: md5, of: [$key], zone: UTC}\n",
        good="sign: {digest: md5, of: [$key]}\n",
    ),
    Explanation(
        rule="schema-type",
        title="A value of the wrong kind",
        why="A list stands where a text belongs, or quotes are missing, or too many.",
        bad='secret: "true"\n',
        good="secret: true\n",
    ),
    Explanation(
        rule="schema-value",
        title="A value that is not allowed there",
        why="Many keys take one of a few words, or a number within bounds.",
        bad="does: read\n",
        good="does: reads\n",
    ),
    Explanation(
        rule="schema-pattern",
        title="A name or a text in the wrong form",
        why="Names become names in Python; URLs, digests and references to sources "
        "have forms of their own.",
        bad="path: getBalance\n",
        good="path: /getBalance\n",
    ),
)
